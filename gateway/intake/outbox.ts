/**
 * Hands messages to their channel: in order per thread, different threads side by side. A channel that cannot
 * take the same message twice gets it under a lease; if the process dies in between, nobody can know whether
 * it arrived, and the message is shown as `unknown` instead of being sent again. Where the provider grants few
 * messages, those that wait together go out as one, and nothing is sent that is not granted.
 */
import type { ChannelAdapter, OutgoingMessage, SendResult } from '../../channels/channel.ts'
import type { Bus } from '../bus/bus.ts'
import type { Channel } from '../domain/conversation.ts'
import { legKey } from '../domain/conversation.ts'
import { joinParts } from '../domain/join-messages.ts'
import type { Message } from '../domain/message.ts'
import type { DeliveryReports } from './delivery-reports.ts'
import { Lanes } from './lanes.ts'
import type { OutboxRow } from './model.ts'
import { MessageModel, OutboxModel } from './model.ts'
import { OutboxLedger } from './outbox-ledger.ts'
import type { Pacer } from './pacer.ts'
import type { Windows } from './windows.ts'

const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 60_000
/** Node's timers hold no more; the row tries again early rather than never */
const MAX_TIMER_MS = 2 ** 31 - 1
/** With so few messages left, a line of an agent waits this long for the next one. */
const FEW_LEFT = 2
const LINGER_MS = 2_500

export interface OutboxOptions {
  bus: Bus
  now: () => number
  nodeId: string
  windows: Windows
  reports: DeliveryReports
  pacer: Pacer
  adapter: (channel: Channel) => ChannelAdapter | undefined
  onError: (error: unknown) => void
}

interface Waiting {
  row: OutboxRow
  message: Message | undefined
}

/** Messages that go out as one. */
interface Batch {
  rows: OutboxRow[]
  outgoing: OutgoingMessage
  adapter: ChannelAdapter
  pieces: number
}

export class Outbox {
  private readonly lanes = new Lanes()
  private readonly options: OutboxOptions
  private readonly ledger: OutboxLedger
  /** what waits, by thread */
  private readonly threads = new Map<string, Waiting[]>()
  /** accounts that rest, and until when */
  private readonly paused = new Map<string, number>()
  private stopping = false
  /** threads whose first message is left for the next start, and so all behind it */
  private readonly left = new Set<string>()
  /** wakes each row that rests before its next attempt */
  private readonly resting = new Set<() => void>()
  /** those of them that rest because their account does */
  private readonly restingAccount = new Set<() => void>()

  constructor(options: OutboxOptions) {
    this.options = options
    this.ledger = new OutboxLedger(options)
    options.bus.subscribe('accounts', () => this.tryAgain())
  }

  /** Rows that are on disk; their messages, where the caller has them at hand. */
  dispatch(rows: OutboxRow[], messages = new Map<string, Message>()): void {
    for (const row of rows) {
      const key = legKey(row)
      const waiting = this.threads.get(key) ?? []
      if (!waiting.length) this.threads.set(key, waiting)
      waiting.push({ row, message: messages.get(row._id) })
      void this.lanes.run(key, () => this.next(key)).catch(this.options.onError)
    }
  }

  /** At start: what was queued goes on; what was being sent goes on only where a repeat does no harm. */
  async recover(): Promise<number> {
    const rows = await OutboxModel.find({ state: { $in: ['queued', 'sending'] } })
      .sort({ _id: 1 })
      .lean<OutboxRow[]>()
    const again = rows.filter((row) => {
      if (row.state === 'queued' || this.options.adapter(row.channel)?.capabilities.idempotentSend)
        return true
      this.ledger.record({ row, state: 'unknown', code: 'CRASHED_WHILE_SENDING' })
      return false
    })
    this.dispatch(again)
    return again.length
  }

