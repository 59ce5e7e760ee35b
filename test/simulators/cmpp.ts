/**
 * The carrier's side of CMPP 2.0 and 3.0 (an ISMG with its telephones): reads CONNECT and SUBMIT by the letter
 * of the protocol, answers, reports, delivers what telephones write, and repeats what is not acknowledged. Its
 * codec is its own; the vectors of gocmpp hold it to the protocol as they hold ours.
 */
import { createHash } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'

export interface IsmgOptions {
  spId?: string
  secret?: string
  /** the highest version it speaks */
  version?: 0x20 | 0x30
  /** a DELIVER not acknowledged for so long is repeated, three times in all; 60 s in life */
  repeatMs?: number
  /** DELIVERs without an answer at a time */
  window?: number
  /** the Stat of reports; '' for none */
  stat?: string
  /** the Result of a SUBMIT; 'mute': no answer; 'later': by answerLater; 'hangUp': the connection falls */
  result?: (submit: SubmitPdu, count: number) => number | 'mute' | 'later' | 'hangUp'
  /** gets what takes a SUBMIT, to be called when it pleases */
  answerLater?: (answer: () => void) => void
  /** answers ACTIVE_TEST */
  alive?: boolean
  /** takes a CONNECT of a higher version and goes on in its own, instead of refusing it */
  lenient?: boolean
}

export interface SubmitPdu {
  pkTotal: number
  pkNumber: number
  wantsReport: boolean
  serviceId: string
  udhi: boolean
  msgFmt: number
  msgSrc: string
  srcId: string
  destination: string
  content: Buffer
  msgId: string
}

/** What a telephone shows. */
export interface ShownMessage {
  to: string
  from: string
  text: string
}

export interface DeliverPdu {
  msgId: string
  from: string
  to: string
  udhi?: number
  msgFmt?: number
  content: Buffer
  /** a report, not a message */
  registered?: boolean
}

interface Unanswered {
  frame: Buffer
  tries: number
  timer: NodeJS.Timeout | undefined
  settle: (result: number | 'gaveUp') => void
}

const RESPONSE = 0x80000000

