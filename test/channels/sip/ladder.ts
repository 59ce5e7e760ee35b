/** Raw sockets that speak SIP line by line: what the tests send is exactly what is written in them. */
import { createSocket, type Socket } from 'node:dgram'
import { DigestClient, digestSecret } from '../../../channels/sip/digest/digest.ts'
import { parseMessage, serialize } from '../../../channels/sip/message/message.ts'
import type { SipRequest, SipResponse } from '../../../channels/sip/message/message.ts'
import { createSipEngine, type SipOptions } from '../../../channels/sip/stack.ts'
import type {
  CallEnd,
  IncomingCall,
  OutgoingRequest,
  SipCall,
  SipEngine,
  SipPolicy,
} from '../../../channels/sip/sip-engine.ts'

export const SDP = [
  'v=0',
  'o=u 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 40000 RTP/AVP 8 101',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:101 telephone-event/8000',
  '',
].join('\r\n')

/** T1 of 50 ms: 64·T1 is 3.2 s, so that a busy machine that stands still for two is no lost peer. */
export const QUICK = { t1: 50, t2: 400, t4: 500 }

/** For tests that wait until 64·T1 is over: 0.6 s. */
export const HASTY = { t1: 10, t2: 80, t4: 100 }

export const REALM = 'yilu.test'

/** 127.0.0.1 is a trunk unless told otherwise; extension 801 has the password 'secret'. */
export function policy(changes: Partial<SipPolicy> = {}): SipPolicy {
  return {
    realm: REALM,
    peerByAddress: () => ({ kind: 'trunk', id: 'trunk' }),
    credentials: (userName) =>
      userName === '801' || userName === '802'
        ? {
            peer: { kind: 'extension', id: userName },
            ...digestSecret(userName, REALM, 'secret'),
          }
        : undefined,
    admit: () => ({ ok: true }),
    ...changes,
  }
}

const engines: SipEngine[] = []
const uas: RawUa[] = []

export async function engine(options: Partial<SipOptions> = {}): Promise<SipEngine> {
  const made = await createSipEngine({
    policy: policy(),
    listen: [{ transport: 'udp', host: '127.0.0.1', port: 0 }],
    timers: QUICK,
    ...options,
  })
  engines.push(made)
  return made
}

/** For `afterEach`: every engine and socket of the test. What the engines still ask is answered first. */
export async function closeAll(): Promise<void> {
  for (const ua of uas) {
    ua.onHeard = (heard) => ua.answerAnyhow(heard)
    for (const heard of ua.heard) ua.answerAnyhow(heard)
  }
  await Promise.all(engines.splice(0).map((e) => e.stop()))
  for (const ua of uas.splice(0)) ua.close()
}

/** Answers every call at once with SDP. */
export function answering(made: SipEngine): IncomingCall[] {
  const calls: IncomingCall[] = []
  made.onCall = (call) => {
    calls.push(call)
    call.onOffer = async () => SDP
    call.answer(SDP).catch(() => undefined)
  }
  return calls
}

/** A message as text, with what the tests ask of it. */
export class Heard {
  readonly text: string
  readonly fromPort: number
  constructor(text: string, fromPort: number) {
    this.text = text
    this.fromPort = fromPort
  }
  /** '200' of a response, 'INVITE' of a request */
  get what(): string {
    return /^SIP\/2\.0 (\d{3})/.exec(this.text)?.[1] ?? this.text.split(' ', 1)[0]!
  }
  get line(): string {
    return this.text.split('\r\n', 1)[0]!
  }
  all(name: string): string[] {
    const head = this.text.split('\r\n\r\n', 1)[0]!
    return head
      .split('\r\n')
      .filter((l) => l.toLowerCase().startsWith(`${name.toLowerCase()}:`))
      .map((l) => l.slice(name.length + 1).trim())
  }
  header(name: string): string {
    return this.all(name)[0] ?? ''
  }
  get method(): string {
    return this.header('CSeq').split(' ')[1] ?? ''
  }
  get seq(): number {
    return Number(this.header('CSeq').split(' ')[0])
  }
  tag(name: 'From' | 'To'): string {
    return /;tag=([^;\s>]+)/.exec(this.header(name))?.[1] ?? ''
  }
  get body(): string {
    return this.text.slice(this.text.indexOf('\r\n\r\n') + 4)
  }
}