  /** What waits is left for the next start; resolves when what was to be sent now is sent and recorded. */
  async stop(): Promise<void> {
    this.stopping = true
    for (const wake of this.resting) wake()
    await this.lanes.idle()
    await this.ledger.settled()
  }

  /** Settings changed: what let an account rest may be mended. */
  private tryAgain(): void {
    this.paused.clear()
    for (const wake of this.restingAccount) wake()
  }

  private async next(key: string): Promise<void> {
    const waiting = this.threads.get(key)
    const head = waiting?.shift()
    if (!waiting?.length) this.threads.delete(key)
    // sent together with one before it, or behind one that stays
    if (!head || this.left.has(key)) return
    const { row } = head
    const adapter = this.options.adapter(row.channel)
    const message = await this.messageOf(head)
    if (message === undefined && this.stopping) return this.leave(row)
    if (!message || !adapter)
      return this.ledger.record({ row, state: 'failed', code: 'NO_CHANNEL' })
    if (!(await this.rest(row.notBefore.getTime() - this.options.now()))) return this.leave(row)
    if (message.author.kind === 'agent') await this.linger(row, adapter)
    await this.deliver(await this.joined(key, row, message, adapter))
  }

  /** The message with those that wait behind it and can be sent as one with it. */
  private async joined(
    key: string,
    row: OutboxRow,
    message: Message,
    adapter: ChannelAdapter,
  ): Promise<Batch> {
    const rows = [row]
    let { parts } = message
    const { joins, maxTextChars } = adapter.capabilities
    for (;;) {
      const waiting = this.threads.get(key)
      const following = waiting?.[0]
      if (!following) break
      // parted by a crash after the first pieces of both went out
      const belongs =
        following.row.joinedTo !== undefined && following.row.joinedTo === row.joinedTo
      if (!belongs && (!joins || row.sentPieces)) break
      const second = await this.messageOf(following)
      const together = second && joinParts(parts, second.parts, maxTextChars)
      if (!together) break
      parts = together
      rows.push(following.row)
      waiting!.shift()
      if (!waiting!.length) this.threads.delete(key)
    }
    const { legId: id, accountId, threadKey, channel } = row
    const outgoing: OutgoingMessage = {
      message: rows.length > 1 ? { ...message, parts } : message,
      leg: { id, accountId, threadKey, channel },
      ...(row.sentPieces && { sentPieces: row.sentPieces }),
    }
    return { rows, outgoing, adapter, pieces: adapter.pieces?.(outgoing.message) ?? 1 }
  }

  /** @returns undefined when it is not for us to send, or not now; what becomes of it is recorded */
  private async attempt(batch: Batch, attempt: number): Promise<SendResult | undefined> {
    const { rows, adapter, outgoing } = batch
    const { idempotentSend, replyWindow } = adapter.capabilities
    const sentPieces = outgoing.sentPieces ?? 0
    if (replyWindow && !(await this.granted(batch, sentPieces))) return undefined
    if (!idempotentSend) {
      const leased = await this.tried(() => this.ledger.lease(rows, attempt))
      if (leased === undefined) this.leave(rows[0]!)
      if (!leased) return undefined
    }
    const result = await adapter
      .send(outgoing)
      .catch((): SendResult => ({ ok: false, retry: 'unknown', code: 'ADAPTER_THREW' }))
    await this.ledger.sent(rows, result.providerIds)
    if (replyWindow) await this.spent(batch, sentPieces, result)
    return result
  }