export class CmppSimulator extends EventEmitter<{
  connected: []
  gone: []
  submit: [SubmitPdu]
  shown: [ShownMessage]
  activeTest: []
}> {
  readonly options: Required<Omit<IsmgOptions, 'result' | 'answerLater'>> &
    Pick<IsmgOptions, 'result' | 'answerLater'>
  readonly submits: SubmitPdu[] = []
  readonly shown: ShownMessage[] = []
  /** statuses CONNECT was answered with */
  readonly connects: number[] = []
  private readonly server: Server
  private socket: Socket | undefined
  private version: 0x20 | 0x30 = 0x20
  private sequence = 0
  private ids = 0
  private readonly unanswered = new Map<number, Unanswered>()
  private readonly queue: (() => void)[] = []
  private readonly tests = new Map<number, () => void>()
  private readonly parts = new Map<string, (Buffer | undefined)[]>()

  constructor(options: IsmgOptions = {}) {
    super()
    this.options = {
      ...{ spId: '900001', secret: '888888', version: 0x20, repeatMs: 60_000 },
      ...{ window: 16, stat: 'DELIVRD', alive: true, lenient: false },
      ...options,
    }
    this.server = createServer((socket) => this.accept(socket))
  }

  async listen(port = 0): Promise<{ host: string; port: number }> {
    this.server.listen(port, '127.0.0.1')
    await once(this.server, 'listening')
    return { host: '127.0.0.1', port: (this.server.address() as AddressInfo).port }
  }

  async close(): Promise<void> {
    this.server.close()
    this.hangUp()
    await once(this.server, 'close')
  }

  /** The connection falls as by a broken cable. */
  hangUp(): void {
    this.socket?.destroy()
  }

  /** Bytes of any kind, e.g. no frame at all. */
  write(bytes: Buffer): void {
    this.socket?.write(bytes)
  }

  /** Asks whether anybody is there; whatever either side had written before has been read then. */
  async activeTest(): Promise<void> {
    const sequence = ++this.sequence
    const answered = new Promise<void>((resolve) => this.tests.set(sequence, resolve))
    this.socket?.write(frameOf(8, sequence, Buffer.alloc(0)))
    return answered
  }

  /** A telephone writes; long texts go out in parts, as telephones send them. */
  async say(from: string, to: string, text: string): Promise<(number | 'gaveUp')[]> {
    return Promise.all(this.partsOf(from, to, text).map((part) => this.deliver(part)))
  }

  /** The parts of what a telephone writes, for those who deliver them in their own order. */
  partsOf(from: string, to: string, text: string): DeliverPdu[] {
    const bytes = Buffer.from(text, 'utf16le').swap16()
    if (bytes.length <= 140) return [{ msgId: this.newId(), from, to, msgFmt: 8, content: bytes }]
    const ref = ++this.ids & 255
    const total = Math.ceil(bytes.length / 134)
    return Array.from({ length: total }, (_, index) => ({
      ...{ msgId: this.newId(), from, to, udhi: 1, msgFmt: 8 },
      content: Buffer.concat([
        Buffer.from([5, 0, 3, ref, total, index + 1]),
        bytes.subarray(index * 134, (index + 1) * 134),
      ]),
    }))
  }

  /** @returns the Result it was answered with, or 'gaveUp' after three tries */
  async deliver(pdu: DeliverPdu): Promise<number | 'gaveUp'> {
    if (this.unanswered.size >= this.options.window)
      await new Promise<void>((resolve) => this.queue.push(resolve))
    const sequence = ++this.sequence
    const frame = frameOf(5, sequence, encodeDeliver(pdu, this.version))
    return new Promise((resolve) => {
      const settle = (result: number | 'gaveUp') => {
        clearTimeout(this.unanswered.get(sequence)?.timer)
        this.unanswered.delete(sequence)
        this.queue.shift()?.()
        resolve(result)
      }
      this.unanswered.set(sequence, { frame, tries: 0, timer: undefined, settle })
      this.tryDeliver(sequence)
    })
  }

  private tryDeliver(sequence: number): void {
    const one = this.unanswered.get(sequence)
    if (!one) return
    if (one.tries++ >= 3) return one.settle('gaveUp')
    this.socket?.write(one.frame)
    one.timer = setTimeout(() => this.tryDeliver(sequence), this.options.repeatMs)
  }

  private accept(socket: Socket): void {
    let known = false
    let rest = Buffer.alloc(0)
    socket.on('error', () => undefined)
    socket.on('close', () => {
      if (this.socket !== socket) return
      this.socket = undefined
      this.emit('gone')
    })
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk])
      while (rest.length >= 12 && rest.length >= rest.readUInt32BE(0)) {
        const length = rest.readUInt32BE(0)
        const [command, sequence] = [rest.readUInt32BE(4), rest.readUInt32BE(8)]
        const body = rest.subarray(12, length)
        rest = rest.subarray(length)
        if (command === 1) known = this.connect(socket, sequence, body)
        else if (!known) return void socket.destroy()
        else this.take(socket, command, sequence, body)
      }
    })
  }

  private connect(socket: Socket, sequence: number, body: Buffer): boolean {
    const { spId, secret, version: highest } = this.options
    const version = body[22]!
    const timestamp = String(body.readUInt32BE(23)).padStart(10, '0')
    const source = md5(field(body, 0, 6), Buffer.alloc(9), secret, timestamp)
    const status =
      body.length !== 27
        ? 1
        : field(body, 0, 6) !== spId
          ? 2
          : !source.equals(body.subarray(6, 22))
            ? 3
            : version > highest && !this.options.lenient
              ? 4
              : 0
    this.connects.push(status)
    this.version = version >= 0x30 && highest >= 0x30 ? 0x30 : 0x20
    socket.write(
      frameOf(0x80000001, sequence, encodeConnectResponse(status, source, secret, this.version)),
    )
    if (status) return (socket.end(), false)
    this.socket = socket
    this.emit('connected')
    // what was not acknowledged before comes again
    for (const waiting of this.unanswered.keys()) {
      clearTimeout(this.unanswered.get(waiting)!.timer)
      this.tryDeliver(waiting)
    }
    return true
  }

  private take(socket: Socket, command: number, sequence: number, body: Buffer): void {
    switch (command) {
      case 2:
        return void socket.end(frameOf(RESPONSE + 2, sequence, Buffer.alloc(0)))
      case 4:
        return this.takeSubmit(socket, sequence, body)
      case 8:
        this.emit('activeTest')
        if (this.options.alive) socket.write(frameOf(RESPONSE + 8, sequence, Buffer.alloc(1)))
        return
      case RESPONSE + 8:
        return this.tests.get(sequence)?.()
      case RESPONSE + 5:
        return this.unanswered
          .get(sequence)
          ?.settle(this.version === 0x30 ? body.readUInt32BE(8) : body[8]!)
    }
  }

  private takeSubmit(socket: Socket, sequence: number, body: Buffer): void {
    const submit = decodeSubmit(body, this.version, this.newId())
    const result = submit ? (this.options.result?.(submit, this.submits.length) ?? 0) : 1
    if (result === 'mute') return
    if (result === 'hangUp') return void socket.destroy()
    if (submit && result === 'later')
      return this.options.answerLater?.(() => this.answerSubmit(socket, sequence, submit))
    if (submit && result === 0) return this.answerSubmit(socket, sequence, submit)
    const refusal = Buffer.concat([Buffer.alloc(8), this.resultField(Number(result))])
    socket.write(frameOf(RESPONSE + 4, sequence, refusal))
  }

  private answerSubmit(socket: Socket, sequence: number, submit: SubmitPdu): void {
    this.submits.push(submit)
    this.emit('submit', submit)
    const taken = Buffer.concat([Buffer.from(submit.msgId, 'hex'), this.resultField(0)])
    socket.write(frameOf(RESPONSE + 4, sequence, taken))
    this.onTheAir(submit)
  }

  private resultField(result: number): Buffer {
    const field = Buffer.alloc(this.version === 0x30 ? 4 : 1)
    field[field.length - 1] = result
    return field
  }

  /** The telephone gets it, and the report goes back. */
  private onTheAir(submit: SubmitPdu): void {
    const { destination: to, srcId: from, content, udhi, msgFmt, pkNumber, pkTotal } = submit
    const key = `${to}|${udhi ? content[3] : this.ids}`
    const parts = this.parts.get(key) ?? Array<Buffer | undefined>(pkTotal).fill(undefined)
    parts[pkNumber - 1] = udhi ? content.subarray(content[0]! + 1) : content
    this.parts.set(key, parts)
    if (parts.every((part) => part !== undefined)) {
      this.parts.delete(key)
      const bytes = Buffer.concat(parts)
      const text = msgFmt === 8 ? bytes.swap16().toString('utf16le') : bytes.toString('latin1')
      this.shown.push({ to, from, text })
      this.emit('shown', { to, from, text })
    }
    if (submit.wantsReport && this.options.stat) void this.report(submit)
  }

  /** The report of a message, in the form of the version spoken. */
  report(
    { msgId, destination, srcId }: SubmitPdu,
    stat = this.options.stat,
  ): Promise<number | 'gaveUp'> {
    const content = encodeReport(msgId, stat, destination, this.version)
    return this.deliver({
      msgId: this.newId(),
      from: destination,
      to: srcId,
      content,
      registered: true,
    })
  }

  private newId(): string {
    return `b2b9da80${(++this.ids).toString(16).padStart(8, '0')}`
  }
}

