/** A CMPP account at work: keeps a session to the gateway, sends in parts, puts parts together. */
import { createHash } from 'node:crypto'
import { normalPhone } from '../../../gateway/domain/phone-number.ts'
import type { SendResult } from '../../channel.ts'
import type { ChannelAccount, CheckResult } from '../../provider.ts'
import type { OutgoingSms, SmsEvents, SmsLink } from '../link.ts'
import type { LongMessage } from '../reassembly.ts'
import { Reassembly } from '../reassembly.ts'
import { readUserData } from '../udh.ts'
import type { CmppSettings } from './account.ts'
import { cmppParts, readPieces } from './content.ts'
import type { CmppPart } from './content.ts'
import type { CmppDeliver } from './deliver.ts'
import { reportState } from './report-state.ts'
import { SmsNotSent, SmsUnanswered } from './send-window.ts'
import { CmppRefused, CmppSession } from './session.ts'
import type { CmppSessionOptions } from './session.ts'
import { accountResults, submitRefusal } from './submit-result.ts'
import { encodeSubmit } from './submit.ts'

/** Back-off: doubled after each failure up to a minute; a session that stood for a minute begins anew. */
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000
/** Wrong credentials: carriers lock who tries often. */
const REFUSED_WAIT_MS = 60_000
const OVERDUE_MS = 30_000

export class CmppLink implements SmsLink {
  private readonly account: ChannelAccount<CmppSettings>
  private readonly events: SmsEvents
  private readonly reassembly: Reassembly
  private session: CmppSession | undefined
  private stopped = false
  private waitMs = FIRST_WAIT_MS
  private openedAtMs = 0
  private retry: NodeJS.Timeout | undefined
  private overdue: NodeJS.Timeout | undefined
  private connecting: Promise<void> | undefined

  constructor(account: ChannelAccount<CmppSettings>, events: SmsEvents) {
    this.account = account
    this.events = events
    this.reassembly = new Reassembly({ store: events.parts, now: events.now })
  }

