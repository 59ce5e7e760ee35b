/** Everything that serves one account while its settings stay as they are. */
import type { Committed, OutgoingMessage, SendResult } from '../channel.ts'
import type { ChannelAccount, CheckResult, FetchedMedia, ProviderContext } from '../provider.ts'
import { AccessToken } from '../access-token.ts'
import { CallbackCrypto } from '../callback-crypto.ts'
import { decodeAmr } from '../../media/codecs/amr.ts'
import type { WecomSettings } from './account.ts'
import { Closings } from './closings.ts'
import { Customers } from './customers.ts'
import { fetchKfToken, KfApi } from './kf-api.ts'
import { Unreachable } from '../provider-http.ts'
import { KfError, verdictOf } from './kf-error.ts'
import { outgoingPieces } from './outgoing-pieces.ts'
import { Puller } from './puller.ts'
import { Receiver } from './receiver.ts'
import { kfAccounts } from './routes.ts'
import { Sender } from './sender.ts'
import { Sessions } from './sessions.ts'
import { WelcomeCodes } from './welcome-codes.ts'

export class ServiceAccount {
  readonly api: KfApi
  readonly crypto: CallbackCrypto
  readonly puller: Puller
  readonly account: ChannelAccount<WecomSettings>
  private readonly context: ProviderContext<WecomSettings>
  private readonly sender: Sender
  private readonly sessions: Sessions
  private readonly closings: Closings
  private started = false

  constructor(
    account: ChannelAccount<WecomSettings>,
    context: ProviderContext<WecomSettings>,
    closingQuietMs?: number,
  ) {
    const { id: accountId, lang, settings } = account
    const { corpId, secret, openKfId, apiBase, callbackToken, encodingAesKey } = settings
    const { state, now } = context
    this.account = account
    this.context = context
    const token = new AccessToken({
      ...{ accountId, state, now },
      credentials: [apiBase, corpId, secret],
      fetch: () => fetchKfToken(apiBase, corpId, secret),
    })
    this.api = new KfApi(apiBase, token)
    this.crypto = new CallbackCrypto({ token: callbackToken, encodingAesKey, receiveId: corpId })
    this.sessions = new Sessions(this.api, openKfId, now)
    const codes = new WelcomeCodes(now)
    const { api, sessions } = this
    const noted = (error: unknown) => this.note(error)
    this.sender = new Sender({ ...{ accountId, openKfId, api, sessions, codes, context } })
    const receiver = new Receiver({
      ...{ accountId, corpId, lang, context, sessions, codes },
      ...{ welcomeText: settings.welcomeText, keepSession: settings.keepSession },
      customers: new Customers(api, now, noted),
      note: noted,
      welcome: (code, msgid) => this.sayOnEvent(code, `w${msgid}`, settings.welcomeText),
    })
    this.puller = new Puller({
      ...{ accountId, openKfId, api, context },
      pollMs: settings.pollSeconds * 1000,
      take: (messages) => receiver.take(messages),
    })
    this.closings = new Closings((userId) => this.end(userId), closingQuietMs)
  }

  /** Once, however often it is asked to. */
  start(): void {
    if (this.started) return
    this.started = true
    if (this.account.settings.openKfId) this.puller.pull()
    else this.context.health.fault(this.account.id, 'needsPerson', 'NO_SERVICE_ACCOUNT')
  }

  async stop(): Promise<void> {
    this.closings.stop()
    await this.puller.stop()
  }

  async send(outgoing: OutgoingMessage): Promise<SendResult> {
    const { publicUrl } = this.context
    const { parts, lang = this.account.lang } = outgoing.message
    const result = await this.sender.send(outgoing, outgoingPieces(parts, { lang, publicUrl }))
    const again = !result.ok && result.retry === 'later'
    this.closings.stir(
      outgoing.leg.threadKey,
      again ? (result.pauseAccountMs ?? result.afterMs ?? 60_000) : 0,
    )
    return result
  }

  /** A conversation of this customer was changed. */
  changed(userId: string, { after }: Committed): void {
    if (after.state !== 'closed') this.closings.opened(userId)
    else if (this.account.settings.closingText) this.closings.closed(userId)
  }

  async check(): Promise<CheckResult> {
    const { openKfId } = this.account.settings
    try {
      const found = await kfAccounts(this.api)
      const own = found.find((each) => each.openKfId === openKfId)
      if (own?.managed) return { ok: true, detail: own.name }
      const detail = own ? 'manage_privilege: false' : `open_kfid? (${found.length})`
      return { ok: false, code: 'PROVIDER_REFUSED', detail }
    } catch (error) {
      if (error instanceof Unreachable)
        return { ok: false, code: 'PROVIDER_UNREACHABLE', detail: error.detail }
      if (!(error instanceof KfError)) throw error
      const { errcode, detail } = error
      return { ok: false, code: verdictOf(errcode).error, detail: `${errcode} ${detail}` }
    }
  }

  /** @throws KfError, Unreachable, and for a voice message that is none */
  async fetchMedia(ref: string): Promise<FetchedMedia> {
    const fetched = await this.api.download(ref)
    // the only kind of voice WeCom has: no browser plays it
    if (fetched.content.toString('latin1', 0, 5) !== '#!AMR') return fetched
    return { content: (await decodeAmr(fetched.content)).wav }
  }

  private async end(userId: string): Promise<void> {
    try {
      const code = await this.sessions.end(userId)
      if (code) await this.sayOnEvent(code, `e${code}`, this.account.settings.closingText)
    } catch (error) {
      // it had ended, or is in the hands of a servicer
      this.note(error)
    }
  }

  private async sayOnEvent(code: string, from: string, text: string): Promise<void> {
    const msgid = from.replace(/[^0-9a-zA-Z_-]/g, '').slice(0, 32)
    try {
      await this.api.call('kf/send_msg_on_event', {
        ...{ code, msgid, msgtype: 'text' },
        text: { content: text },
      })
    } catch (error) {
      this.note(error)
    }
  }

  /** Something beside the messages failed: told where the operator must know, and no more. */
  private note(error: unknown): void {
    const { health, onError } = this.context
    const { id } = this.account
    if (error instanceof Unreachable)
      return health.fault(id, 'warning', 'PROVIDER_UNREACHABLE', error.detail)
    if (!(error instanceof KfError)) return onError(error, { accountId: id })
    const { health: state } = verdictOf(error.errcode)
    if (state) health.fault(id, state, String(error.errcode), error.detail)
  }
}
