/** An SMPP account at work: keeps its sessions to the centre, sends texts in segments, takes what comes. */
import type { SendResult } from '../../channel.ts'
import type { ChannelAccount, CheckResult } from '../../provider.ts'
import type { OutgoingSms, SmsEvents, SmsLink } from '../link.ts'
import type { SmppSettings } from './account.ts'
import { destinationAddress, sourceAddress } from './address.ts'
import { ConcatRefs } from './concat-refs.ts'
import { Connection } from './connection.ts'
import type { IdDialect } from './message-ids.ts'
import { MessageIds } from './message-ids.ts'
import type { Submit } from './outgoing.ts'
import { writeSubmits } from './outgoing.ts'
import { Pace } from './pace.ts'
import { Receiving } from './receiving.ts'
import { NoAnswer } from './session.ts'
import { statusName, submitVerdict } from './status.ts'

/** A throttled account rests a second, then twice as long each time, until something is taken again. */
const FIRST_REST_MS = 1_000
const LONGEST_REST_MS = 60_000
/** Until the connection is back; the outbox asks again. */
const NOT_CONNECTED_MS = 2_000
const STOPPING_MS = 3_000

export class SmppLink implements SmsLink {
  private readonly settings: SmppSettings
  private readonly events: SmsEvents
  private readonly connection: Connection
  private readonly receiving: Receiving
  private readonly ids: MessageIds
  private readonly refs = new ConcatRefs()
  private readonly pace: Pace
  private restMs = 0

  constructor(account: ChannelAccount<SmppSettings>, events: SmsEvents) {
    const { settings } = account
    this.settings = settings
    this.events = events
    const dialect = events.kept('dialect')
    this.ids = new MessageIds({
      ...(settings.receiptIds !== 'auto' && { known: settings.receiptIds }),
      onLearned: (learned) => void dialect.save(learned).catch(events.onError),
    })
    if (settings.receiptIds === 'auto')
      dialect.load().then(
        (known) => known && this.ids.know(known as IdDialect),
        (error: unknown) => events.onError(error),
      )
    this.pace = new Pace(settings.perSecond)
    this.receiving = new Receiving({ events, ids: this.ids, alphabet: settings.alphabet })
    this.connection = new Connection({
      settings,
      events,
      onDelivered: (pdu, answer, session) => this.receiving.take(pdu, answer, session),
    })
  }

  start(): void {
    this.connection.start()
    this.receiving.start()
  }

  async stop(): Promise<void> {
    this.receiving.stop()
    // what cannot be stored in time is brought again, and known again
    const limit = new Promise<void>((resolve) => setTimeout(resolve, STOPPING_MS).unref())
    await Promise.race([this.receiving.idle(), limit])
    await this.connection.stop()
  }

  check(): Promise<CheckResult> {
    return this.connection.check()
  }

  /** Segments go one after the other, so that it is known how many were taken when one is refused. */
  async submit(sms: OutgoingSms): Promise<SendResult> {
    const submits = this.submitsOf(sms)
    if (!submits) return { ok: false, retry: 'never', code: 'BAD_NUMBER' }
    const ids: string[] = []
    for (let piece = sms.sentPieces ?? 0; piece < submits.length; piece++) {
      const following = submits.length - piece - 1
      const refused = await this.submitOne(submits[piece]!, { to: sms.to, ids, following })
      const taken = { ...(piece && { sentPieces: piece }), ...(ids.length && { providerIds: ids }) }
      if (refused) return { ...refused, ...taken }
    }
    return { ok: true, state: 'sent', ...(ids.length && { providerIds: ids }) }
  }

  private submitsOf({ to, text, messageId }: OutgoingSms): Submit[] | undefined {
    const { settings } = this
    const { serviceType, alphabet, long, receipts } = settings
    const destination = destinationAddress(to, settings.destinationStyle)
    if (!destination) return undefined
    return writeSubmits(text, {
      ...{ source: sourceAddress(settings.source), destination, serviceType, alphabet, long },
      ...{ receipts, validMinutes: settings.validHours * 60 },
      ref: this.refs.refFor(to, messageId, long !== 'udh'),
    })
  }

  /** @returns undefined when it was taken */
  private async submitOne(
    { body, tlvs }: Submit,
    { to, ids, following }: { to: string; ids: string[]; following: number },
  ): Promise<Extract<SendResult, { ok: false }> | undefined> {
    const notConnected = {
      ...({ ok: false, retry: 'later', code: 'NOT_CONNECTED' } as const),
      afterMs: NOT_CONNECTED_MS,
    }
    await this.pace.turn()
    const session = this.connection.transmitting
    if (!session) return notConnected
    const answered = this.ids.sending()
    try {
      const { status, body: answer } = await session.request('submit_sm', body, tlvs)
      const verdict = submitVerdict(status)
      if (verdict === 'taken') {
        this.restMs = 0
        if (this.connection.isWhole) this.events.ok()
        if (answer.messageId) ids.push(this.ids.took(answer.messageId, to, ids, following))
        return undefined
      }
      const code = statusName(status)
      if (verdict === 'slower') return { ...this.slower(code) }
      return { ok: false, retry: verdict, code }
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error
      if (!error.written) return notConnected
      // of one that fell its connection tells
      if (!session.ended) this.events.fault('warning', 'NO_ANSWER', error.message)
      return { ok: false, retry: 'unknown', code: 'NO_ANSWER' }
    } finally {
      answered()
    }
  }

  private slower(code: string): Extract<SendResult, { ok: false }> {
    this.restMs = Math.min(LONGEST_REST_MS, this.restMs * 2 || FIRST_REST_MS)
    this.events.fault('warning', code)
    return { ok: false, retry: 'later', code, afterMs: this.restMs, pauseAccountMs: this.restMs }
  }
}
