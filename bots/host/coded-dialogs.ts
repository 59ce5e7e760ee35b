/** Dialogs that programmers added as files: made with our copy of the library, or they would not be its dialogs. */
import * as library from 'botbuilder-dialogs'
import { FLOW_DIALOG } from './flow-dialog.ts'

export type CodedDialog = library.Dialog

/**
 * @param made a Dialog, or a function that is given the library (`botbuilder-dialogs`) and makes one
 * @throws Error with what is wrong with it
 */
export function codedDialog(made: unknown): CodedDialog {
  const dialog: unknown =
    typeof made === 'function' ? (made as (given: typeof library) => unknown)(library) : made
  if (!(dialog instanceof library.Dialog))
    throw new Error(
      'dialog must be a Dialog, or a function that is given botbuilder-dialogs and returns one',
    )
  if (!dialog.id || dialog.id === FLOW_DIALOG)
    throw new Error(`a dialog cannot have the id "${dialog.id}"`)
  return dialog
}
