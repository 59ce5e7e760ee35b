/** Messages callers leave, and the mailboxes they leave them in. */
export type VoicemailState = 'new' | 'heard' | 'done'

export interface Voicemail {
  _id: string
  mailbox: string
  conversationId: string
  contactId: string
  /** to call back; absent when withheld, or called from a browser */
  number?: string
  /** 0 of one in writing */
  seconds: number
  /** of one in writing: its key, which is no recording's */
  recordingId: string
  written?: boolean
  /** what was understood of it, where speech recognition is installed; what was written */
  transcript?: string
  leftAt: Date
  state: VoicemailState
  assignedTo?: string
  note: string
  version: number
}

/** Seen by its members and by those who serve its queues; by everybody who serves, when it names neither. */
export interface Mailbox {
  _id: string
  name: { zh: string; en: string }
  queueIds: string[]
  memberIds: string[]
  version: number
}
