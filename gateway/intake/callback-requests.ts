/** Contacts who leave a number to be called on, outside the flow: as a callback block would note it. */
import type { Conversation } from '../domain/conversation.ts'
import { normalPhone } from '../domain/phone-number.ts'
import { fail } from '../errors.ts'
import type { RoutingSettings } from '../routing/settings.ts'
import type { Change, Conversations } from './conversations.ts'
import { applyEvent } from './effects.ts'

/** A telephone of people: no extension, no short or emergency number. */
const CALLABLE = /^\+?\d{7,15}$/

export interface CallbackRequestsOptions {
  conversations: Pick<Conversations, 'change'>
  settings: RoutingSettings
  now: () => number
}

export class CallbackRequests {
  private readonly options: CallbackRequestsOptions

  constructor(options: CallbackRequestsOptions) {
    this.options = options
  }

  /**
   * The number is said in the conversation and kept for whoever has it, or takes it next.
   * @param lang of the page it was asked on
   * @returns the number as it will be dialled
   * @throws NOT_CALLABLE, CALL_LINK_OVER
   */
  async ask(conversationId: string, legId: string, written: string, lang: string): Promise<string> {
    const number = normalPhone(written)
    if (!number || !CALLABLE.test(number)) return fail('NOT_CALLABLE')
    const { conversations, now } = this.options
    await conversations.change(conversationId, (current) => {
      const leg = current.legs.find(({ id }) => id === legId)
      if (current.state === 'closed' || leg?.state !== 'open') return fail('CALL_LINK_OVER')
      // pressed twice
      if (current.callback?.number === number) return undefined
      const text = lang.startsWith('zh') ? `请给我回电:${number}` : `Please call me back: ${number}`
      const change: Change = {
        next: {
          ...current,
          callback: { number, accountId: leg.accountId },
          lastActivityAt: new Date(now()),
        },
        drafts: [
          {
            direction: 'in',
            legId,
            author: { kind: 'contact', id: current.contactId },
            parts: [{ type: 'text', text }],
            lang,
          },
        ],
      }
      this.queue(change, current)
      return change
    })
    return number
  }

  /** Whom nobody serves or is about to waits in the queue they came from. */
  private queue(change: Change, { state, queueId }: Conversation): void {
    if (state !== 'bot' && state !== 'wrapUp') return
    const { settings, now } = this.options
    const queue = settings.queue(queueId ?? '') ?? settings.fallbackQueue ?? fail('NO_SUCH_QUEUE')
    const { _id, defaultPriority, skills } = queue
    applyEvent(
      change,
      { type: 'handoff', queueId: _id, priority: defaultPriority, skills, reason: 'bot' },
      now(),
    )
    change.next = { ...change.next, idleAt: undefined }
  }
}
