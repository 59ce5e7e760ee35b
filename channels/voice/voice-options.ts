/** What calls need of the rest of the house. */
import type { Readable } from 'node:stream'
import type { Identities } from '../../gateway/contacts/identities.ts'
import type { Conversation } from '../../gateway/domain/conversation.ts'
import type { EventName } from '../../gateway/domain/message.ts'
import type { Queue } from '../../gateway/domain/queue.ts'
import type { PhoneDevice, StaffMember } from '../../gateway/domain/staff.ts'
import type { CallCard } from '../../gateway/desk/protocol.ts'
import type { StoredFile } from '../../gateway/files/model.ts'
import type { Conversations } from '../../gateway/intake/conversations.ts'
import type { AsrProvider } from '../../media/asr/asr.ts'
import type { MediaEngine } from '../../media/media.ts'
import type { Speech } from '../../media/tts/tts.ts'
import type { ChannelContext } from '../channel.ts'
import type { SipEngine } from '../sip/sip-engine.ts'
import type { TelephonyBook } from './telephony-book.ts'
import type { TrunkLines } from './trunk-lines.ts'
import type { Place } from './waiting-line.ts'

export interface VoiceOptions {
  media: MediaEngine
  /** undefined: no telephone line, calls from browsers only */
  sip: SipEngine | undefined
  speech: Speech
  asr: AsrProvider
  book: TelephonyBook
  lines: TrunkLines
  receive: ChannelContext['receive']
  conversations: Conversations
  identities: Identities
  recordings: RecordingRoom
  voicemail: { leave(message: LeftMessage): Promise<unknown> }
  /** a file people uploaded, as audio the media engine plays. @throws NOT_FOUND */
  audioFile(blobId: string): Promise<string>
  /** the audio of an earlier recording this member may hear; who played it is logged. @throws NOT_FOUND, FORBIDDEN */
  recordingFile(recordingId: string, member: StaffMember): Promise<string>
  saveFile(content: Readable, name: string): Promise<StoredFile>
  /** music for who waits or is held, as files one after the other: the queue's, the number's, the house's */
  music(where: { queueId?: string; accountId?: string }): Promise<string[]>
  /** what is heard before this number answers, and for how long; undefined: it answers at once */
  ringback(accountId: string): Promise<{ files: string[]; ringMs: number } | undefined>
  /** who speaks for the flow a conversation is in, where nothing else is said: announcements while waiting */
  voiceOf(conversation: Conversation, lang: string): { voice?: string; speed?: number }
  queue(queueId: string): Queue | undefined
  position(conversationId: string): Place | undefined
  agent(
    staffId: string,
  ): { displayName: string; device: PhoneDevice; connected: boolean } | undefined
  /** an agent's telephone was picked up: the offer is taken */
  accept(staffId: string, conversationId: string, offerId: string): Promise<void>
  /** it was not */
  decline(staffId: string, conversationId: string, offerId: string): Promise<void>
  /** the agent hung up: theirs is done, the flow goes on */
  finish(staffId: string, conversationId: string): Promise<void>
  /** the agent passed the call on to a telephone: theirs is done, the flow stays silent */
  leaveTo(staffId: string, conversationId: string): Promise<void>
  takeOver(staffId: string, conversationId: string): Promise<void>
  /** back to the beginning of a flow */
  handBack(staffId: string, conversationId: string, flowId: string): Promise<void>
  /** the agent's line did not come up, for an offer or a call they took: somebody else takes the call */
  agentUnreachable(conversationId: string, agentId: string): Promise<void>
  /** a line in the timeline for staff */
  note(conversationId: string, name: EventName, data: Record<string, unknown>): Promise<void>
  /** what the desk shows of a call */
  publish(card: CallCard): void
  now(): number
  onError(error: unknown): void
}

export interface RecordingRoom {
  begin(about: {
    conversationId: string
    contactId: string
    kind: 'call' | 'voicemail'
    number?: string
    queueId?: string
  }): Promise<{ id: string; file: string }>
  finish(
    id: string,
    result: {
      durationMs: number
      bytes: number
      agentIds: string[]
      queueId?: string
      pauses?: { fromMs: number; toMs: number }[]
    },
  ): Promise<unknown>
}

export interface LeftMessage {
  mailbox: string
  conversationId: string
  contactId: string
  recordingId: string
  seconds: number
  number?: string
}
