/** Weibo: the fan service's messages both ways, comments and mentions, announcements. */
import type { Message } from '../../gateway/domain/message.ts'
import type { OutgoingMessage, SendResult, ThreadOf } from '../channel.ts'
import type { CheckResult, FetchedMedia, ProviderChannel, ProviderContext } from '../provider.ts'
import type { WeiboAccount, WeiboSettings } from './account.ts'
import { Announcements } from './announcements.ts'
import { readPublicThread } from './comments.ts'
import { envelopeOfPush, heldFile } from './envelope.ts'
import { Poller } from './poller.ts'
import type { WeiboPush } from './push.ts'
import { commentPieces, lacksAddress, MAX_REPLY_CHARS, replyPieces } from './reply.ts'
import { weiboRoutes } from './routes.ts'
import type { WeiboFigures } from './schema.ts'
import { WeiboApi } from './weibo-api.ts'
import type { WeiboAnswer } from './weibo-api.ts'
import { weiboDoors } from './weibo-doors.ts'
import { failedSend, needsPerson } from './weibo-error.ts'

const FIGURES_LEASE_MS = 10_000

/** A call of Weibo's for one piece. */
type PieceCall = () => Promise<WeiboAnswer>

export class Weibo implements ProviderChannel {
  readonly channel = 'weibo'
  readonly capabilities = {
    idempotentSend: false,
    typing: false,
    quickReplies: false,
    cards: false,
    media: true,
    maxTextChars: MAX_REPLY_CHARS,
    replyWindow: true,
    // a mention is answered once
    joins: true,
  }
  readonly doors
  readonly routes
  private readonly context: ProviderContext<WeiboSettings>
  private readonly announcements: Announcements
  private readonly poller: Poller
  private readonly timers = new Map<string, NodeJS.Timeout>()
  private readonly polling = new Set<Promise<unknown>>()
  /** what is being stored at this moment: who repeats it now has not had our answer so far */
  private readonly taking = new Set<string>()
  private stopped = true

  constructor(context: ProviderContext<WeiboSettings>) {
    this.context = context
    const { accounts, files, publicUrl, now, state, receive } = context
    const heard = (accountId: string, answer: WeiboAnswer) => this.heard(accountId, answer)
    this.announcements = new Announcements({
      account: (id) => accounts.get(id),
      ...{ files, publicUrl, heard, now },
    })
    this.poller = new Poller({ state, heard, now, receive: (envelope) => receive(envelope) })
    this.doors = weiboDoors({
      account: (id) => accounts.get(id),
      announcements: this.announcements,
      ...{ files, now },
      take: (account, push) => this.take(account, push),
      odd: (accountId, code) => context.health.fault(accountId, 'warning', code),
      onError: (error) => context.onError(error, { channel: 'weibo' }),
    })
    this.routes = weiboRoutes(this.announcements, (accountId) => this.figures(accountId))
    accounts.onChange(() => this.schedule())
  }

  async start(): Promise<void> {
    this.stopped = false
    await this.announcements.recover()
    this.schedule()
  }

  async stop(): Promise<void> {
    this.stopped = true
    for (const timer of this.timers.values()) clearTimeout(timer)
    this.timers.clear()
    await Promise.allSettled(this.polling)
  }

  pieces({ parts }: Message): number {
    return Math.max(1, replyPieces(parts, (id) => this.addressOf(id)).length)
  }

  async send(outgoing: OutgoingMessage): Promise<SendResult> {
    const { leg, message, sentPieces = 0 } = outgoing
    const account = this.context.accounts.get(leg.accountId)
    if (!account) return { ok: false, retry: 'later', code: 'ACCOUNT_OFF' }
    if (lacksAddress(message.parts, (id) => this.addressOf(id)))
      return { ok: false, retry: 'never', code: 'PUBLIC_URL_NEEDED' }
    const calls = await this.calls(account, outgoing)
    if (!calls) return { ok: false, retry: 'never', code: 'NOTHING_TO_ANSWER' }
    const providerIds: string[] = []
    for (let piece = sentPieces; piece < calls.length; piece++) {
      const answer = await calls[piece]!()
      this.heard(account.id, answer)
      if (!answer.ok) return { ...failedSend(answer), sentPieces: piece, providerIds }
      const { idstr } = answer.body
      if (typeof idstr === 'string') providerIds.push(idstr)
    }
    return { ok: true, state: 'sent', providerIds }
  }

  isPublic({ threadKey }: ThreadOf): boolean {
    return readPublicThread(threadKey) !== undefined
  }

  async check(accountId: string): Promise<CheckResult> {
    const account = this.context.accounts.get(accountId)
    if (!account) return { ok: false, code: 'ACCOUNT_DISABLED' }
    const answer = await new WeiboApi(account.settings).get('/2/account/get_uid.json')
    this.heard(accountId, answer)
    if (!answer.ok) {
      const detail = [answer.kind === 'refused' && answer.code, answer.words]
        .filter(Boolean)
        .join(' ')
      return { ok: false, code: 'PROVIDER_REFUSED', detail }
    }
    const uid = String(answer.body.uid)
    if (uid !== account.settings.uid)
      return { ok: false, code: 'PROVIDER_REFUSED', detail: `the token belongs to uid ${uid}` }
    return { ok: true }
  }

  async fetchMedia(accountId: string, ref: string): Promise<FetchedMedia> {
    const account = this.context.accounts.get(accountId)
    if (!account) throw new Error('the account is off')
    return { content: await new WeiboApi(account.settings).media(ref) }
  }