export interface Parts {
  branch?: string
  body?: string
  type?: string
  to?: string
  extra?: string[]
  uri?: string
  compact?: boolean
  user?: string
  contact?: string
}

let count = 0

export class RawUa {
  readonly heard: Heard[] = []
  readonly callId: string
  readonly tag: string
  readonly #socket: Socket
  readonly #peer: number
  #read = 0
  readonly #answered = new Set<string>()
  #wake: (() => void) | undefined

  private constructor(socket: Socket, peer: number) {
    this.#socket = socket
    this.#peer = peer
    this.callId = `raw-${process.pid}-${++count}`
    this.tag = `t${count}`
    socket.on('message', (bytes, from) => {
      this.heard.push(new Heard(bytes.toString(), from.port))
      this.onHeard?.(this.heard.at(-1)!)
      this.#wake?.()
    })
  }
  onHeard?: (message: Heard) => void

  static async open(peer: SipEngine | number = 0): Promise<RawUa> {
    const socket = createSocket('udp4')
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    const port =
      typeof peer === 'number' ? peer : peer.listening.find((l) => l.transport === 'udp')!.port
    const ua = new RawUa(socket, port)
    uas.push(ua)
    return ua
  }

  get port(): number {
    return this.#socket.address().port
  }

  close(): void {
    try {
      this.#socket.close()
    } catch {
      // closed in the test already
    }
  }

  send(text: string | Buffer, port = this.#peer): void {
    this.#socket.send(text, port, '127.0.0.1')
  }

