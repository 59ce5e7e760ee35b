/** What the bot needs of the world; the gateway fulfils it (gateway/bot-services.ts). */
import type { PublishedFlow } from '../flow/state.ts'

export interface BotServices {
  now(): number
  /**
   * Synchronous, from memory; `prepare` has been awaited for every pinned version. Where two versions are live side
   * by side the conversation decides, always alike.
   */
  flow(id: string, version: number | 'live', conversationId: string): PublishedFlow | undefined
  /** makes these versions available to `flow` */
  prepare(pins: { flow: string; version: number }[]): Promise<void>
  hours(scheduleId: string, atMs: number): 'open' | 'closed' | 'holiday' | undefined
  /** a named data source; throws when it fails or takes longer than timeoutMs */
  query(source: string, params: Record<string, unknown>, options: QueryOptions): Promise<unknown>
  createTicket(request: TicketRequest): Promise<Record<string, unknown>>
  /** adds to a ticket of this contact; undefined when there is none with that serial */
  appendTicket(request: TicketRequest): Promise<Record<string, unknown> | undefined>
  /** undefined when no ticket has that serial number */
  lookupTicket(request: TicketRequest): Promise<Record<string, unknown> | undefined>
  /** a code by short message that proves a number; tooOften: the last one still counts; throws where none can be had */
  sendCode(request: {
    contactId: string
    phone: string
    /** the same key is the same code, sent once */
    key: string
    lang: string
  }): Promise<{ state: 'sent' | 'tooOften' | 'badNumber'; phone: string }>
  verifyCode(request: {
    contactId: string
    phone: string
    code: string
  }): Promise<{ state: 'proven' | 'wrong' | 'expired' | 'tooMany'; phone: string }>
  searchKnowledge(request: {
    knowledgeBase: string
    text: string
    lang: string
    top: number
    channel?: string
  }): Promise<{ id: string; question: string; answer: string; score: number }[]>
  /** code of this installation; throws when there is none of that id, when it fails or takes too long */
  runCustom?(request: CustomRequest): Promise<unknown>
  classify(request: {
    classifier: string
    text: string
    lang: string
    top: number
  }): Promise<{ intent: string; score: number }[]>
}

export interface CustomRequest {
  /** of the custom block */
  id: string
  settings: Record<string, unknown>
  /** the same key is the same step of the same conversation, run again after a lost race */
  key: string
  contactId: string
  conversationId: string
  channel: string
  lang: string
}

export interface QueryOptions {
  lang: string
  timeoutMs: number
  cacheSeconds?: number
}

export interface TicketRequest {
  kind: string
  fields: Record<string, unknown>
  /** the same key is the same ticket, however often it is asked for */
  key: string
  contactId: string
  conversationId: string
  channel: string
  lang: string
}
