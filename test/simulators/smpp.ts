/**
 * A short-message centre with its telephones: SMPP 3.4 as carriers speak it. Takes submit_sm and shows it on
 * telephones, sends receipts in the dialect it is told, throttles, keeps what it could not deliver and brings
 * it again; and it misbehaves as centres do. Kannel and Net::SMPP, programs of others, are connected to it in
 * the tests, which holds it to the protocol.
 */
import { EventEmitter, once } from 'node:events'
import type { AddressInfo, Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { createServer as createTlsServer } from 'node:tls'
import { readSeptets } from '../../gateway/domain/gsm-alphabet.ts'
import { smsSegments } from '../../gateway/domain/sms-segments.ts'
import { CODING, writeSeptets, writeUcs2 } from '../../channels/sms/smpp/data-coding.ts'
import type { Command } from '../../channels/sms/smpp/fields.ts'
import { TLV } from '../../channels/sms/smpp/fields.ts'
import { PduFramer } from '../../channels/sms/smpp/framing.ts'
import type { AnyPdu, Pdu, Tlvs } from '../../channels/sms/smpp/pdu.ts'
import { decodePdu, encodePdu, readHeader } from '../../channels/sms/smpp/pdu.ts'
import { STATUS } from '../../channels/sms/smpp/status.ts'
import { concatenationHeader, readUserData } from '../../channels/sms/udh.ts'

export interface SmscOptions {
  systemId?: string
  password?: string
  /** how ids are written in answers, and in receipts */
  answerIds?: (count: number) => string
  receiptIds?: (count: number) => string
  /** receipts carry the id as a parameter, too */
  receiptTlv?: boolean
  /** the state of receipts; '' for none */
  stat?: string
  /** the receipt goes out before the answer to the submit_sm, as it does in busy centres */
  receiptFirst?: boolean
  /** what a submit_sm is answered with; 'mute': not at all; 'hangUp': the connection falls */
  status?: (pdu: Pdu<'submit_sm'>, count: number) => number | 'mute' | 'hangUp'
  /** the status a bind is answered with, where the password is right */
  bindStatus?: () => number
  /** answers enquire_link */
  alive?: boolean
  /** deliver_sm without an answer at a time */
  window?: number
  /** refused for now (0x64) or not answered: brought again after so long */
  againMs?: number
  /** speaks TLS with these */
  tls?: { key: string; cert: string }
}

export interface Shown {
  to: string
  from: string
  text: string
}

export interface MobileOriginated {
  from: string
  to: string
  coding?: number
  content: Buffer
  udhi?: boolean
  tlvs?: Tlvs
  esmClass?: number
}

interface Waiting {
  message: MobileOriginated
  settle: (status: number) => void
}

interface Esme {
  socket: Socket
  systemId: string
  bound: Command | undefined
}

export class SmppSimulator extends EventEmitter<{
  bound: [Command]
  gone: []
  submit: [Pdu<'submit_sm'>]
  shown: [Shown]
  enquired: []
  unbound: []
  pdu: [Buffer]
}> {
  readonly options: SmscOptions & Required<Omit<SmscOptions, 'status' | 'bindStatus' | 'tls'>>
  readonly submits: Pdu<'submit_sm'>[] = []
  readonly shown: Shown[] = []
  /** statuses binds were answered with */
  readonly binds: number[] = []
  /** deliver_sm_resp statuses, in order */
  readonly answers: number[] = []
  /** the other end of a long-number: what is sent there goes to that ESME */
  readonly routes = new Map<string, string>()
  private readonly server: Server
  private readonly esmes = new Set<Esme>()
  private readonly sockets = new Set<Socket>()
  private readonly pending = new Map<number, { esme: Esme; waiting: Waiting }>()
  private readonly queue: { systemId: string; waiting: Waiting }[] = []
  private readonly parts = new Map<string, (Buffer | undefined)[]>()
  private sequence = 0
  private count = 0
  private ref = 0
  private closing = false

  constructor(options: SmscOptions = {}) {
    super()
    this.options = {
      ...{ systemId: 'yilu', password: 'secret', receiptTlv: true, stat: 'DELIVRD' },
      ...{ answerIds: String, receiptIds: options.answerIds ?? String, receiptFirst: false },
      ...{ alive: true, window: 10, againMs: 60_000 },
      ...options,
    }
    const accept = (socket: Socket) => this.accept(socket)
    this.server = options.tls ? createTlsServer(options.tls, accept) : createServer(accept)
  }

  async listen(port = 0): Promise<{ host: string; port: number }> {
    this.server.listen(port, '127.0.0.1')
    await once(this.server, 'listening')
    return { host: '127.0.0.1', port: (this.server.address() as AddressInfo).port }
  }

  async close(): Promise<void> {
    this.closing = true
    this.server.close()
    this.hangUp()
    await once(this.server, 'close')
  }

  /** The connections fall as by a broken cable. */
  hangUp(): void {
    for (const socket of this.sockets) socket.destroy()
  }

  /** Only the connection it delivers on. */
  hangUpReceiver(): void {
    for (const esme of this.esmes) if (esme.bound === 'bind_receiver') esme.socket.destroy()
  }

  /** Octets of any kind to whoever is bound, e.g. no PDU at all. */
  write(octets: Buffer): void {
    for (const { socket } of this.esmes) socket.write(octets)
  }

  /** A PDU to whoever is bound. */
  send(pdu: Pick<AnyPdu, 'command' | 'body'> & Partial<AnyPdu>): void {
    this.write(encodePdu({ status: 0, sequence: ++this.sequence, tlvs: new Map(), ...pdu } as Pdu))
  }

  /** A telephone writes; long texts in parts, as telephones send them. Resolves with the last statuses. */
  say(from: string, to: string, text: string): Promise<number[]> {
    return Promise.all(this.partsOf(from, to, text).map((part) => this.deliver(part)))
  }

  /** The parts of what a telephone writes, for those who deliver them in an order of their own. */
  partsOf(
    from: string,
    to: string,
    text: string,
    ref = (this.ref = (this.ref + 1) & 255),
  ): MobileOriginated[] {
    const { encoding, segments } = smsSegments(text)
    const coding = encoding === 'gsm7' ? CODING.centreDefault : CODING.ucs2
    const total = segments.length
    return segments.map((segment, index) => {
      const body = encoding === 'gsm7' ? writeSeptets(segment) : writeUcs2(segment)
      if (total === 1) return { from, to, coding, content: body }
      const header = concatenationHeader({ ref, wide: false, total, seq: index + 1 })
      return { from, to, coding, udhi: true, content: Buffer.concat([header, body]) }
    })
  }

  /** Kept until it is taken, over lost connections too. @returns the status that ended it: 0, or a refusal */
  deliver(message: MobileOriginated, systemId = this.options.systemId): Promise<number> {
    return new Promise((settle) => {
      this.queue.push({ systemId, waiting: { message, settle } })
      this.deliverNext()
    })
  }

  /** Brings what is not acknowledged once more, over the session there is, as after a time limit. */
  bringAgain(): void {
    for (const [sequence, { esme, waiting }] of this.pending) {
      this.pending.delete(sequence)
      this.queue.unshift({ systemId: esme.systemId, waiting })
    }
    this.deliverNext()
  }

  private deliverNext(): void {
    for (let at = 0; at < this.queue.length && this.pending.size < this.options.window;) {
      const { systemId, waiting } = this.queue[at]!
      const esme = [...this.esmes].find((each) => each.systemId === systemId && receives(each))
      if (!esme) {
        at++
        continue
      }
      this.queue.splice(at, 1)
      const sequence = ++this.sequence
      this.pending.set(sequence, { esme, waiting })
      esme.socket.write(deliverOf(waiting.message, sequence))
    }
  }

  private accept(socket: Socket): void {
    const esme: Esme = { socket, systemId: '', bound: undefined }
    const framer = new PduFramer()
    this.sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.sockets.delete(socket)
      this.esmes.delete(esme)
      for (const [sequence, lost] of this.pending) {
        if (lost.esme !== esme) continue
        this.pending.delete(sequence)
        this.queue.unshift({ systemId: esme.systemId, waiting: lost.waiting })
      }
      this.emit('gone')
      if (!this.closing) this.deliverNext()
    })
    socket.on('data', (chunk: Buffer) => {
      for (const octets of framer.push(chunk)) {
        this.emit('pdu', octets)
        const pdu = decodePdu(octets)
        if (pdu) this.take(esme, pdu)
        else
          this.reply(esme, 'generic_nack', readHeader(octets).sequence, STATUS.invalidCommandId, {})
      }
    })
  }

  private take(esme: Esme, pdu: AnyPdu): void {
    const { command, sequence } = pdu
    switch (command) {
      case 'bind_receiver':
      case 'bind_transmitter':
      case 'bind_transceiver':
        return this.bind(esme, pdu as Pdu<'bind_transceiver'>)
      case 'enquire_link':
        this.emit('enquired')
        if (this.options.alive) this.reply(esme, 'enquire_link_resp', sequence, 0, {})
        return
      case 'unbind':
        this.reply(esme, 'unbind_resp', sequence, 0, {})
        this.emit('unbound')
        return void esme.socket.end()
      case 'submit_sm':
        return this.takeSubmit(esme, pdu as Pdu<'submit_sm'>)
      case 'deliver_sm_resp':
        return this.takeAnswer(pdu as Pdu<'deliver_sm_resp'>)
    }
  }

  private bind(esme: Esme, { command, sequence, body }: Pdu<'bind_transceiver'>): void {
    const { password, bindStatus } = this.options
    const known =
      body.systemId === this.options.systemId || [...this.routes.values()].includes(body.systemId)
    const status = !known
      ? STATUS.invalidSystemId
      : body.password !== password
        ? STATUS.invalidPassword
        : (bindStatus?.() ?? 0)
    this.binds.push(status)
    if (status) {
      // a refusal has no body
      const header = Buffer.alloc(16)
      header.writeUInt32BE(16, 0)
      header.writeUInt32BE(
        { bind_receiver: 0x80000001, bind_transmitter: 0x80000002 }[command as string] ??
          0x80000009,
        4,
      )
      header.writeUInt32BE(status, 8)
      header.writeUInt32BE(sequence, 12)
      return void esme.socket.end(header)
    }
    esme.systemId = body.systemId
    esme.bound = command
    this.esmes.add(esme)
    this.reply(esme, `${command}_resp`, sequence, 0, { systemId: 'SIMULATOR' })
    this.emit('bound', command)
    this.deliverNext()
  }

  private takeSubmit(esme: Esme, pdu: Pdu<'submit_sm'>): void {
    const { status, receiptFirst, answerIds } = this.options
    const result =
      esme.bound === 'bind_receiver'
        ? STATUS.wrongBindState
        : (faultOf(pdu) ?? status?.(pdu, this.submits.length) ?? 0)
    if (result === 'mute') return
    if (result === 'hangUp') return void esme.socket.destroy()
    if (result) return this.reply(esme, 'submit_sm_resp', pdu.sequence, result, { messageId: '' })
    const count = ++this.count
    this.submits.push(pdu)
    const answer = () =>
      this.reply(esme, 'submit_sm_resp', pdu.sequence, 0, { messageId: answerIds(count) })
    if (!receiptFirst) answer()
    this.onTheAir(pdu)
    if (pdu.body.registeredDelivery & 1 && this.options.stat)
      void this.receipt(pdu, count, esme.systemId)
    if (receiptFirst) answer()
    this.emit('submit', pdu)
  }

  private onTheAir({ body, tlvs }: Pdu<'submit_sm'>): void {
    const { source, destination, dataCoding } = body
    const content = tlvs.get(TLV.messagePayload) ?? body.content
    const systemId = this.routes.get(destination)
    if (systemId) {
      const udhi = !!(body.esmClass & 0x40)
      const message = { from: source, to: destination, coding: dataCoding, content, udhi, tlvs }
      void this.deliver(message, systemId)
      return
    }
    const user = body.esmClass & 0x40 ? readUserData(content) : { body: content }
    const [ref, total, seq] = user.concatenation
      ? [user.concatenation.ref, user.concatenation.total, user.concatenation.seq]
      : tlvs.has(TLV.sarTotal)
        ? [
            tlvs.get(TLV.sarRef)!.readUInt16BE(0),
            tlvs.get(TLV.sarTotal)![0]!,
            tlvs.get(TLV.sarSeq)![0]!,
          ]
        : [++this.sequence, 1, 1]
    const key = `${destination}|${source}|${ref}`
    const parts = this.parts.get(key) ?? Array<Buffer | undefined>(total).fill(undefined)
    parts[seq - 1] = user.body
    this.parts.set(key, parts)
    if (!parts.every((part) => part !== undefined)) return
    this.parts.delete(key)
    const bytes = Buffer.concat(parts)
    const text =
      dataCoding === CODING.ucs2 ? bytes.swap16().toString('utf16le') : readSeptets(bytes)
    const shown = { to: destination, from: source, text }
    this.shown.push(shown)
    this.emit('shown', shown)
  }

  /** Appendix B. */
  private receipt({ body }: Pdu<'submit_sm'>, count: number, systemId: string): Promise<number> {
    const { receiptIds, receiptTlv, stat, answerIds } = this.options
    const done = stat === 'DELIVRD' ? '001' : '000'
    const text = `id:${receiptIds(count)} sub:001 dlvrd:${done} submit date:2611220400 done date:2611220401 stat:${stat} err:000 text:`
    const state = { DELIVRD: 2, EXPIRED: 3, DELETED: 4, UNDELIV: 5, REJECTD: 8 }[stat] ?? 7
    const tlvs: Tlvs = new Map()
    if (receiptTlv) {
      tlvs.set(TLV.receiptedMessageId, Buffer.from(`${answerIds(count)}\0`))
      tlvs.set(TLV.messageState, Buffer.of(state))
    }
    const message = { from: body.destination, to: body.source, content: Buffer.from(text), tlvs }
    return this.deliver({ ...message, coding: 0, esmClass: 0x04 }, systemId)
  }

  private takeAnswer({ sequence, status }: Pdu<'deliver_sm_resp'>): void {
    const found = this.pending.get(sequence)
    this.answers.push(status)
    if (!found) return
    this.pending.delete(sequence)
    const { waiting, esme } = found
    if (status === STATUS.temporaryError || status === STATUS.queueFull)
      setTimeout(() => {
        this.queue.push({ systemId: esme.systemId, waiting })
        this.deliverNext()
      }, this.options.againMs)
    else waiting.settle(status)
    this.deliverNext()
  }

  private reply<C extends Command>(
    { socket }: Esme,
    command: C,
    sequence: number,
    status: number,
    body: Pdu<C>['body'],
  ): void {
    socket.write(encodePdu({ command, sequence, status, body, tlvs: new Map() } as Pdu))
  }
}

