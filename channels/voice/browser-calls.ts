/** Visitors who talk in their browser: a web chat that becomes a call, in the same conversation. */
import { fail } from '../../gateway/errors.ts'
import type { Conversations } from '../../gateway/intake/conversations.ts'
import type { Visitor } from '../webchat/visitor-token.ts'
import type { WebCalls } from '../webchat/web-calls.ts'
import type { Call } from './call.ts'
import type { Voice } from './voice.ts'

export interface BrowserCallsOptions {
  voice: Voice
  conversations: Conversations
  /** the call ended on our side */
  onEnded: (visitor: Visitor) => void
}

export class BrowserCalls implements WebCalls {
  private readonly calls = new Map<string, Call>()
  private readonly options: BrowserCallsOptions

  constructor(options: BrowserCallsOptions) {
    this.options = options
  }

  offered(): boolean {
    return true
  }

  async open(visitor: Visitor, sdp: string, lang: string): Promise<string> {
    const { voice, conversations, onEnded } = this.options
    const { accountId, visitorId } = visitor
    const key = keyOf(visitor)
    const chat = await conversations.openByThread(`${accountId}|${visitorId}`)
    const known = this.calls.get(key)
    const { call, sdp: answer } = await voice.openBrowser(
      {
        accountId,
        identity: { kind: 'webVisitor', scope: accountId, value: visitorId, assurance: 'observed' },
        lang: chat?.lang ?? lang,
        beside: { channel: 'webchat', threadKey: visitorId },
        ...(known?.isOver === false && { known }),
      },
      sdp,
      () => {
        this.calls.delete(key)
        onEnded(visitor)
      },
    )
    this.calls.set(key, call)
    return answer
  }

  async end(visitor: Visitor): Promise<void> {
    const call = this.calls.get(keyOf(visitor))
    this.calls.delete(keyOf(visitor))
    await call?.over('contact')
  }

  async keys(visitor: Visitor, digits: string): Promise<void> {
    const call = this.calls.get(keyOf(visitor)) ?? fail('NO_CALL')
    for (const digit of digits) call.key(digit)
  }
}

const keyOf = ({ accountId, visitorId }: Visitor): string => `${accountId}|${visitorId}`
