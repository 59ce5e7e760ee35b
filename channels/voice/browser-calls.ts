/**
 * Who talks in the browser: contacts, in the conversation they write in (visitors of web chat, openers of a link),
 * and content staff who call a draft.
 */
import { IdentityModel } from '../../gateway/contacts/model.ts'
import { TRIAL_ACCOUNT } from '../../gateway/domain/trial.ts'
import { fail } from '../../gateway/errors.ts'
import type { Conversations } from '../../gateway/intake/conversations.ts'
import type { TrialCall, TrialCalls } from '../../gateway/trials/trial-calls.ts'
import type { OpenedLink } from '../webchat/call-links.ts'
import type { Visitor } from '../webchat/visitor-token.ts'
import type { LinkCalls, WebCalls } from '../webchat/web-calls.ts'
import type { Call } from './call.ts'
import type { BrowserAbout, Voice } from './voice.ts'

/** Calls with drafts that are over are still asked how they went. */
const TRIALS_REMEMBERED = 100

export interface BrowserCallsOptions {
  voice: Voice
  conversations: Conversations
  /** the call ended on our side */
  onEnded: (visitor: Visitor) => void
  onLinkedEnded: (conversationId: string) => void
}

export class BrowserCalls implements WebCalls, LinkCalls, TrialCalls {
  private readonly calls = new Map<string, Call>()
  private readonly links = new Map<string, OpenedLink>()
  private readonly trials = new Map<string, Call>()
  private readonly options: BrowserCallsOptions

  constructor(options: BrowserCallsOptions) {
    this.options = options
  }

  offered(): boolean {
    return true
  }

  async open(visitor: Visitor, sdp: string, lang: string): Promise<string> {
    const { conversations, onEnded } = this.options
    const { accountId, visitorId } = visitor
    const key = keyOf(visitor)
    const chat = await conversations.openByThread(key)
    const about = {
      accountId,
      identity: {
        kind: 'webVisitor',
        scope: accountId,
        value: visitorId,
        assurance: 'observed',
      } as const,
      lang: chat?.lang ?? lang,
      beside: { channel: 'webchat', threadKey: visitorId } as const,
    }
    return this.line(key, about, sdp, () => onEnded(visitor))
  }

  end(visitor: Visitor): Promise<void> {
    return this.over(keyOf(visitor))
  }

  async keys(visitor: Visitor, digits: string): Promise<void> {
    this.press(keyOf(visitor), digits)
  }

  running(conversationId: string): OpenedLink | undefined {
    const call = this.calls.get(linkKey(conversationId))
    return call?.isOver === false ? this.links.get(conversationId) : undefined
  }

  async openLinked(link: OpenedLink, sdp: string): Promise<string> {
    const { voice, onLinkedEnded } = this.options
    const { conversation, leg } = link
    const key = linkKey(conversation._id)
    const goesOn = voice.call(conversation._id)
    if (goesOn && !goesOn.isOver && goesOn !== this.calls.get(key)) fail('ALREADY_ON_CALL')
    // the call is made by whoever writes there: the same contact, however they came to be known
    const identity = (await IdentityModel.findById(leg.identityId).lean()) ?? fail('NOT_FOUND')
    const { kind, scope, value, assurance } = identity
    const about = {
      accountId: leg.accountId,
      identity: { kind, scope, value, assurance },
      lang: conversation.lang,
      conversationId: conversation._id,
    }
    this.links.set(conversation._id, link)
    return this.line(key, about, sdp, () => {
      this.links.delete(conversation._id)
      onLinkedEnded(conversation._id)
    })
  }

  endLinked(conversationId: string): Promise<void> {
    this.links.delete(conversationId)
    return this.over(linkKey(conversationId))
  }

  async keysLinked(conversationId: string, digits: string): Promise<void> {
    this.press(linkKey(conversationId), digits)
  }

  async openTrial({ flowId, memberId, lang, ...numbers }: TrialCall, sdp: string): Promise<string> {
    const { caller, called } = numbers
    const about: Omit<BrowserAbout, 'known'> = {
      accountId: TRIAL_ACCOUNT,
      identity: {
        kind: 'webVisitor',
        scope: TRIAL_ACCOUNT,
        value: memberId,
        assurance: 'observed',
      },
      lang,
      call: { flowId, ...(caller && { number: caller }), ...(called && { ourNumber: called }) },
      unrecorded: true,
    }
    const key = trialKey(flowId)
    const answer = await this.line(key, about, sdp, () => undefined)
    const call = this.calls.get(key)
    if (call) this.trials.set(flowId, call)
    if (this.trials.size > TRIALS_REMEMBERED) this.trials.delete(this.trials.keys().next().value!)
    return answer
  }

  endTrial(flowId: string): Promise<void> {
    return this.over(trialKey(flowId))
  }

  keysTrial(flowId: string, digits: string): void {
    this.press(trialKey(flowId), digits)
  }

  trial(flowId: string): { over: boolean; conversationId?: string } | undefined {
    const call = this.trials.get(flowId)
    if (!call) return undefined
    const conversationId = call.conversation?._id
    return { over: call.isOver, ...(conversationId && { conversationId }) }
  }

  private async line(
    key: string,
    about: Omit<BrowserAbout, 'known'>,
    sdp: string,
    onEnded: () => void,
  ): Promise<string> {
    const known = this.calls.get(key)
    const { call, sdp: answer } = await this.options.voice.openBrowser(
      { ...about, ...(known?.isOver === false && { known }) },
      sdp,
      () => {
        this.calls.delete(key)
        onEnded()
      },
    )
    this.calls.set(key, call)
    return answer
  }

  private async over(key: string): Promise<void> {
    const call = this.calls.get(key)
    this.calls.delete(key)
    await call?.over('contact')
  }

  private press(key: string, digits: string): void {
    const call = this.calls.get(key) ?? fail('NO_CALL')
    for (const digit of digits) call.key(digit)
  }
}

const keyOf = ({ accountId, visitorId }: Visitor): string => `${accountId}|${visitorId}`
const trialKey = (flowId: string): string => `trial:${flowId}`
const linkKey = (conversationId: string): string => `link:${conversationId}`
