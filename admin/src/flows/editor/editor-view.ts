/** How the editor is looked at; no part of the document. */
import { createContext, useContext } from 'react'
import type { Looks } from '../canvas/card.ts'
import type { Places, Size } from '../document/place.ts'
import type { SaveState } from './save-state.ts'

export interface EditorView {
  /** in which language of the flow its words are shown, and which blocks show all exits */
  looks: Looks
  langs: readonly string[]
  setLang(lang: string): void
  /** shows or hides the optional exits of a block */
  unfold(block: string): void
  /** where every block is shown, also those that were drawn nowhere yet */
  places: Places
  sizeOf(block: string): Size
  /** blocks to be brought into view; a new object each time */
  reveal: { blocks: readonly string[] } | undefined
  /** the JSON cannot be read at the moment, so nothing else is changed */
  readOnly: boolean
  saved: SaveState
  /** opens the form of the chosen block and puts the focus there */
  openForm(): void
  /** a new object each time `openForm` was called */
  formAsked: object | undefined
}

export const EditorViewContext = createContext<EditorView | undefined>(undefined)

/** @throws outside of an editor: that is a mistake in the code */
export function useEditorView(): EditorView {
  const view = useContext(EditorViewContext)
  if (!view) throw new Error('useEditorView needs a FlowEditorProvider around it')
  return view
}
