/** What the intake asks of a bot; bots/host fulfils it, and nothing here knows how. */
import type { Contact } from '../domain/contact.ts'
import type { Channel } from '../domain/conversation.ts'
import type { Place } from '../domain/flow-run.ts'
import type { Effect, FlowInput } from '../../bots/flow/state.ts'

export interface BotTurn {
  conversationId: string
  channel: Channel
  contact: Pick<Contact, '_id' | 'name' | 'phone' | 'vip'>
  lang: string
  /** the flow of the account, for a conversation without a bot state */
  flowId: string
  /** as stored with the conversation; undefined before the first word */
  bot: unknown
  input: FlowInput
  /** of a telephone leg: who called which number */
  call?: { called?: string; caller?: string; account?: string }
  /** where they came in, and what brought them, e.g. the scene of a QR code */
  entry?: { account: string; scene?: string }
}

export interface BotReply {
  bot: unknown
  /** in the order they are to happen */
  effects: Effect[]
  /** calling: what was said is to reach the contact while the bot asks a service; the turn goes on with the next */
  status: 'run' | 'wait' | 'calling' | 'dialog' | 'queued' | 'transferring' | 'ended'
}

export interface Bot {
  turn(turn: BotTurn): Promise<BotReply>
  /** flow@version of the stored state, for counting who is still inside a version */
  pins(bot: unknown): { flow: string; version: number }[]
  /** where the stored state stands and the blocks it was called from, innermost first; none: nothing is under way */
  places(bot: unknown): Place[]
  /** its last turn was answered with `calling` */
  unfinished(bot: unknown): boolean
}