export function frameOf(command: number, sequence: number, body: Buffer): Buffer {
  const header = Buffer.alloc(12)
  header.writeUInt32BE(12 + body.length)
  header.writeUInt32BE(command, 4)
  header.writeUInt32BE(sequence, 8)
  return Buffer.concat([header, body])
}

export function encodeConnectResponse(
  status: number,
  source: Buffer,
  secret: string,
  version: number,
): Buffer {
  const head = Buffer.alloc(version >= 0x30 ? 4 : 1)
  head[head.length - 1] = status
  return Buffer.concat([head, md5(head, source, secret), Buffer.from([version])])
}

export function encodeDeliver(pdu: DeliverPdu, version: number): Buffer {
  const v3 = version >= 0x30
  return Buffer.concat([
    Buffer.from(pdu.msgId, 'hex'),
    fixed(pdu.to, 21),
    fixed('', 10),
    Buffer.from([0, pdu.udhi ?? 0, pdu.msgFmt ?? 0]),
    fixed(pdu.from, v3 ? 32 : 21),
    Buffer.from([...(v3 ? [0] : []), pdu.registered ? 1 : 0, pdu.content.length]),
    pdu.content,
    Buffer.alloc(v3 ? 20 : 8),
  ])
}

export function encodeReport(
  msgId: string,
  stat: string,
  destination: string,
  version: number,
  sequence = 0,
): Buffer {
  const tail = Buffer.alloc(4)
  tail.writeUInt32BE(sequence)
  return Buffer.concat([
    Buffer.from(msgId, 'hex'),
    ...[fixed(stat, 7), fixed('1511120955', 10), fixed('1511120957', 10)],
    ...[fixed(destination, version >= 0x30 ? 32 : 21), tail],
  ])
}