const receives = ({ bound }: Esme) => bound === 'bind_receiver' || bound === 'bind_transceiver'

/** A deliver_sm as centres write it: numbers with their country and no +. */
export function deliverOf(message: MobileOriginated, sequence: number): Buffer {
  const { from, to, coding = 0, content, udhi, tlvs = new Map(), esmClass = 0 } = message
  const ton = (number: string) => (number.startsWith('+') ? 1 : 0)
  const long = content.length > 254
  return encodePdu({
    ...{ command: 'deliver_sm', status: 0, sequence },
    body: {
      ...{ serviceType: '', sourceTon: ton(from), sourceNpi: 1, source: from.replace('+', '') },
      ...{ destinationTon: ton(to), destinationNpi: 1, destination: to.replace('+', '') },
      ...{ esmClass: esmClass | (udhi ? 0x40 : 0), protocolId: 0, priority: 0, scheduleTime: '' },
      ...{ validityPeriod: '', registeredDelivery: 0, replaceIfPresent: 0, dataCoding: coding },
      ...{ defaultMessageId: 0, content: long ? Buffer.alloc(0) : content },
    },
    tlvs: long ? new Map([...tlvs, [TLV.messagePayload, content]]) : tlvs,
  })
}

/** What a centre refuses whoever sends it. */
function faultOf({ body, tlvs }: Pdu<'submit_sm'>): number | undefined {
  if (!/^\+?\d{1,20}$/.test(body.destination)) return STATUS.invalidDestination
  if (body.source.length > 20) return 0x0a
  if (tlvs.has(TLV.messagePayload)) return body.content.length ? 0x01 : undefined
  // 140 octets on the air: septets share octets, but a header before them takes whole ones
  const most = body.dataCoding !== 0 ? 140 : body.esmClass & 0x40 ? 159 + 1 : 160
  return body.content.length > most ? 0x01 : undefined
}

/** `npm run simulate -- smpp [port]`: lines of the terminal are texts of a tourist. */
export async function simulate(args: string[]): Promise<void> {
  const simulator = new SmppSimulator()
  const { host, port } = await simulator.listen(Number(args[0] ?? 2775))
  const { systemId, password } = simulator.options
  print(`短信中心模拟器 / message centre simulator: ${host}:${port}`)
  print(
    '控制台 › 设置 › 渠道 › 短信(SMPP 直连)填写 / enter in Settings › Channels › SMS (SMPP 3.4):',
  )
  print(
    `  地址 host ${host}  端口 port ${port}  用户名 system_id ${systemId}  密码 password ${password}`,
  )
  print('  本方号码 our number 12301')
  print('连接后,每行输入即游客 13800138000 发来的短信 / each line is a text of a tourist')
  simulator.on('bound', (command) => print(`· 已连接 connected (${command})`))
  simulator.on('gone', () => print('· 已断开 disconnected'))
  simulator.on('shown', ({ from, to, text }) => print(`${from} → ${to}: ${text}`))
  for await (const line of createInterface(process.stdin))
    if (line.trim()) void simulator.say('8613800138000', '12301', line)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