  request(method: string, seq: number, parts: Parts = {}): string {
    const { body = '', user = '12301', compact = false } = parts
    const name = (long: string, short: string): string => (compact ? short : long)
    const uri = parts.uri ?? `sip:${user}@127.0.0.1:${this.#peer}`
    const branch = parts.branch ?? `z9hG4bK${this.callId}${method}${seq}`
    return [
      `${method} ${uri} SIP/2.0`,
      `${name('Via', 'v')}: SIP/2.0/UDP 127.0.0.1:${this.port};branch=${branch};rport`,
      `${name('From', 'f')}: <sip:a@127.0.0.1>;tag=${this.tag}`,
      `${name('To', 't')}: <sip:${user}@127.0.0.1>${parts.to ? `;tag=${parts.to}` : ''}`,
      `${name('Call-ID', 'i')}: ${this.callId}`,
      `CSeq: ${seq} ${method}`,
      `${name('Contact', 'm')}: ${parts.contact ?? `<sip:a@127.0.0.1:${this.port}>`}`,
      'Max-Forwards: 70',
      ...(parts.extra ?? []),
      ...(body ? [`${name('Content-Type', 'c')}: ${parts.type ?? 'application/sdp'}`] : []),
      `${name('Content-Length', 'l')}: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n')
  }

  /** Answers a request heard. */
  response(
    to: Heard,
    status: number,
    options: { body?: string; extra?: string[]; tag?: string; contact?: string } = {},
  ): string {
    const { body = '' } = options
    const tag = to.tag('To') || status === 100 ? '' : `;tag=${options.tag ?? this.tag}`
    return [
      `SIP/2.0 ${status} Whatever`,
      ...to.all('Via').map((v) => `Via: ${v}`),
      ...to.all('Record-Route').map((v) => `Record-Route: ${v}`),
      `From: ${to.header('From')}`,
      `To: ${to.header('To')}${tag}`,
      `Call-ID: ${to.header('Call-ID')}`,
      `CSeq: ${to.header('CSeq')}`,
      `Contact: ${options.contact ?? `<sip:b@127.0.0.1:${this.port}>`}`,
      ...(options.extra ?? []),
      ...(body ? ['Content-Type: application/sdp'] : []),
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n')
  }

  /** For the end of a test: any request that has no final answer yet gets one. */
  answerAnyhow(heard: Heard): void {
    if (/^\d/.test(heard.what) || heard.what === 'ACK' || this.#answered.has(nameOf(heard))) return
    this.answer(heard, heard.what === 'INVITE' ? 487 : 200)
  }

  answer(to: Heard, status: number, options: Parameters<RawUa['response']>[2] = {}): void {
    if (status >= 200) this.#answered.add(nameOf(to))
    this.send(this.response(to, status, options), to.fromPort)
  }

  /**
   * The next message of that kind ('200', 'INVITE', '200 BYE') after those already taken. Others in between
   * are passed over. Rejects when it does not come within `ms`.
   */
  async next(what: string, ms = 5000): Promise<Heard> {
    const [kind, method] = what.split(' ')
    const until = Date.now() + ms
    for (;;) {
      while (this.#read < this.heard.length) {
        const message = this.heard[this.#read++]!
        if (message.what === kind && (!method || message.method === method)) return message
      }
      const left = until - Date.now()
      if (left <= 0) throw new Error(`no ${what} within ${ms} ms; heard ${this.codes().join(' ')}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  codes(): string[] {
    return this.heard.map((m) => m.what)
  }

  count(what: string): number {
    const [kind, method] = what.split(' ')
    return this.heard.filter((m) => m.what === kind && (!method || m.method === method)).length
  }

  /** OPTIONS and its answer: everything sent before has been handled by then. */
  async flush(): Promise<void> {
    const branch = `z9hG4bKflush${++count}`
    this.send(this.request('OPTIONS', 900_000 + count, { branch }))
    await this.next('200 OPTIONS')
  }
}

const nameOf = (request: Heard): string => `${request.header('Call-ID')} ${request.header('CSeq')}`

/** A call set up from the raw side: INVITE, 200, ACK. */
export async function established(
  ua: RawUa,
  parts: Parts = {},
): Promise<{ ok: Heard; to: string }> {
  ua.send(ua.request('INVITE', 1, { body: SDP, ...parts }))
  const ok = await ua.next('200 INVITE')
  const to = ok.tag('To')
  ua.send(ua.request('ACK', 1, { to, branch: `z9hG4bKack${ua.callId}` }))
  return { ok, to }
}

/** Resolves with the value handed to the function it gives. */
export function told<T>(): { promise: Promise<T>; tell: (value: T) => void } {
  let tell!: (value: T) => void
  const promise = new Promise<T>((resolve) => (tell = resolve))
  return { promise, tell }
}

/** Dials the raw side. */
export function dial(
  yilu: SipEngine,
  ua: RawUa,
  changes: Partial<OutgoingRequest> = {},
): { call: SipCall; end: Promise<CallEnd> } {
  const call = yilu.call({
    uri: `sip:139@127.0.0.1:${ua.port}`,
    from: { number: '12301' },
    to: { number: '139' },
    sdp: SDP,
    ...changes,
  })
  const end = told<CallEnd>()
  call.onEnded = end.tell
  return { call, end: end.promise }
}

/** A call of ours that the raw side answered. */
export async function answeredBy(
  ua: RawUa,
  yilu: SipEngine,
  extra: string[] = [],
): Promise<{ call: SipCall; invite: Heard }> {
  const { call } = dial(yilu, ua)
  const answered = told<void>()
  call.onAnswered = () => answered.tell()
  const invite = await ua.next('INVITE')
  ua.answer(invite, 200, { body: SDP, extra })
  await ua.next('ACK')
  await answered.promise
  return { call, invite }
}

/** A request of the raw side within a call that we made. */
export function theirRequest(
  ua: RawUa,
  invite: Heard,
  method: string,
  seq: number,
  body = '',
  extra: string[] = [],
): string {
  return [
    `${method} ${/<([^>]+)>/.exec(invite.header('Contact'))![1]} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${ua.port};branch=z9hG4bK${method}${seq}${ua.callId};rport`,
    `From: ${invite.header('To')};tag=${ua.tag}`,
    `To: ${invite.header('From')}`,
    `Call-ID: ${invite.header('Call-ID')}`,
    `CSeq: ${seq} ${method}`,
    `Contact: <sip:b@127.0.0.1:${ua.port}>`,
    'Max-Forwards: 70',
    ...extra,
    ...(body ? ['Content-Type: application/sdp'] : []),
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}

/** The same request once more, signed in answer to a challenge. */
export function signed(text: string, challenge: Heard, userName: string, password: string): Buffer {
  const request = parseMessage(Buffer.from(text)) as SipRequest
  const client = new DigestClient({ userName, password })
  client.learn(parseMessage(Buffer.from(challenge.text)) as SipResponse, request)
  client.sign(request)
  return serialize(request)
}
