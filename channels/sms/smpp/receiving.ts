/**
 * What the centre brings: texts, parts of texts, receipts. Each is answered only when it is stored; what cannot
 * be stored now is refused with 0x64, so that the centre brings it again.
 */
import { createHash } from 'node:crypto'
import { Lanes } from '../../../gateway/intake/lanes.ts'
import type { SmsEvents } from '../link.ts'
import type { LongMessage, PartPiece } from '../reassembly.ts'
import { Reassembly } from '../reassembly.ts'
import type { Arrival } from './arrivals.ts'
import { Arrivals } from './arrivals.ts'
import type { CentreAlphabet } from './data-coding.ts'
import { readText } from './data-coding.ts'
import type { Delivered, Incoming } from './incoming.ts'
import { readIncoming } from './incoming.ts'
import type { MessageIds } from './message-ids.ts'
import type { Receipt } from './receipt.ts'
import type { SmppSession } from './session.ts'
import { STATUS } from './status.ts'

const OVERDUE_MS = 30_000
/** For what is no text, and for parts that never came. */
const NO_TEXT = '[…]'

export interface ReceivingOptions {
  events: SmsEvents
  ids: MessageIds
  alphabet: CentreAlphabet
}

export class Receiving {
  private readonly options: ReceivingOptions
  private readonly reassembly: Reassembly
  private readonly arrivals: Arrivals
  /** what one sender wrote is stored in the order it came */
  private readonly lanes = new Lanes()
  private readonly unproven = new Map<SmppSession, Arrival[]>()
  private overdue: NodeJS.Timeout | undefined

  constructor(options: ReceivingOptions) {
    this.options = options
    const { events } = options
    this.reassembly = new Reassembly({ store: events.parts, now: events.now })
    this.arrivals = new Arrivals({ store: events.kept('arrivals'), now: events.now })
  }

  start(): void {
    this.overdue = setInterval(() => {
      this.deliverOverdue().catch((error: unknown) => this.options.events.onError(error))
    }, OVERDUE_MS)
  }

  stop(): void {
    clearInterval(this.overdue)
  }

  idle(): Promise<void> {
    return this.lanes.idle()
  }

  take(pdu: Delivered, answer: (status: number) => void, session: SmppSession): void {
    const incoming = readIncoming(pdu)
    const work = () =>
      incoming.kind === 'text'
        ? this.text(incoming, pdu, answer, session)
        : this.store(incoming).then(() => answer(STATUS.ok))
    this.lanes.run(pdu.body.source, work).catch((error: unknown) => {
      answer(STATUS.temporaryError)
      this.options.events.onError(error)
    })
  }

  /** Half a message is better than none: what never came is shown as a gap. */
  async deliverOverdue(): Promise<void> {
    for (const message of await this.reassembly.overdue()) await this.deliverLong(message)
  }

  private async store(incoming: Exclude<Incoming, { kind: 'text' }>): Promise<void> {
    if (incoming.kind === 'receipt') return this.report(incoming.receipt, incoming.numbers)
    const whole = await this.reassembly.add(incoming.part)
    if (whole) await this.deliverLong(whole)
  }

  private async text(
    { from, to, coding, content }: Extract<Incoming, { kind: 'text' }>,
    pdu: Delivered,
    answer: (status: number) => void,
    session: SmppSession,
  ): Promise<void> {
    const { events } = this.options
    const arrival = await this.arrivals.arrived(fingerprint(pdu), session)
    try {
      const text = this.readPieces([{ coding, bytes: content }])
      await events.received({ from, to, text, dedupeKey: arrival.dedupeKey })
    } catch (error) {
      this.arrivals.answered(arrival, false)
      throw error
    }
    answer(STATUS.ok)
    this.arrivals.answered(arrival, true)
    this.settleLater(arrival, session)
  }

  /** Once the centre has certainly read our answer, the same words again are new ones. */
  private settleLater(arrival: Arrival, session: SmppSession): void {
    const unproven = this.unproven.get(session)
    if (unproven) return void unproven.push(arrival)
    const all = [arrival]
    this.unproven.set(session, all)
    session
      .readByPeer(() => this.unproven.delete(session))
      .then(
        () => this.arrivals.settled(all).catch(this.options.events.onError),
        // the session ended: the doubt stays
        () => undefined,
      )
  }

  private async deliverLong({ from, to, pieces, dedupeKey, done }: LongMessage): Promise<void> {
    await this.options.events.received({ from, to, text: this.readPieces(pieces), dedupeKey })
    await done()
  }

  private async report(receipt: Receipt | 'unreadable', numbers: string[]): Promise<void> {
    const { events, ids } = this.options
    if (receipt === 'unreadable') return events.fault('warning', 'UNREADABLE_RECEIPT')
    const { state, code } = receipt
    for (const providerId of await ids.meant(receipt.ids, numbers)) {
      if (state !== 'sent' && !ids.completes(providerId, state === 'delivered')) continue
      await events.reported({ providerId, state, ...(code && { code }) })
    }
  }

  /** Neighbours of one alphabet are read as one: a character may be cut between them. */
  private readPieces(pieces: PartPiece[]): string {
    const { alphabet } = this.options
    const runs: PartPiece[] = []
    for (const piece of pieces) {
      const last = runs.at(-1)
      if (piece && last?.coding === piece.coding)
        runs[runs.length - 1] = { ...last, bytes: Buffer.concat([last.bytes, piece.bytes]) }
      else runs.push(piece)
    }
    return runs.map((run) => (run && readText(run.bytes, run.coding, alphabet)) ?? NO_TEXT).join('')
  }
}

/** All that a repeat has in common with what it repeats. */
function fingerprint({ body, tlvs }: Delivered): string {
  const hash = createHash('sha256')
  hash.update(`${body.source}|${body.destination}|${body.esmClass}|${body.dataCoding}|`)
  if ('content' in body) hash.update(body.content)
  for (const [tag, value] of tlvs) hash.update(`|${tag}|`).update(value)
  return hash.digest('base64url').slice(0, 22)
}
