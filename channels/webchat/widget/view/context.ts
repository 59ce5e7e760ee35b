import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { WebCall } from '../call/web-call.ts'
import type { Chat } from '../chat.ts'
import type { Translate } from '../i18n.ts'
import type { Lang, LocalError } from '../wire.ts'

export interface Room {
  chat: Chat
  call: WebCall
  lang: Lang
  t: Translate
  /** the sentence of an error in the visitor's language */
  tell(error: LocalError): string
}

export const RoomContext = createContext<Room | undefined>(undefined)

export function useRoom(): Room {
  const room = useContext(RoomContext)
  if (!room) throw new Error('no chat around this view')
  return room
}
