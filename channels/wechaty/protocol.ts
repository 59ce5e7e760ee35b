/** What the gateway and the process that holds wechaty say to each other over IPC. */

export interface BridgeSetup {
  accountId: string
  puppet: string
  token: string
  endpoint: string
  withoutTls: boolean
  /** topics of rooms whose messages are taken when they mention the account */
  rooms: string[]
  sendGapMs: number
}

export type BridgePiece =
  { type: 'text'; text: string } | { type: 'file'; name: string; base64: string }

export type ToBridge =
  | { do: 'begin'; setup: BridgeSetup }
  | { do: 'send'; id: number; to: string; piece: BridgePiece }
  /** the file of a message, by the message's id */
  | { do: 'fetch'; id: number; messageId: string }
  | { do: 'stop' }

export interface BridgeMessage {
  id: string
  /** a contact, or `room|contact` */
  thread: string
  contactId: string
  name: string
  atMs: number
  content:
    | { type: 'text'; text: string }
    | { type: 'media'; kind: 'image' | 'audio' | 'video' | 'file'; name: string }
    | { type: 'link'; title: string; text: string; url: string }
    | { type: 'location'; lat: number; lng: number; label: string }
    | { type: 'other'; what: string }
}

export type FromBridge =
  /** wechaty, or the puppet, is not installed */
  | { tell: 'missing'; name: string }
  | { tell: 'started' }
  | { tell: 'scan'; qrText: string; scanned: boolean }
  | { tell: 'login'; name: string }
  | { tell: 'logout' }
  | { tell: 'error'; detail: string }
  | { tell: 'message'; message: BridgeMessage }
  | { tell: 'done'; id: number; file?: { name: string; base64: string } }
  | { tell: 'failed'; id: number; code: 'NOT_SIGNED_IN' | 'NO_SUCH_CONTACT' | 'PUPPET_FAILED' }
