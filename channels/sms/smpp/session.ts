/**
 * One bound connection to a message centre (SMPP 3.4 §2): requests under a window, each with its time limit;
 * enquire_link both ways; what arrives is handed on and answered. It ends for good at the first sign that the
 * two ends no longer understand each other; whoever owns it opens another.
 */
import type { Socket } from 'node:net'
import type { Body, Command } from './fields.ts'
import { commandOf } from './fields.ts'
import { FramingLost, PduFramer } from './framing.ts'
import type { Delivered } from './incoming.ts'
import type { AnyPdu, Pdu, Tlvs } from './pdu.ts'
import { decodePdu, encodePdu, isResponse, MalformedPdu, readHeader } from './pdu.ts'
import { STATUS } from './status.ts'

export type BindCommand = 'bind_transceiver' | 'bind_transmitter' | 'bind_receiver'
type Request = BindCommand | 'submit_sm' | 'enquire_link' | 'unbind' | 'deliver_sm'

/** How a request ended that has no answer. */
export class NoAnswer extends Error {
  override name = 'NoAnswer'
  /** the centre may have got it; false: it was never written */
  readonly written: boolean
  constructor(reason: string, written: boolean) {
    super(reason)
    this.written = written
  }
}

export interface SessionOptions {
  socket: Socket
  /** requests without an answer at a time */
  window: number
  responseMs: number
  enquireMs: number
  /** `answer` is to be called once, with a status */
  onDelivered: (pdu: Delivered, answer: (status: number) => void, session: SmppSession) => void
  /** one PDU could not be read; the session goes on */
  onMalformed: (reason: string) => void
  /** told once; `reason` is for operators */
  onEnd: (reason: string, session: SmppSession) => void
}

interface Pending {
  resolve: (pdu: AnyPdu) => void
  reject: (error: NoAnswer) => void
  timer: NodeJS.Timeout
}

/** What arrives and is not answered yet; beyond it nothing more is read from the connection. */
const MOST_UNANSWERED = 200
const LAST_SEQUENCE = 0x7fffffff
/** Soon after an answer the centre is asked for a sign of life: its reply proves that it has read the answer. */
const PROOF_MS = 1_000
const UNBIND_MS = 2_000

export class SmppSession {
  private readonly options: SessionOptions
  private readonly framer = new PduFramer()
  private readonly pending = new Map<number, Pending>()
  private readonly queue: (() => void)[] = []
  private sequence = 0
  private inWindow = 0
  private unanswered = 0
  private endedBecause: string | undefined
  private enquiring: NodeJS.Timeout
  private heardMs: number

  constructor(options: SessionOptions) {
    this.options = options
    this.heardMs = performance.now()
    const { socket } = options
    socket.on('data', (chunk: Buffer) => this.read(chunk))
    socket.on('error', (error: NodeJS.ErrnoException) => this.end(error.code ?? 'SOCKET'))
    socket.on('close', () => this.end('CLOSED'))
    this.enquiring = setInterval(() => this.enquire(), options.enquireMs)
  }

  get ended(): boolean {
    return this.endedBecause !== undefined
  }

  /**
   * @returns the answer, whatever its status
   * @throws NoAnswer when none comes in time or the session ends; RangeError where a value does not fit
   */
  async request<C extends Request>(
    command: C,
    body: Body<C>,
    tlvs: Tlvs = new Map(),
  ): Promise<Pdu<`${C}_resp`>> {
    const windowed = command === 'submit_sm' || command === 'deliver_sm'
    if (windowed) await this.slot()
    try {
      return await this.exchange(command, body, tlvs)
    } finally {
      if (windowed) this.giveBack()
    }
  }

  /**
   * Resolves when the centre has certainly read all that was written before `asking` was called.
   * @throws NoAnswer
   */
  async readByPeer(asking: () => void): Promise<void> {
    await new Promise<void>((resolve) => setTimeout(resolve, PROOF_MS).unref())
    asking()
    await this.request('enquire_link', {})
  }

  /** Says goodbye; resolves when the connection is gone. */
  async close(): Promise<void> {
    if (this.ended) return
    const limit = new Promise<void>((resolve) => setTimeout(resolve, UNBIND_MS).unref())
    await Promise.race([this.request('unbind', {}).catch(() => undefined), limit])
    this.end('STOPPED')
  }

  end(reason: string): void {
    if (this.ended) return
    this.endedBecause = reason
    clearInterval(this.enquiring)
    for (const { reject, timer } of this.pending.values()) {
      clearTimeout(timer)
      reject(new NoAnswer(reason, true))
    }
    this.pending.clear()
    for (const wake of this.queue.splice(0)) wake()
    this.options.socket.destroy()
    this.options.onEnd(reason, this)
  }

