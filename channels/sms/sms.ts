/** SMS: one link to the network per account, whatever it speaks; a thread is a telephone number. */
import express from 'express'
import { normalPhone, takesTextMessages } from '../../gateway/domain/phone-number.ts'
import type { Message, Part } from '../../gateway/domain/message.ts'
import { smsSegments } from '../../gateway/domain/sms-segments.ts'
import { fail } from '../../gateway/errors.ts'
import type { BegunThread, FirstWord, OutgoingMessage, SendResult } from '../channel.ts'
import type {
  ChannelAccount,
  CheckResult,
  FetchedMedia,
  ProviderChannel,
  ProviderContext,
} from '../provider.ts'
import { smsKinds } from './kinds.ts'
import type { IncomingSms, OutgoingSms, SmsEvents, SmsLink } from './link.ts'
import { smsLinks } from './links.ts'
import { OptOuts, optWord, optWording } from './opt-out.ts'
import { smsTexts } from './sms-texts.ts'

/** Some 30 segments; longer answers of a flow go out as several. */
const MAX_TEXT_CHARS = 2000
const ACCOUNT_OFF_MS = 30_000
const STORE_DOWN_MS = 2_000
/** What was taken of a message of several texts is told as one number: texts × this + segments of the next. */
const TEXT = 1000

interface Served {
  account: ChannelAccount
  link: SmsLink
}

export class Sms implements ProviderChannel {
  readonly channel = 'sms'
  readonly capabilities: ProviderChannel['capabilities']
  readonly doors: express.Router
  private readonly context: ProviderContext
  private readonly optOuts: OptOuts
  private readonly served = new Map<string, Served>()
  /** one change after the other: most carriers refuse a second connection while the first one stands */
  private changing: Promise<void> = Promise.resolve()
  private started = false

  constructor(context: ProviderContext) {
    this.context = context
    this.optOuts = new OptOuts(context.state)
    this.capabilities = {
      ...{ idempotentSend: false, typing: false, quickReplies: false, cards: false },
      // as a link, which needs an address the world knows
      media: context.publicUrl !== undefined,
      ...{ maxTextChars: MAX_TEXT_CHARS, segments: true, writesFirst: true },
    }
    this.doors = express.Router().use('/:kind/:accountId', (request, response, next) => {
      const { kind, accountId } = request.params
      const served = this.served.get(accountId)
      if (served?.link.door && served.account.kind === kind)
        served.link.door(request, response, next)
      else next()
    })
    context.accounts.onChange(() => this.reconcile())
  }

  async start(): Promise<void> {
    this.started = true
    this.reconcile()
    await this.changing
  }

  async stop(): Promise<void> {
    this.started = false
    this.reconcile()
    await this.changing
  }

  pieces(message: Message): number {
    return this.textsOf(message, 'zh-CN').reduce(
      (sum, text) => sum + smsSegments(text).segments.length,
      0,
    )
  }

  async beginThread({ accountId, to }: FirstWord): Promise<BegunThread> {
    if (!this.context.accounts.get(accountId)) fail('ACCOUNT_DISABLED')
    const number = normalPhone(to) ?? ''
    if (!takesTextMessages(number)) fail('BAD_MOBILE')
    if (await this.optOuts.of(accountId, number)) fail('OPTED_OUT')
    return {
      threadKey: number,
      identity: { kind: 'phone', scope: '', value: number, assurance: 'observed' },
    }
  }

  templatesOnly(accountId: string): boolean {
    const kind = this.context.accounts.get(accountId)?.kind
    return smsKinds.some((each) => each.kind === kind && each.templatesOnly)
  }

  async send({ message, leg, sentPieces = 0 }: OutgoingMessage): Promise<SendResult> {
    const served = this.served.get(leg.accountId)
    if (!served) return { ok: false, retry: 'later', afterMs: ACCOUNT_OFF_MS, code: 'ACCOUNT_OFF' }
    // answering a sender id or a name would be talking to a machine
    if (!takesTextMessages(leg.threadKey)) return { ok: false, retry: 'never', code: 'BAD_NUMBER' }
    const before = sentPieces ? { sentPieces } : {}
    let template: OutgoingSms['template']
    try {
      if (await this.optOuts.of(leg.accountId, leg.threadKey))
        return { ok: false, retry: 'never', code: 'OPTED_OUT', ...before }
      template = await this.templateOf(message.parts)
    } catch (error) {
      this.context.onError(error)
      // nothing has been sent by this attempt
      return { ok: false, retry: 'later', afterMs: STORE_DOWN_MS, code: 'STORE_DOWN', ...before }
    }
    const texts = this.textsOf(message, served.account.lang)
    return this.submitAll(served.link, texts, sentPieces, {
      ...{ messageId: message._id, to: leg.threadKey },
      ...(template && { template }),
    })
  }

  async check(accountId: string): Promise<CheckResult> {
    await this.changing
    const served = this.served.get(accountId)
    return served ? served.link.check() : { ok: false, code: 'ACCOUNT_DISABLED' }
  }

  async fetchMedia(accountId: string, ref: string): Promise<FetchedMedia> {
    const fetch = this.served.get(accountId)?.link
    if (!fetch?.fetchMedia) throw new Error('the account is switched off')
    return fetch.fetchMedia(ref)
  }

