/**
 * One connection to a gateway (ISMG), from CONNECT to its end. Whatever goes wrong with it ends it, and whoever
 * holds it makes another: a session is never left open and deaf.
 */
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { cmppTimestamp, encodeConnect, readConnectResponse } from './connect.ts'
import { encodeDeliverResponse, readDeliver } from './deliver.ts'
import type { CmppDeliver } from './deliver.ts'
import type { CmppFrame, CmppVersion } from './frame.ts'
import { CmppFrameReader, command, encodeFrame, responseTo } from './frame.ts'
import { SendWindow } from './send-window.ts'
import type { SubmitResponse } from './submit.ts'
import { readSubmitResponse } from './submit.ts'

export interface CmppSessionOptions {
  host: string
  port: number
  spId: string
  secret: string
  version: CmppVersion
  /** SUBMITs without an answer at a time; carriers allow 16 by the letter of the protocol */
  window: number
  /** SUBMITs in a second; 0: no limit */
  perSecond: number
  activeTestMs: number
  /** how long an answer is waited for */
  responseMs: number
  now: () => number
  /** stores it; what it rejects is not acknowledged, and the gateway repeats it */
  deliver: (deliver: CmppDeliver) => Promise<void>
  /** a DELIVER that could not be read; it was refused */
  unreadable: (bytes: number) => void
  /** once, after `open` had resolved */
  closed: (why: string) => void
}

/** The gateway answered CONNECT with a status other than 0. */
export class CmppRefused extends Error {
  readonly status: number
  constructor(status: number) {
    super(`CONNECT was answered with ${status}`)
    this.status = status
  }
}

/** Unanswered heartbeats in a row that end a connection (CMPP 2.0 §6.1: N = 3). */
const SILENT_TICKS = 3
/** Gateways keep to 16 deliveries without an answer; who sends so many more heeds no answer at all. */
const MAX_UNSTORED = 1000
const GOODBYE_MS = 1000

export class CmppSession {
  private readonly options: CmppSessionOptions
  private readonly socket: Socket
  private readonly reader = new CmppFrameReader()
  private readonly window: SendWindow
  private version: CmppVersion
  private state: 'connecting' | 'open' | 'closed' = 'connecting'
  private sequence = 0
  /** of what was asked; called without a frame when the session ends */
  private readonly answers = new Map<number, (frame?: CmppFrame) => void>()
  /** messages are stored in the order they came */
  private storing: Promise<void> = Promise.resolve()
  private unstored = 0
  private silentTicks = 0
  private heartbeat: NodeJS.Timeout | undefined
  private failed: ((error: Error) => void) | undefined

  private constructor(options: CmppSessionOptions, socket: Socket) {
    this.options = options
    this.version = options.version
    this.socket = socket
    this.window = new SendWindow(options)
  }

  /** @throws CmppRefused, or what the network says */
  static async open(options: CmppSessionOptions): Promise<CmppSession> {
    const { host, port, responseMs } = options
    const session = new CmppSession(options, connect({ host, port, noDelay: true }))
    try {
      await new Promise<void>((resolve, reject) => {
        session.failed = reject
        session.socket.once('connect', () => session.sendConnect(resolve))
        session.socket.on('data', (chunk) => session.receive(chunk))
        session.socket.on('error', (error) => session.end(error.message))
        session.socket.on('close', () => session.end('the gateway closed the connection'))
        session.socket.setTimeout(responseMs, () => session.end('no answer to CONNECT'))
      })
    } catch (error) {
      session.socket.destroy()
      throw error
    }
    session.socket.setTimeout(0)
    session.heartbeat = setInterval(() => session.beat(), options.activeTestMs)
    return session
  }

  /**
   * Sends one part when the window has room.
   * @throws SmsNotSent when it never went out, SmsUnanswered when nobody can tell
   */
  submit(encode: (version: CmppVersion) => Buffer): Promise<SubmitResponse> {
    return this.window.run(async () => {
      const frame = await this.ask(command.submit, encode(this.version))
      const response = frame && readSubmitResponse(frame.body)
      if (frame && !response) this.end('a SUBMIT_RESP too short')
      return response
    })
  }

  /** Is anybody there? */
  async activeTest(): Promise<boolean> {
    return (await this.ask(command.activeTest, Buffer.alloc(0))) !== undefined
  }