  private exchange<C extends Request>(
    command: C,
    body: Body<C>,
    tlvs: Tlvs,
  ): Promise<Pdu<`${C}_resp`>> {
    if (this.ended) return Promise.reject(new NoAnswer(this.endedBecause!, false))
    const sequence = this.nextSequence()
    const octets = encodePdu({ command, status: 0, sequence, body, tlvs } as Pdu)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.pending.delete(sequence)
        reject(new NoAnswer('NO_RESPONSE', true))
      }, this.options.responseMs)
      this.pending.set(sequence, { resolve: resolve as Pending['resolve'], reject, timer })
      this.options.socket.write(octets)
    })
  }

  private nextSequence(): number {
    do this.sequence = this.sequence >= LAST_SEQUENCE ? 1 : this.sequence + 1
    while (this.pending.has(this.sequence))
    return this.sequence
  }

  private async slot(): Promise<void> {
    if (this.inWindow < this.options.window) {
      this.inWindow++
      return
    }
    await new Promise<void>((resolve) => this.queue.push(resolve))
    // handed over by `giveBack`, which leaves the count as it is; at the end nothing counts any more
  }

  private giveBack(): void {
    const next = this.queue.shift()
    if (next) next()
    else this.inWindow--
  }

  private read(chunk: Buffer): void {
    this.heardMs = performance.now()
    let frames: Buffer[]
    try {
      frames = this.framer.push(chunk)
    } catch (error) {
      if (!(error instanceof FramingLost)) throw error
      return this.end(`FRAMING_LOST ${error.message}`)
    }
    for (const frame of frames) {
      if (this.ended) return
      this.take(frame)
    }
  }

  private take(octets: Buffer): void {
    const { commandId, sequence } = readHeader(octets)
    let pdu: AnyPdu | undefined
    try {
      pdu = decodePdu(octets)
    } catch (error) {
      if (!(error instanceof MalformedPdu)) throw error
      this.options.onMalformed(error.message)
      return this.refuse(commandId, sequence, STATUS.invalidCommandLength)
    }
    if (!pdu) return this.refuse(commandId, sequence, STATUS.invalidCommandId)
    switch (pdu.command) {
      case 'deliver_sm':
      case 'data_sm':
        return this.delivered(pdu as Delivered)
      case 'enquire_link':
        return this.answer('enquire_link_resp', sequence, STATUS.ok)
      case 'unbind':
        this.answer('unbind_resp', sequence, STATUS.ok)
        return this.end('UNBOUND_BY_PEER')
      case 'alert_notification':
        return
      default:
        if (isResponse(commandId)) this.answered(pdu)
        else this.refuse(commandId, sequence, STATUS.wrongBindState)
    }
  }

  /** An unreadable answer leaves its request to the time limit; there is nothing to say back to it. */
  private refuse(commandId: number, sequence: number, status: number): void {
    if (isResponse(commandId)) return
    const command = commandOf(commandId)
    if (command === 'deliver_sm' || command === 'data_sm')
      return this.answer(`${command}_resp`, sequence, status)
    this.answer('generic_nack', sequence, status)
  }

  /** Also a generic_nack: it says no to the request of its number (§4.3.1). */
  private answered(pdu: AnyPdu): void {
    const pending = this.pending.get(pdu.sequence)
    if (!pending) return
    this.pending.delete(pdu.sequence)
    clearTimeout(pending.timer)
    pending.resolve(pdu)
  }

  private delivered(pdu: Delivered): void {
    if (++this.unanswered >= MOST_UNANSWERED) this.options.socket.pause()
    const answer = (status: number) => {
      if (--this.unanswered < MOST_UNANSWERED) this.options.socket.resume()
      if (!this.ended) this.answer(`${pdu.command}_resp`, pdu.sequence, status)
    }
    this.options.onDelivered(pdu, answer, this)
  }

  private answer(
    command: Extract<Command, `${string}_resp`> | 'generic_nack',
    sequence: number,
    status: number,
  ): void {
    const hasId = command === 'deliver_sm_resp' || command === 'data_sm_resp'
    const body = hasId ? { messageId: '' } : {}
    this.options.socket.write(
      encodePdu({ command, status, sequence, body, tlvs: new Map() } as Pdu),
    )
  }

  /** A connection that is cut without a word is noticed within two intervals. */
  private enquire(): void {
    if (performance.now() - this.heardMs < this.options.enquireMs / 2) return
    // any answer is a sign of life, also that of a centre that does not know the command
    this.request('enquire_link', {}).catch(() => this.end('SILENT'))
  }
}
