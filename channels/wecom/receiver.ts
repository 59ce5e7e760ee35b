/** Turns what was pulled into what the intake takes, each thread in order, threads side by side. */
import type { Envelope } from '../channel.ts'
import type { ProviderContext } from '../provider.ts'
import type { IdentityClaim } from '../../gateway/domain/contact.ts'
import type { Part } from '../../gateway/domain/message.ts'
import type { Customer, Customers } from './customers.ts'
import { incomingParts } from './incoming-parts.ts'
import { failureOf } from './kf-error.ts'
import type { KfMessage } from './kf-message.ts'
import type { Sessions } from './sessions.ts'
import type { WelcomeCodes } from './welcome-codes.ts'

/** A word of the customer allows five messages in 48 hours. */
const MESSAGES = 5
const WINDOW_MS = 48 * 3_600_000
const CUSTOMER = 3
const SERVICER = 5
/** What brought somebody counts for the message that follows, if it does within this time. */
const SCENE_MS = 30 * 60_000
const MAX_SCENES = 200

export interface ReceiverOptions {
  accountId: string
  corpId: string
  lang: string
  welcomeText: string
  keepSession: boolean
  context: ProviderContext
  customers: Customers
  sessions: Sessions
  codes: WelcomeCodes
  /** something beside the messages failed */
  note: (error: unknown) => void
  /** says the fixed welcome text with the code of an event */
  welcome: (code: string, msgid: string) => Promise<void>
}

interface Entered {
  userId: string
  scene: string
  atMs: number
}

export class Receiver {
  private readonly options: ReceiverOptions

  constructor(options: ReceiverOptions) {
    this.options = options
  }

  /** Resolves when all of it is stored. */
  async take(messages: KfMessage[]): Promise<void> {
    const threads = new Map<string, KfMessage[]>()
    for (const message of messages) {
      const user = userOf(message)
      if (user) threads.set(user, [...(threads.get(user) ?? []), message])
      else this.ofTheAccount(message)
    }
    if (!threads.size) return
    const customerOf = await this.options.customers.of([...threads.keys()])
    const scenes = await this.scenes()
    const before = JSON.stringify(scenes)
    await Promise.all(
      [...threads].map(async ([userId, own]) => {
        for (const message of own) await this.one(message, userId, customerOf(userId), scenes)
      }),
    )
    if (JSON.stringify(scenes) !== before) await this.keepScenes(scenes)
  }

  private async one(
    message: KfMessage,
    userId: string,
    customer: Customer,
    scenes: Entered[],
  ): Promise<void> {
    if (message.origin === CUSTOMER) {
      await this.fromCustomer(message, userId, customer, scenes)
    } else if (message.origin === SERVICER) {
      // somebody answers in the WeCom client: from here nothing can be sent into this session
      this.options.sessions.forget(userId)
      this.options.context.health.fault(this.options.accountId, 'warning', 'SERVED_IN_WECOM')
    } else await this.event(message, userId, customer, scenes)
  }

  private async fromCustomer(
    message: KfMessage,
    userId: string,
    customer: Customer,
    scenes: Entered[],
  ): Promise<void> {
    const { accountId, context, lang, keepSession, sessions, note } = this.options
    const parts: Part[] = []
    for (const part of incomingParts(message, lang))
      parts.push(
        part.type === 'promise' ? await context.promiseMedia({ accountId, ...part.promise }) : part,
      )
    const at = scenes.findIndex((entered) => entered.userId === userId)
    const [entered] = at < 0 ? [] : scenes.splice(at, 1)
    await context.receive({
      ...this.envelope(message, userId, customer),
      ...{ kind: 'message', parts },
      grants: [
        {
          ...{ reason: 'message', count: MESSAGES },
          untilMs: message.send_time * 1000 + WINDOW_MS,
        },
      ],
      ...(entered && entered.atMs + SCENE_MS > context.now() && { scene: entered.scene }),
    })
    // beside: it need not be done before the next message is stored
    if (keepSession) void sessions.hold(userId).catch(note)
  }