  private async take(account: WeiboAccount, push: WeiboPush): Promise<void> {
    const { receive, promiseMedia, now } = this.context
    const held = heldFile(push)
    const file =
      held &&
      (await promiseMedia({
        accountId: account.id,
        kind: held.kind,
        ref: held.fid,
        name: held.name,
      }))
    const envelope = envelopeOfPush(account, push, file, now())
    if (!envelope) return
    const key = `${account.id}|${envelope.dedupeKey}`
    const repeatedMeanwhile = this.taking.has(key)
    this.taking.add(key)
    try {
      const taken = await receive(envelope)
      this.context.health.ok(account.id)
      if (taken === 'duplicate' && !repeatedMeanwhile && push.type !== 'mention')
        await this.countDuplicate(account.id)
    } finally {
      if (!repeatedMeanwhile) this.taking.delete(key)
    }
  }

  /**
   * Weibo was told that we have it, and says it once more: either that answer got lost, or somebody said the same
   * words twice within one second. Nobody can tell, so it is counted where people look.
   */
  private async countDuplicate(accountId: string): Promise<void> {
    const { state, health, now } = this.context
    health.fault(accountId, 'warning', 'POSSIBLE_DUPLICATE')
    await state.exclusively(accountId, 'figures', FIGURES_LEASE_MS, async () => {
      const before = await this.figures(accountId)
      await state.set(accountId, 'figures', {
        possibleDuplicates: before.possibleDuplicates + 1,
        lastPossibleDuplicateMs: now(),
      } satisfies WeiboFigures)
    })
  }

  private async figures(accountId: string): Promise<WeiboFigures> {
    const known = await this.context.state.get<WeiboFigures>(accountId, 'figures')
    return known ?? { possibleDuplicates: 0 }
  }

  /** undefined: there is nothing it could be an answer to. */
  private async calls(
    account: WeiboAccount,
    { leg, message }: OutgoingMessage,
  ): Promise<PieceCall[] | undefined> {
    const api = new WeiboApi(account.settings)
    const addressOf = (id: string) => this.addressOf(id)
    const thread = readPublicThread(leg.threadKey)
    if (!thread)
      return replyPieces(message.parts, addressOf).map(({ type, data }) => () => {
        const form = { receiver_id: leg.threadKey, type, data: JSON.stringify(data) }
        return api.post('messageBase', '/2/messages/reply.json', { ...form, save_sender_box: '1' })
      })
    const to = await this.lastSaid(leg.accountId, leg.threadKey)
    if (!to) return undefined
    const { statusId } = thread
    return commentPieces(message.parts, addressOf).map(
      (comment) => () =>
        to.kind === 'comment'
          ? api.post('apiBase', '/2/comments/reply.json', { cid: to.id, id: statusId, comment })
          : api.post('apiBase', '/2/comments/create.json', { id: statusId, comment }),
    )
  }

  /** The comment or post of this person that an answer belongs under: the last one in the store. */
  private async lastSaid(
    accountId: string,
    threadKey: string,
  ): Promise<{ kind: 'comment' | 'mention'; id: string } | undefined> {
    const { messages } = await this.context.thread(accountId, threadKey)
    for (const { dedupeKey } of messages.toReversed()) {
      const [, kind, id] = /^(comment|mention):(\d+)$/.exec(dedupeKey ?? '') ?? []
      if (kind && id) return { kind: kind as 'comment' | 'mention', id }
    }
    return undefined
  }

  private addressOf(blobId: string): string | undefined {
    const { publicUrl, files } = this.context
    return publicUrl && publicUrl + files.address(blobId)
  }

  /** Weibo answered: the account's health follows. */
  private heard(accountId: string, answer: WeiboAnswer): void {
    const { health } = this.context
    if (answer.ok) return health.ok(accountId)
    if (answer.kind === 'silent')
      return health.fault(accountId, 'down', 'UNREACHABLE', answer.words)
    const state = needsPerson(answer.code) ? 'needsPerson' : 'warning'
    health.fault(accountId, state, answer.code, answer.words)
  }

  private schedule(): void {
    if (this.stopped) return
    const accounts = this.context.accounts.all().filter(({ settings }) => settings.pollSeconds > 0)
    const wanted = new Set(accounts.map(({ id }) => id))
    for (const [id, timer] of this.timers)
      if (!wanted.has(id)) {
        clearTimeout(timer)
        this.timers.delete(id)
      }
    for (const { id } of accounts) if (!this.timers.has(id)) this.next(id, 0)
  }

  private next(accountId: string, afterMs: number): void {
    const timer = setTimeout(() => {
      const work = this.poll(accountId, timer).finally(() => this.polling.delete(work))
      this.polling.add(work)
    }, afterMs)
    this.timers.set(accountId, timer)
  }

  private async poll(accountId: string, timer: NodeJS.Timeout): Promise<void> {
    const { accounts, onError } = this.context
    const account = accounts.get(accountId)
    if (account)
      await this.poller
        .poll(account, new WeiboApi(account.settings))
        .catch((error: unknown) => onError(error, { accountId }))
    // switched off, or off and on again, while it was read
    if (this.stopped || this.timers.get(accountId) !== timer) return
    const seconds = accounts.get(accountId)?.settings.pollSeconds
    if (seconds) this.next(accountId, seconds * 1000)
    else this.timers.delete(accountId)
  }
}