  start(): void {
    this.connecting = this.connect()
    this.overdue = setInterval(() => {
      void this.deliverOverdue().catch((error: unknown) => this.events.onError(error))
    }, OVERDUE_MS)
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.retry)
    clearInterval(this.overdue)
    await this.session?.close()
    await this.connecting
  }

  async submit(sms: OutgoingSms): Promise<SendResult> {
    const parts = cmppParts(this.signed(sms.text), referenceOf(sms.messageId))
    const destination = dialled(sms.to)
    let sentPieces = sms.sentPieces ?? 0
    const providerIds: string[] = []
    const taken = () => (sentPieces ? { sentPieces, providerIds } : {})
    for (const [index, part] of parts.entries()) {
      if (index < (sms.sentPieces ?? 0)) continue
      const session = this.session
      if (!session) return { ok: false, retry: 'later', code: 'NOT_CONNECTED', ...taken() }
      try {
        const response = await session.submit((version) =>
          encodeSubmit(this.fields(part, index, parts.length, destination), version),
        )
        if (response.result !== 0) return { ...this.refused(response.result), ...taken() }
        sentPieces++
        providerIds.push(response.msgId)
      } catch (error) {
        if (error instanceof SmsNotSent)
          return { ok: false, retry: 'later', code: 'NOT_CONNECTED', ...taken() }
        if (error instanceof SmsUnanswered)
          return { ok: false, retry: 'unknown', code: 'NO_ANSWER', ...taken() }
        if (error instanceof RangeError)
          return { ok: false, retry: 'never', code: 'BAD_NUMBER', ...taken() }
        throw error
      }
    }
    return { ok: true, state: 'sent', providerIds }
  }

  /** Asks over the session there is, or tries to make one. */
  async check(): Promise<CheckResult> {
    if (this.session) {
      const there = await this.session.activeTest()
      return there ? { ok: true } : { ok: false, code: 'PROVIDER_UNREACHABLE' }
    }
    try {
      const session = await CmppSession.open({ ...this.options(), closed: () => undefined })
      await session.close()
      return { ok: true }
    } catch (error) {
      if (error instanceof CmppRefused)
        return { ok: false, code: refusalCode(error.status), detail: `CONNECT ${error.status}` }
      return { ok: false, code: 'PROVIDER_UNREACHABLE', detail: String(error) }
    }
  }

  private async connect(): Promise<void> {
    if (this.stopped) return
    try {
      const session = await CmppSession.open(this.options())
      if (this.stopped) return await session.close()
      this.session = session
      this.openedAtMs = performance.now()
      this.events.ok()
    } catch (error) {
      const refused = error instanceof CmppRefused
      if (refused)
        this.events.fault(
          'needsPerson',
          `CMPP_CONNECT_${error.status}`,
          refusalDetail(error.status),
        )
      else this.events.fault('down', 'NOT_CONNECTED', String(error))
      this.connectLater(refused ? REFUSED_WAIT_MS : undefined)
    }
  }

  private lost(why: string): void {
    this.session = undefined
    if (this.stopped) return
    this.events.fault('down', 'NOT_CONNECTED', why)
    // one that fell at once is no success: a gateway may accept and throw out in a loop
    if (performance.now() - this.openedAtMs > LONGEST_WAIT_MS) this.waitMs = FIRST_WAIT_MS
    this.connectLater()
  }

  private connectLater(waitMs = this.waitMs): void {
    if (this.stopped) return
    this.waitMs = Math.min(this.waitMs * 2, LONGEST_WAIT_MS)
    // spread, so that a gateway that comes back is not overrun by all its customers
    const spread = waitMs * (0.75 + Math.random() / 2)
    this.retry = setTimeout(() => (this.connecting = this.connect()), spread)
  }

  private options(): CmppSessionOptions {
    const { activeTestSeconds, responseSeconds, ...settings } = this.account.settings
    return {
      ...settings,
      activeTestMs: activeTestSeconds * 1000,
      responseMs: responseSeconds * 1000,
      now: this.events.now,
      deliver: (deliver) => this.deliver(deliver),
      unreadable: (bytes) =>
        this.events.fault('warning', 'CMPP_UNREADABLE', `a DELIVER of ${bytes} bytes was refused`),
      closed: (why) => this.lost(why),
    }
  }

  private async deliver(deliver: CmppDeliver): Promise<void> {
    try {
      await this.store(deliver)
    } catch (error) {
      this.events.onError(error)
      throw error
    }
  }

  private async store(deliver: CmppDeliver): Promise<void> {
    const { report, msgFmt, content } = deliver
    if (report)
      return this.events.reported({ providerId: report.msgId, ...reportState(report.stat) })
    const from = normalPhone(deliver.source) ?? deliver.source
    const to = deliver.destination
    const { concatenation, body } = deliver.udhi ? readUserData(content) : { body: content }
    // parts marked 1 of 1 are whole
    if (concatenation && concatenation.total > 1) {
      const part = { from, to, ...concatenation, coding: msgFmt, bytes: body }
      const whole = await this.reassembly.add(part)
      return whole && this.deliverLong(whole)
    }
    const text = readPieces([{ coding: msgFmt, bytes: body }])
    // ids of small gateways come twice for different messages
    const dedupeKey = `${deliver.msgId}-${digest(`${from}|${content.toString('hex')}`)}`
    await this.events.received({ from, to, text, dedupeKey })
  }

  private async deliverLong({ from, to, pieces, dedupeKey, done }: LongMessage): Promise<void> {
    await this.events.received({ from, to, text: readPieces(pieces), dedupeKey })
    await done()
  }

  private async deliverOverdue(): Promise<void> {
    for (const message of await this.reassembly.overdue()) await this.deliverLong(message)
  }

  private refused(result: number): ReturnType<typeof submitRefusal> {
    const field = accountResults[result]
    if (field) this.events.fault('warning', `CMPP_${result}`, field)
    return submitRefusal(result)
  }

  private fields(part: CmppPart, index: number, total: number, destination: string) {
    const { serviceId, feeUserType, feeType, feeCode, spId, msgSrc, srcId } = this.account.settings
    return {
      ...{ pkTotal: total, pkNumber: index + 1, destination, ...part },
      ...{ serviceId, feeUserType, feeType, feeCode, srcId, msgSrc: msgSrc || spId },
    }
  }

  private signed(text: string): string {
    const { signature } = this.account.settings
    return signature && !text.startsWith('【') ? `【${signature}】${text}` : text
  }
}

/** Chinese numbers without their country code, others after the prefix for abroad. */
function dialled(e164: string): string {
  return e164.startsWith('+86') ? e164.slice(3) : e164.replace(/^\+/, '00')
}

/** The same at each attempt, so that parts sent before and after a restart belong together. */
function referenceOf(messageId: string): number {
  return createHash('sha256').update(messageId).digest()[0]!
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 12)
}

function refusalCode(status: number): 'PROVIDER_CREDENTIALS' | 'PROVIDER_REFUSED' {
  return status === 2 || status === 3 ? 'PROVIDER_CREDENTIALS' : 'PROVIDER_REFUSED'
}

function refusalDetail(status: number): string {
  const details: Record<number, string> = {
    2: 'the gateway does not know this SP id, or not from this address',
    3: 'wrong secret, or clocks more than some minutes apart',
    4: 'the gateway does not speak this version',
  }
  return details[status] ?? `CONNECT was answered with ${status}`
}