  private async submitAll(
    link: SmsLink,
    texts: string[],
    sentPieces: number,
    sms: Omit<OutgoingSms, 'text'>,
  ): Promise<SendResult> {
    const providerIds: string[] = []
    let first = sentPieces % TEXT
    for (let at = Math.floor(sentPieces / TEXT); at < texts.length; at++) {
      const { messageId } = sms
      const result = await link.submit({
        ...sms,
        text: texts[at]!,
        messageId: at ? `${messageId}-${at + 1}` : messageId,
        ...(first && { sentPieces: first }),
      })
      providerIds.push(...(result.providerIds ?? []))
      const ids = providerIds.length ? { providerIds } : {}
      if (!result.ok) {
        const taken = at * TEXT + Math.max(first, result.sentPieces ?? 0)
        return { ...result, ...ids, ...(taken && { sentPieces: taken }) }
      }
      first = 0
      if (at === texts.length - 1) return { ...result, ...ids }
    }
    // nothing in it that can be read, e.g. an empty card
    return { ok: true, state: 'sent' }
  }

  private textsOf({ parts, lang }: Message, accountLang: string): string[] {
    const { publicUrl, files } = this.context
    return smsTexts(parts, {
      ...{ lang: lang ?? accountLang, publicUrl },
      addressOf: (blobId) => publicUrl && `${publicUrl}${files.address(blobId)}`,
    })
  }

  private async templateOf(parts: Part[]): Promise<OutgoingSms['template']> {
    const part = parts.find((each) => each.type === 'template')
    const approved = part && (await this.context.template(part.templateId))
    if (!approved) return undefined
    const params = approved.params.map(({ key }) => [key, part.params[key] ?? ''])
    return { providerId: approved.providerId, params: Object.fromEntries(params) }
  }

  private async received(served: Served, sms: IncomingSms): Promise<void> {
    const { context, optOuts } = this
    const { id: accountId, lang } = served.account
    const from = normalPhone(sms.from) ?? sms.from
    const optedOut = await optOuts.of(accountId, from)
    const word = optWord(sms.text, optedOut !== undefined)
    if (word === 'stop') await optOuts.stop(accountId, from, context.now())
    if (word === 'start') await optOuts.start(accountId, from)
    const media = await Promise.all(
      (sms.media ?? []).map((each) => context.promiseMedia({ accountId, ...each })),
    )
    const text: Part[] = sms.text.trim() ? [{ type: 'text', text: sms.text }] : []
    const parts = [...text, ...media]
    const outcome = await context.receive({
      ...{ accountId, channel: 'sms', threadKey: from, dedupeKey: sms.dedupeKey, parts },
      // a sender can be forged
      identity: { kind: 'phone', scope: '', value: from, assurance: 'observed' },
      kind: word === 'start' || !parts.length ? 'arrive' : await this.kindOf(accountId, from, word),
    })
    if (outcome === 'duplicate' || !takesTextMessages(from)) return
    const answer = word ?? (optedOut && !optedOut.reminded ? 'reminder' : undefined)
    if (answer === 'reminder') await optOuts.reminded(accountId, from, optedOut!)
    // one that is lost harms nobody
    if (answer)
      void served.link
        .submit({
          ...{ messageId: `opt-${sms.dedupeKey}`, to: from },
          text: optWording(answer, sms.text, lang),
        })
        .catch(context.onError)
  }

  /** An agent who has them is shown that they want no more; otherwise nobody waits any longer. */
  private async kindOf(
    accountId: string,
    threadKey: string,
    word: 'stop' | undefined,
  ): Promise<'message' | 'leave'> {
    if (word !== 'stop') return 'message'
    const { conversation } = await this.context.thread(accountId, threadKey)
    return conversation?.state === 'agent' ? 'message' : 'leave'
  }

  private reconcile(): void {
    this.changing = this.changing
      .then(() => this.serveAsSetUp())
      .catch((error: unknown) => this.context.onError(error))
  }

  private async serveAsSetUp(): Promise<void> {
    const wanted = this.started ? this.context.accounts.all() : []
    const isWanted = ({ account }: Served) =>
      wanted.some((each) => JSON.stringify(each) === JSON.stringify(account))
    const gone = [...this.served].filter(([, served]) => !isWanted(served))
    await Promise.all(
      gone.map(async ([id, { link }]) => {
        this.served.delete(id)
        await link.stop()
      }),
    )
    for (const account of wanted) if (!this.served.has(account.id)) this.serve(account)
  }

  private serve(account: ChannelAccount): void {
    const make = smsLinks[account.kind]
    if (!make) return
    const served = { account } as Served
    served.link = make(account as ChannelAccount<never>, this.eventsOf(served))
    this.served.set(account.id, served)
    served.link.start()
  }

  private eventsOf(served: Served): SmsEvents {
    const { context } = this
    const { id, kind } = served.account
    const kept = (name: string) => ({
      load: () => context.state.get(id, `sms ${name}`),
      save: (value: unknown) => context.state.set(id, `sms ${name}`, value),
    })
    return {
      received: (sms) => this.received(served, sms),
      reported: (report) => context.delivered({ accountId: id, ...report }),
      ok: () => context.health.ok(id),
      fault: (state, code, detail) => context.health.fault(id, state, code, detail),
      onError: (error) => context.onError(error, { accountId: id }),
      now: context.now,
      fetchOutside: context.fetchOutside,
      parts: kept('parts'),
      kept,
      callbackUrl: context.publicUrl && `${context.publicUrl}/channels/${kind}/${id}`,
    }
  }
}
