/** What was said in a call, or left as a voicemail: a WAV file in the data folder and what is known of it. */

/** recording: under way; broken: nothing was recorded; deleted: the file is gone, the row tells that it was */
export type RecordingState = 'recording' | 'stored' | 'broken' | 'deleted'

export interface Recording {
  _id: string
  kind: 'call' | 'voicemail'
  conversationId: string
  legId?: string
  contactId: string
  /** everybody who talked in it; they may hear it */
  agentIds: string[]
  queueId?: string
  /** the contact's number; absent for calls from a browser */
  number?: string
  startedAt: Date
  endedAt?: Date
  durationMs: number
  bytes: number
  state: RecordingState
  /** below the folder of recordings: YYYY/MM/DD/<id>.wav */
  file: string
  /** parts that hold silence because something personal was given, from the beginning of the recording */
  pauses: { fromMs: number; toMs: number }[]
}

/** Who heard what: one row per sitting, written before the first byte is sent. */
export interface RecordingAccess {
  _id: string
  recordingId: string
  staffId: string
  name: string
  what: 'listen' | 'download' | 'play'
  /** address it was asked from */
  from: string
  at: Date
  lastAt: Date
  /** requests of this sitting: a player asks for a file in pieces */
  requests: number
}