  private async event(
    message: KfMessage,
    userId: string,
    customer: Customer,
    scenes: Entered[],
  ): Promise<void> {
    const { accountId, context, sessions } = this.options
    const { event } = message
    switch (event?.event_type) {
      case 'enter_session':
        return this.entered(message, userId, customer, scenes)
      case 'msg_send_fail':
        if (event.fail_msgid)
          await context.delivered({
            ...{ accountId, providerId: event.fail_msgid, state: 'failed' },
            code: failureOf(event.fail_type ?? 0),
          })
        return
      case 'session_status_change':
        sessions.forget(userId)
        // 1: taken from the queue by a servicer, 2: passed to another one, 3: ended
        if (event.change_type !== 3) context.health.fault(accountId, 'warning', 'SERVED_IN_WECOM')
        return
      default:
      // recalled messages, switches of the customer: nothing of ours changes
    }
  }

  /**
   * They opened the chat. With a code we may say one thing, and the flow greets; without one nothing can be
   * said, so what brought them is kept for their first message.
   */
  private async entered(
    message: KfMessage,
    userId: string,
    customer: Customer,
    scenes: Entered[],
  ): Promise<void> {
    const { context, codes, welcomeText, welcome } = this.options
    const { scene: named = '', scene_param: param, welcome_code: code } = message.event ?? {}
    const scene = param ? `${named}?${param}` : named
    const atMs = message.send_time * 1000
    if (code && !welcomeText) {
      const untilMs = codes.keep(userId, code, atMs)
      await context.receive({
        ...this.envelope(message, userId, customer),
        ...{ kind: 'arrive', parts: [] },
        ...(untilMs > context.now() && { grants: [{ reason: 'enter', count: 1, untilMs }] }),
        ...(scene && { scene }),
      })
      return
    }
    if (scene) {
      const others = scenes.filter((each) => each.userId !== userId).slice(1 - MAX_SCENES)
      scenes.splice(0, scenes.length, ...others, { userId, scene, atMs })
    }
    // a page that is read again finds its code used, and nobody is welcomed twice
    if (code) void welcome(code, message.msgid)
  }

  private envelope(
    message: KfMessage,
    userId: string,
    { name, unionId }: Customer,
  ): Pick<
    Envelope,
    'accountId' | 'channel' | 'threadKey' | 'dedupeKey' | 'identity' | 'alsoKnownAs' | 'displayName'
  > {
    const { accountId, corpId } = this.options
    const unionid: IdentityClaim | undefined = unionId
      ? { kind: 'wechatUnionid', scope: '', value: unionId, assurance: 'proven' }
      : undefined
    return {
      ...{ accountId, channel: 'wecom', threadKey: userId, dedupeKey: message.msgid },
      identity: { kind: 'wecomExternal', scope: corpId, value: userId, assurance: 'proven' },
      ...(unionid && { alsoKnownAs: [unionid] }),
      ...(name && { displayName: name }),
    }
  }

  /** What concerns no customer, e.g. servicer_status_change: an interface that sends for itself needs none. */
  private ofTheAccount({ event }: KfMessage): void {
    const { accountId, context } = this.options
    if (event?.event_type === 'servicer_status_change' && event.status === 1)
      context.health.fault(accountId, 'warning', 'SERVICER_ONLINE')
  }

  // kept in one short list, changed only while this node holds the lease of the pull

  private async scenes(): Promise<Entered[]> {
    const { accountId, context } = this.options
    const kept = (await context.state.get<Entered[]>(accountId, 'entered')) ?? []
    return kept.filter(({ atMs }) => atMs + SCENE_MS > context.now())
  }

  private keepScenes(scenes: Entered[]): Promise<void> {
    const { accountId, context } = this.options
    return context.state.set(accountId, 'entered', scenes)
  }
}

const userOf = ({ external_userid: user, event }: KfMessage): string | undefined =>
  user ?? event?.external_userid
