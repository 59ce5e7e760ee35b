/** WeChat Official Accounts: words and events come by callback, answers go out through the customer service API. */
import express from 'express'
import type { Route } from '../../gateway/api/route.ts'
import type { IdentityClaim } from '../../gateway/domain/contact.ts'
import type { Message, Part } from '../../gateway/domain/message.ts'
import { Lanes } from '../../gateway/intake/lanes.ts'
import { CallbackCrypto } from '../callback-crypto.ts'
import type { XmlFields } from '../callback-xml.ts'
import type { OutgoingMessage, SendResult, ThreadOf } from '../channel.ts'
import type {
  ChannelAccount,
  CheckResult,
  FetchedMedia,
  ProviderChannel,
  ProviderContext,
} from '../provider.ts'
import type { WechatSettings } from './account.ts'
import type { DoorAccount } from './callback-door.ts'
import { callbackDoor } from './callback-door.ts'
import { fetchWechatMedia } from './fetch-media.ts'
import { Menus } from './menus.ts'
import { oauthDoor } from './oauth-door.ts'
import { outgoingPieces } from './outgoing-pieces.ts'
import type { CallbackEnvelope, CallbackPart } from './read-callback.ts'
import { readCallback } from './read-callback.ts'
import { wechatRoutes } from './routes.ts'
import { Scenes } from './scenes.ts'
import { Sender } from './sender.ts'
import { TypingMarks } from './typing-marks.ts'
import { UnionIds } from './union-ids.ts'
import { WechatApi } from './wechat-api.ts'
import { checkFailure, tellHealth, WechatError } from './wechat-error.ts'

/** What stands for an account while its settings stay as they are. */
interface Open extends DoorAccount {
  api: WechatApi
  settings: string
}

export class Wechat implements ProviderChannel {
  readonly channel = 'wechat'
  readonly capabilities = {
    idempotentSend: false,
    typing: true,
    quickReplies: true,
    cards: true,
    media: true,
    /** cut into pieces of 2048 bytes, each of which costs one of those granted */
    maxTextChars: 2000,
    replyWindow: true,
    joins: true,
  }
  readonly doors: express.Router
  readonly routes: Route[]
  private readonly context: ProviderContext<WechatSettings>
  private readonly sender: Sender
  private readonly menus: Menus
  private readonly typingMarks: TypingMarks
  private readonly unionIds: UnionIds
  private readonly open = new Map<string, Open>()
  /** what waits for a promise of a file must not be overtaken by the words after it */
  private readonly lanes = new Lanes()

  constructor(context: ProviderContext<WechatSettings>) {
    this.context = context
    const { state, now, health, onError, publicUrl } = context
    this.sender = new Sender(context)
    this.typingMarks = new TypingMarks(now)
    this.unionIds = new UnionIds(now)
    const api = (accountId: string) => this.of(accountId)?.api
    this.menus = new Menus({ state, now, api })
    const scenes = new Scenes({ state, now, api, account: (id) => this.of(id)?.account })
    this.doors = express.Router()
    this.doors.use(
      oauthDoor({ account: (id) => this.of(id), publicUrl, now, onError }),
      callbackDoor({
        account: (id) => this.of(id),
        take: (account, fields) => this.take(account, fields),
        ...{ health, now, onError },
      }),
    )
    this.routes = wechatRoutes({ menus: this.menus, scenes, api })
    context.accounts.onChange(() => this.forgetChanged())
  }

  /** Nothing to begin: WeChat calls us. */
  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  pieces(message: Message): number {
    return outgoingPieces(message).length
  }

  async send(outgoing: OutgoingMessage): Promise<SendResult> {
    const open = this.of(outgoing.leg.accountId)
    return open
      ? this.sender.send(open.account, open.api, outgoing)
      : { ok: false, retry: 'later', code: 'ACCOUNT_OFF', afterMs: 60_000 }
  }

