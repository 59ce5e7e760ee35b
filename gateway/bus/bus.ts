/** What rooms tell each other, typed by topic. In-process here; another transport keeps this interface. */
import { EventEmitter } from 'node:events'
import type { Conversation } from '../domain/conversation.ts'
import type { DeliveryState, Message } from '../domain/message.ts'
import type { WindowView } from '../domain/reply-window.ts'

export interface BusTopics {
  /** a change was committed; `messages` are those it added, in seq order */
  conversation: { before?: Conversation; after: Conversation; messages: Message[] }
  delivery: {
    conversationId: string
    messageId: string
    seq: number
    state: DeliveryState
    code?: string
  }
  typing: { conversationId: string; from: 'contact' | 'agent'; on: boolean; name?: string }
  /** the agent's console showed the messages up to seq */
  readByAgent: { conversationId: string; seq: number }
  /** the visitor's page opened or closed */
  presence: { conversationId: string; online: boolean }
  staff: { staffId: string; signOut: boolean }
  routingSettings: Record<string, never>
  /** an account of a provider was added, changed or removed */
  accounts: Record<string, never>
  /** how an account fares changed */
  accountHealth: {
    accountId: string
    state: 'starting' | 'ok' | 'warning' | 'down' | 'needsPerson'
  }
  /** what may be written on a thread changed */
  replyWindow: { accountId: string; threadKey: string; window: WindowView }
  /** trunks, numbers (accounts of channel 'voice') or extensions changed */
  telephonySettings: Record<string, never>
  /** a voicemail was left, heard, done or assigned */
  voicemail: { voicemailId: string; mailbox: string }
  /** these entries changed; without ids, something all of them rest on */
  knowledge: { ids?: string[] }
  /** a set of intents was made, trained, rolled back or removed */
  intents: Record<string, never>
  flows: { flowId: string }
  /** hold music or ring-back tones changed */
  tunes: Record<string, never>
  /** a data source was added, changed or removed */
  sources: Record<string, never>
  /** somebody has a flow open in the console, or left it */
  flowPresence: { flowId: string; staffId: string; name: string; gone?: boolean }
  /** the rules that lead conversations to flows changed */
  flowRoutes: Record<string, never>
  ticket: { ticketId: string; created: boolean }
  /** what is known of a contact changed; after a merge or its undoing, what went from one to another */
  contact: { contactId: string; movedConversationIds?: string[] }
}

export type Topic = keyof BusTopics

export interface Bus {
  publish<T extends Topic>(topic: T, message: BusTopics[T]): void
  /** @returns a function that ends the subscription */
  subscribe<T extends Topic>(topic: T, listener: (message: BusTopics[T]) => void): () => void
}

/** A listener that throws is reported and never stops the others. */
export function createBus(onListenerError: (topic: Topic, error: unknown) => void): Bus {
  const emitter = new EventEmitter()
  emitter.setMaxListeners(0)
  return {
    publish: (topic, message) => void emitter.emit(topic, message),
    subscribe(topic, listener) {
      const guarded = (message: BusTopics[typeof topic]) => {
        try {
          listener(message)
        } catch (error) {
          onListenerError(topic, error)
        }
      }
      emitter.on(topic, guarded)
      return () => emitter.off(topic, guarded)
    },
  }
}
