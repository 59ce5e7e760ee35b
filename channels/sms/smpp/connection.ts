/**
 * Keeps the account bound: one session both ways or one for each, opened again with growing pauses whenever
 * they are lost. A centre that refuses our name or password is left alone until somebody has looked: many lock
 * an account after a few tries.
 */
import type { CheckResult } from '../../provider.ts'
import type { SmsEvents } from '../link.ts'
import type { SmppSettings } from './account.ts'
import { BindRefused, openSession } from './connect.ts'
import type { BindCommand, SessionOptions, SmppSession } from './session.ts'
import { NoAnswer } from './session.ts'
import { refusesBind } from './status.ts'

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 60_000
/** A centre that accepts and throws out again at once is not back. */
const STEADY_MS = 30_000

export interface ConnectionOptions {
  settings: SmppSettings
  events: SmsEvents
  onDelivered: SessionOptions['onDelivered']
}

export class Connection {
  private readonly options: ConnectionOptions
  /** those that are bound now */
  private readonly sessions = new Map<BindCommand, SmppSession>()
  private readonly commands: BindCommand[]
  private opening: Promise<void> | undefined
  private retry: NodeJS.Timeout | undefined
  private waitMs = FIRST_WAIT_MS
  private boundSinceMs = 0
  private stopped = true
  private readonly stopping = new AbortController()
  private lastFault = ''
  /** why the centre does not let us in; nothing is tried until somebody asks */
  private refusal: BindRefused | undefined

  constructor(options: ConnectionOptions) {
    this.options = options
    this.commands =
      options.settings.bind === 'pair'
        ? ['bind_receiver', 'bind_transmitter']
        : ['bind_transceiver']
  }

  /** The session texts are sent through; undefined: not connected. */
  get transmitting(): SmppSession | undefined {
    return this.sessions.get(this.commands.at(-1)!)
  }

  /** Bound both ways. */
  get isWhole(): boolean {
    return this.sessions.size === this.commands.length
  }

  start(): void {
    this.stopped = false
    this.open()
  }

  async stop(): Promise<void> {
    this.stopped = true
    this.stopping.abort()
    clearTimeout(this.retry)
    await this.opening
    await Promise.all([...this.sessions.values()].map((session) => session.close()))
  }

  /** Asks the centre over the sessions there are, or tries to open them now. */
  async check(): Promise<CheckResult> {
    clearTimeout(this.retry)
    this.refusal = undefined
    this.open()
    await this.opening
    // as it is after the attempt
    const refusal = this.refusal as BindRefused | undefined
    if (refusal)
      return {
        ...{
          ok: false,
          code: refusesBind(refusal.status) ? 'PROVIDER_CREDENTIALS' : 'PROVIDER_REFUSED',
        },
        detail: refusal.message,
      }
    if (!this.isWhole) return { ok: false, code: 'PROVIDER_UNREACHABLE', detail: this.lastFault }
    try {
      await Promise.all([...this.sessions.values()].map((each) => each.request('enquire_link', {})))
      return { ok: true }
    } catch (error) {
      return { ok: false, code: 'PROVIDER_UNREACHABLE', detail: (error as Error).message }
    }
  }

  private open(): void {
    this.opening ??= this.openAll().finally(() => (this.opening = undefined))
  }

  private async openAll(): Promise<void> {
    const { settings, events, onDelivered } = this.options
    try {
      for (const command of this.commands) {
        if (this.stopped || this.sessions.has(command)) continue
        const session = await openSession(settings, command, this.stopping.signal, {
          onDelivered,
          onMalformed: (reason) => events.fault('warning', 'MALFORMED_PDU', reason),
          onEnd: (reason, ended) => this.lost(command, reason, ended),
        })
        if (session.ended) throw new NoAnswer('CLOSED', false)
        this.sessions.set(command, session)
      }
      if (this.stopped || !this.isWhole) return
      this.boundSinceMs = performance.now()
      events.ok()
    } catch (error) {
      this.failed(error)
    }
  }

  private failed(error: unknown): void {
    if (this.stopped) return
    const { events, settings } = this.options
    const reason = error instanceof Error ? error.message : String(error)
    this.lastFault = `${settings.host}:${settings.port} ${reason}`
    if (error instanceof BindRefused) {
      this.refusal = error
      if (refusesBind(error.status)) return events.fault('needsPerson', reason)
      events.fault('down', reason)
    } else {
      events.fault('down', 'NOT_CONNECTED', this.lastFault)
      if (!(error instanceof NoAnswer)) events.onError(error)
    }
    this.again()
  }

  /** Told of each session that ends, also of one that was never bound. */
  private lost(command: BindCommand, reason: string, session: SmppSession): void {
    if (this.sessions.get(command) !== session) return
    this.sessions.delete(command)
    if (this.stopped) return
    this.lastFault = reason
    this.options.events.fault('down', 'NOT_CONNECTED', reason)
    if (performance.now() - this.boundSinceMs >= STEADY_MS) this.waitMs = FIRST_WAIT_MS
    this.again()
  }

  private again(): void {
    if (this.stopped) return
    clearTimeout(this.retry)
    // spread, so that a centre that comes back is not overrun by all its customers at once
    const spreadMs = this.waitMs * (0.75 + Math.random() / 2)
    this.waitMs = Math.min(this.waitMs * 2, LONGEST_WAIT_MS)
    this.retry = setTimeout(() => this.open(), spreadMs)
  }
}
