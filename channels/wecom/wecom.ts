/** WeCom customer service (微信客服): people write to a service account in WeChat, we pull and answer. */
import type { Router } from 'express'
import type { Committed, OutgoingMessage, SendResult } from '../channel.ts'
import type { CheckResult, FetchedMedia, ProviderChannel, ProviderContext } from '../provider.ts'
import type { Route } from '../../gateway/api/route.ts'
import type { Leg } from '../../gateway/domain/conversation.ts'
import type { Message } from '../../gateway/domain/message.ts'
import type { WecomSettings } from './account.ts'
import { callbackDoor } from './callback.ts'
import { outgoingPieces } from './outgoing-pieces.ts'
import { wecomRoutes } from './routes.ts'
import { ServiceAccount } from './service-account.ts'

/** 2,048 bytes are 682 Chinese characters. */
const MAX_TEXT_CHARS = 680
const ACCOUNT_OFF_MS = 30_000

export interface WecomOptions {
  /** how long nothing must have been sent before a closed session is ended */
  closingQuietMs?: number
}

export class Wecom implements ProviderChannel {
  readonly channel = 'wecom'
  readonly capabilities: ProviderChannel['capabilities']
  readonly doors: Router
  readonly routes: Route[]
  private readonly context: ProviderContext<WecomSettings>
  private readonly options: WecomOptions
  private readonly served = new Map<string, ServiceAccount>()
  private started = false

  constructor(context: ProviderContext<WecomSettings>, options: WecomOptions = {}) {
    this.context = context
    this.options = options
    const { accounts } = context
    this.capabilities = {
      // Our msgid makes it possible, and nobody has seen it done: only where every account's owner says so.
      get idempotentSend() {
        const all = accounts.all()
        return all.length > 0 && all.every(({ settings }) => settings.repeatIsSafe)
      },
      ...{ typing: false, quickReplies: true, cards: true, media: true },
      ...{ maxTextChars: MAX_TEXT_CHARS, replyWindow: true, joins: true },
    }
    this.doors = callbackDoor({
      crypto: (accountId) => this.find(accountId)?.crypto,
      notified: (accountId, openKfId, token) => this.notified(accountId, openKfId, token),
      onRefused: (accountId, why) =>
        context.health.fault(accountId, 'warning', 'BAD_CALLBACK', why),
      onError: context.onError,
    })
    this.routes = wecomRoutes((accountId) => {
      const found = this.find(accountId)
      return found && { api: found.api, openKfId: found.account.settings.openKfId }
    })
    accounts.onChange(() => this.reconcile())
  }

  async start(): Promise<void> {
    this.started = true
    this.reconcile()
  }

  async stop(): Promise<void> {
    this.started = false
    const all = [...this.served.values()]
    this.served.clear()
    await Promise.all(all.map((each) => each.stop()))
  }

  pieces({ parts, lang = 'zh-CN' }: Message): number {
    return outgoingPieces(parts, { lang, publicUrl: this.context.publicUrl }).length
  }

  async send(outgoing: OutgoingMessage): Promise<SendResult> {
    const found = this.find(outgoing.leg.accountId)
    if (!found) return { ok: false, retry: 'later', afterMs: ACCOUNT_OFF_MS, code: 'ACCOUNT_OFF' }
    return found.send(outgoing)
  }

  changed(leg: Leg, change: Committed): void {
    this.find(leg.accountId)?.changed(leg.threadKey, change)
  }

  async check(accountId: string): Promise<CheckResult> {
    const found = this.find(accountId)
    return found ? found.check() : { ok: false, code: 'ACCOUNT_DISABLED' }
  }

  async fetchMedia(accountId: string, ref: string): Promise<FetchedMedia> {
    const found = this.find(accountId)
    if (!found) throw new Error('the account is switched off')
    return found.fetchMedia(ref)
  }

  /**
   * An app has one callback address for all its service accounts: whichever of ours it is set to passes the word
   * to the one it is for.
   */
  private async notified(accountId: string, openKfId: string, token: string): Promise<void> {
    const called = this.find(accountId)
    if (!called) return
    const { corpId } = called.account.settings
    const meant = openKfId
      ? this.context.accounts
          .all()
          .filter(({ settings }) => settings.corpId === corpId && settings.openKfId === openKfId)
      : [called.account]
    for (const { id } of meant) await this.find(id)?.puller.notified(token)
  }

  /** Serves an account as it is set up now. */
  private find(accountId: string): ServiceAccount | undefined {
    const account = this.context.accounts.get(accountId)
    if (!account) return undefined
    const found = this.served.get(accountId)
    if (found && JSON.stringify(found.account) === JSON.stringify(account)) return found
    void found?.stop()
    const { closingQuietMs } = this.options
    const made = new ServiceAccount(account, this.context, closingQuietMs)
    this.served.set(accountId, made)
    if (this.started) made.start()
    return made
  }

  private reconcile(): void {
    if (!this.started) return
    for (const [id, served] of this.served) {
      if (this.context.accounts.get(id)) continue
      this.served.delete(id)
      void served.stop()
    }
    for (const { id } of this.context.accounts.all()) this.find(id)?.start()
  }
}