  typing({ accountId, threadKey }: ThreadOf, on: boolean): void {
    const api = this.of(accountId)?.api
    const command = api && this.typingMarks.change(`${accountId}|${threadKey}`, on)
    if (!command) return
    void api
      .call('/cgi-bin/message/custom/typing', { touser: threadKey, command })
      // a mark that does not show harms nobody
      .catch(() => undefined)
  }

  /** The unionid, which the callback does not hold. */
  async alsoKnownAs({ accountId, threadKey: openid }: ThreadOf): Promise<IdentityClaim[]> {
    const open = this.of(accountId)
    if (!open?.account.settings.unionId) return []
    const key = `${open.account.settings.appId}|${openid}`
    const unionId = await this.unionIds.of(key, async () => {
      const query = { openid, lang: 'zh_CN' }
      try {
        const info = await open.api.call<{ unionid?: string }>(
          '/cgi-bin/user/info',
          undefined,
          query,
        )
        return info.unionid
      } catch (error) {
        // who does not follow any more, or an account that may not ask: as good as none
        if (error instanceof WechatError) return undefined
        throw error
      }
    })
    return unionId ? [proven('wechatUnionid', '', unionId)] : []
  }

  async check(accountId: string): Promise<CheckResult> {
    const open = this.of(accountId)
    if (!open) return { ok: false, code: 'ACCOUNT_DISABLED' }
    try {
      await open.api.call('/cgi-bin/getcallbackip')
      this.context.health.ok(accountId)
      return { ok: true }
    } catch (error) {
      tellHealth(this.context.health, accountId, error)
      return checkFailure(error)
    }
  }

  async fetchMedia(accountId: string, ref: string): Promise<FetchedMedia> {
    const open = this.of(accountId)
    if (!open) throw new Error('the account is off')
    return fetchWechatMedia(open.api, ref)
  }

  private async take(account: ChannelAccount<WechatSettings>, fields: XmlFields): Promise<void> {
    const { context } = this
    const menu = await this.menus.published(account.id)
    const read = readCallback(fields, {
      nowMs: context.now(),
      lang: account.lang,
      labelOf: (key) => menu.labelOf(key),
    })
    if ('ignored' in read) return
    if ('reports' in read) {
      for (const report of read.reports)
        await context.delivered({ accountId: account.id, ...report })
      return
    }
    const { envelope } = read
    const thread = `${account.id}|${envelope.openId}`
    this.typingMarks.wrote(thread)
    await this.lanes.run(thread, () => this.receive(account, envelope))
  }

  private async receive(
    account: ChannelAccount<WechatSettings>,
    { openId, parts, ...envelope }: CallbackEnvelope,
  ): Promise<void> {
    const { appId } = account.settings
    const resolved = await Promise.all(parts.map((part) => this.part(account.id, part)))
    await this.context.receive({
      ...envelope,
      ...{ accountId: account.id, channel: 'wechat', threadKey: openId, parts: resolved },
      identity: proven('wechatOpenid', appId, openId),
    })
  }

  private async part(accountId: string, part: CallbackPart): Promise<Part> {
    return 'promise' in part ? this.context.promiseMedia({ accountId, ...part.promise }) : part
  }

  private of(accountId: string): Open | undefined {
    const account = this.context.accounts.get(accountId)
    if (!account) return undefined
    const settings = JSON.stringify(account.settings)
    let open = this.open.get(accountId)
    if (!open || open.settings !== settings) {
      const { token, encodingAesKey, appId } = account.settings
      const { state, now, fetchOutside } = this.context
      const crypto = new CallbackCrypto({ token, encodingAesKey, receiveId: appId })
      const api = new WechatApi({ account, state, fetchOutside, now })
      open = { account, settings, crypto, api }
      this.open.set(accountId, open)
    }
    // the name and language may have changed
    open.account = account
    return open
  }

  private forgetChanged(): void {
    for (const id of this.open.keys()) if (!this.context.accounts.get(id)) this.open.delete(id)
  }
}

const proven = (kind: IdentityClaim['kind'], scope: string, value: string): IdentityClaim => ({
  ...{ kind, scope, value },
  assurance: 'proven',
})