  /** Takes leave as the protocol wants, for a second at most. */
  async close(): Promise<void> {
    if (this.state !== 'open') return
    const leave = this.ask(command.terminate, Buffer.alloc(0))
    let timer: NodeJS.Timeout | undefined
    const late = new Promise((resolve) => (timer = setTimeout(resolve, GOODBYE_MS)))
    await Promise.race([leave, late])
    clearTimeout(timer)
    this.end('we ended it')
  }

  private sendConnect(opened: () => void): void {
    const { spId, secret, version, now } = this.options
    const body = encodeConnect({ spId, secret, version, timestamp: cmppTimestamp(now()) })
    const sequence = this.send(command.connect, body)
    this.answers.set(sequence, (frame) => {
      if (!frame) return
      const response = readConnectResponse(frame.body)
      if (!response) return this.end('a CONNECT_RESP too short')
      if (response.status !== 0) {
        this.failed?.(new CmppRefused(response.status))
        return this.end('refused')
      }
      // the lower of both: some gateways of 2.0 take a CONNECT of 3.0
      if (response.version === '2.0') this.version = '2.0'
      this.state = 'open'
      opened()
    })
  }

  /** @returns the answer; undefined when none came before the time or the end of the session */
  private ask(id: number, body: Buffer): Promise<CmppFrame | undefined> {
    if (this.state === 'closed') return Promise.resolve(undefined)
    return new Promise((resolve) => {
      const sequence = this.send(id, body)
      const settle = (frame?: CmppFrame) => {
        clearTimeout(timer)
        this.answers.delete(sequence)
        resolve(frame)
      }
      const timer = setTimeout(settle, this.options.responseMs)
      this.answers.set(sequence, settle)
    })
  }

  private send(id: number, body: Buffer): number {
    this.sequence = (this.sequence + 1) >>> 0
    this.write({ command: id, sequence: this.sequence, body })
    return this.sequence
  }

  private write(frame: CmppFrame): void {
    if (this.socket.writable) this.socket.write(encodeFrame(frame))
  }

  private receive(chunk: Buffer): void {
    this.silentTicks = 0
    try {
      for (const frame of this.reader.push(chunk)) this.take(frame)
    } catch (error) {
      this.end(error instanceof Error ? error.message : 'unreadable')
    }
  }

  private take(frame: CmppFrame): void {
    const { sequence } = frame
    switch (frame.command) {
      case command.deliver:
        return this.takeDeliver(frame)
      case command.activeTest:
        return this.write({
          ...{ command: responseTo(command.activeTest), sequence },
          body: Buffer.alloc(1),
        })
      case command.terminate:
        this.write({ command: responseTo(command.terminate), sequence, body: Buffer.alloc(0) })
        return this.end('the gateway took leave')
      case responseTo(command.connect):
      case responseTo(command.submit):
      case responseTo(command.activeTest):
      case responseTo(command.terminate):
        return this.answers.get(sequence)?.(frame)
    }
  }

  private takeDeliver({ sequence, body }: CmppFrame): void {
    if (this.state !== 'open') return this.end('a DELIVER before CONNECT was answered')
    const answer = (msgId: string, result: number) =>
      this.write({
        ...{ command: responseTo(command.deliver), sequence },
        body: encodeDeliverResponse(msgId, result, this.version),
      })
    const deliver = readDeliver(body, this.version)
    if (!deliver) {
      // refused, so that it does not come again and again; the frames around it are whole
      this.options.unreadable(body.length)
      return answer(body.toString('hex', 0, 8).padEnd(16, '0'), 1)
    }
    if (++this.unstored > MAX_UNSTORED) return this.end('a flood of DELIVER')
    this.storing = this.storing
      .then(() => this.options.deliver(deliver))
      .then(() => answer(deliver.msgId, 0))
      // not acknowledged: the gateway repeats it after a minute
      .catch(() => undefined)
      .finally(() => this.unstored--)
  }

  private beat(): void {
    if (this.silentTicks >= SILENT_TICKS) return this.end('no answer to ACTIVE_TEST')
    this.silentTicks++
    this.send(command.activeTest, Buffer.alloc(0))
  }

  private end(why: string): void {
    if (this.state === 'closed') return
    const before = this.state
    this.state = 'closed'
    clearInterval(this.heartbeat)
    this.socket.destroy()
    this.window.close()
    for (const answer of this.answers.values()) answer()
    if (before === 'connecting') this.failed?.(new Error(why))
    else this.options.closed(why)
  }
}
