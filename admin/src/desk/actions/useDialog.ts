import { createContext, useContext } from 'react'

export type DialogName =
  | 'transfer'
  | 'ticket'
  | 'explain'
  | 'keys'
  | 'passOn'
  | 'playTo'
  | 'callContact'
  | 'dial'
  | 'write'
  | 'writeSms'
  | 'writeEmail'

export interface DialogSwitch {
  open: DialogName | undefined
  show(dialog: DialogName | undefined): void
}

export const DialogContext = createContext<DialogSwitch>({ open: undefined, show: () => undefined })

/** Which dialog is open: buttons and keys open the same ones. */
export function useDialog(): DialogSwitch {
  return useContext(DialogContext)
}