/** @returns undefined when a length does not fit, as a gateway finds with Result 1 */
export function decodeSubmit(body: Buffer, version: number, msgId: string): SubmitPdu | undefined {
  const v3 = version >= 0x30
  const phone = v3 ? 32 : 21
  let at = 8
  const take = (length: number) => body.subarray(at, (at += length))
  const [pkTotal, pkNumber, registered] = take(4)
  const serviceId = textIn(take(10))
  take(1 + phone + (v3 ? 1 : 0))
  const [, udhi, msgFmt] = take(3)
  const msgSrc = textIn(take(6))
  take(2 + 6 + 17 + 17)
  const srcId = textIn(take(21))
  const [count] = take(1)
  const destination = textIn(take(phone * (count ?? 0)))
  if (v3) take(1)
  const [length] = take(1)
  const content = take(length ?? 0)
  if (body.length !== at + (v3 ? 20 : 8) || content.length > (msgFmt === 0 ? 160 : 140))
    return undefined
  return {
    ...{ pkTotal: pkTotal!, pkNumber: pkNumber!, wantsReport: registered === 1, serviceId },
    ...{ udhi: udhi === 1, msgFmt: msgFmt!, msgSrc, srcId, destination, content, msgId },
  }
}

function md5(...pieces: (Buffer | string)[]): Buffer {
  const hash = createHash('md5')
  for (const piece of pieces) hash.update(piece)
  return hash.digest()
}

function fixed(text: string, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  bytes.write(text, 'latin1')
  return bytes
}

function textIn(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/\0.*$/s, '')
}

function field(body: Buffer, at: number, length: number): string {
  return textIn(body.subarray(at, at + length))
}

/** `npm run simulate -- cmpp [port]`: lines of the terminal are messages of a tourist. */
export async function simulate(args: string[]): Promise<void> {
  const simulator = new CmppSimulator({ version: 0x30 })
  const { host, port } = await simulator.listen(Number(args[0] ?? 7890))
  const { spId, secret } = simulator.options
  print(`CMPP 网关模拟器 / CMPP gateway simulator: ${host}:${port}`)
  print('控制台 › 设置 › 渠道 › 短信(CMPP 直连)填写 / enter in Settings › Channels › SMS (CMPP):')
  print(`  网关地址 host ${host}  端口 port ${port}  版本 version 2.0 / 3.0`)
  print(`  企业代码 SP id ${spId}  共享密钥 secret ${secret}  接入号 access number 10690000`)
  print('连接后,每行输入即游客 13800138000 发来的短信 / each line is a message of a tourist')
  simulator.on('connected', () => print('· 已连接 connected'))
  simulator.on('gone', () => print('· 已断开 disconnected'))
  simulator.on('shown', ({ from, text }) => print(`${from} → 13800138000: ${text}`))
  for await (const line of createInterface(process.stdin))
    if (line.trim()) void simulator.say('13800138000', '10690000', line)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