  private async deliver(batch: Batch): Promise<void> {
    const { rows, adapter, outgoing } = batch
    const [head] = rows as [OutboxRow]
    const { idempotentSend } = adapter.capabilities
    for (let attempt = head.attempts + 1; ; attempt++) {
      const pausedMs = (this.paused.get(head.accountId) ?? 0) - this.options.now()
      if (!(await this.rest(pausedMs, this.restingAccount))) return this.leave(head)
      if (this.options.now() > head.expiresAt.getTime())
        return this.record(rows, { state: 'expired', code: 'TOO_LATE' })
      const result = await this.options.pacer.run(() => this.attempt(batch, attempt), {
        goesOn: true,
      })
      if (!result) return
      if (result.ok) return this.record(rows, { state: result.state })
      const { code, retry, pauseAccountMs } = result
      if (pauseAccountMs) this.paused.set(head.accountId, this.options.now() + pauseAccountMs)
      if (retry === 'never') return this.record(rows, { state: 'failed', code })
      if (retry === 'unknown' && !idempotentSend)
        return this.record(rows, { state: 'unknown', code })
      if (result.sentPieces) outgoing.sentPieces = result.sentPieces
      const backOffMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempt, 10))
      const waitMs = result.afterMs ?? backOffMs
      if (!idempotentSend) await this.ledger.giveBack(rows, waitMs, outgoing.sentPieces ?? 0)
      if (!(await this.rest(waitMs))) return this.leave(head)
    }
  }

  /** Is it granted? Otherwise whoever wrote it is told at once: only the contact can open the window again. */
  private async granted({ rows, outgoing, pieces }: Batch, sentPieces: number): Promise<boolean> {
    const { windows } = this.options
    // approved texts may be sent at any time
    if (isTemplate(outgoing.message)) return true
    const covered = await this.tried(() => windows.covers(rows[0]!, pieces - sentPieces))
    if (covered) return true
    if (covered === undefined) this.leave(rows[0]!)
    else {
      const { left } = await windows.view(rows[0]!)
      this.record(rows, {
        state: 'failed',
        code: left !== undefined ? 'QUOTA_USED_UP' : 'WINDOW_CLOSED',
      })
    }
    return false
  }

  private async spent(batch: Batch, before: number, result: SendResult): Promise<void> {
    const { windows, onError } = this.options
    const [row] = batch.rows as [OutboxRow]
    if (isTemplate(batch.outgoing.message)) return
    if (!result.ok && result.windowClosed) return windows.close(row).catch(onError)
    const all = result.ok || result.retry === 'unknown'
    const sent = all ? batch.pieces : (result.sentPieces ?? before)
    await windows.spend(row, sent - before).catch(onError)
  }

  private async linger(row: OutboxRow, { capabilities }: ChannelAdapter): Promise<void> {
    if (!capabilities.joins || !capabilities.replyWindow) return
    const { left } = await this.options.windows.view(row)
    if (left !== undefined && left <= FEW_LEFT) await this.rest(LINGER_MS)
  }

  /**
   * The store may be away for a moment: the message stays at the head until it is back.
   * @returns undefined when everything stops meanwhile
   */
  private async tried<T>(ask: () => Promise<T>): Promise<T | undefined> {
    for (;;) {
      try {
        return await ask()
      } catch (error) {
        this.options.onError(error)
        if (!(await this.rest(FIRST_RETRY_MS))) return undefined
      }
    }
  }

  private leave(row: OutboxRow): void {
    this.left.add(legKey(row))
  }

  private record(
    rows: OutboxRow[],
    outcome: { state: Parameters<OutboxLedger['record']>[0]['state']; code?: string },
  ): void {
    for (const row of rows) this.ledger.record({ row, ...outcome })
  }

  private async messageOf({ row, message }: Waiting): Promise<Message | undefined> {
    if (message) return message
    return (await this.tried(() => MessageModel.findById(row._id).lean<Message>())) ?? undefined
  }

  /** @returns false when everything stops before the time is over */
  private async rest(ms: number, among = this.resting): Promise<boolean> {
    if (ms <= 0) return true
    if (this.stopping) return false
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        this.resting.delete(wake)
        among.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, Math.min(ms, MAX_TIMER_MS))
      this.resting.add(wake)
      among.add(wake)
    })
    return !this.stopping
  }
}

const isTemplate = ({ parts }: Message): boolean => parts.some(({ type }) => type === 'template')
