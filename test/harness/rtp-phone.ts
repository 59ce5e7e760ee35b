/** A telephone for tests: RTP over real UDP, tones out, ears by frequency, keys both ways. */
import type { Socket } from 'node:dgram'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { g711 } from '../../media/codecs/g711.ts'
import type { Codec, HoldDirection } from '../../media/media.ts'
import type { Compound } from '../../media/engine/rtcp-packet.ts'
import { parseRtcp } from '../../media/engine/rtcp-packet.ts'
import { parseRtp, writeRtp } from '../../media/engine/rtp-packet.ts'
import { tonesIn } from './tones.ts'
import { PATIENCE_MS } from './patience.ts'

const KEYS = '0123456789*#ABCD'
const EVENT = 101
/** ears: two seconds */
const MEMORY = 16_000

/** shares of 1 */
export interface Impairment {
  lose?: number
  double?: number
  /** held back by 30 ms, so that the next comes first */
  reorder?: number
}

export interface PhoneOptions {
  codec?: Codec
  /** keys as RFC 4733; else not offered */
  events?: boolean
  impairment?: Impairment
}

export class RtpPhone {
  readonly codec: Codec
  readonly events: boolean
  /** keys that arrived as RFC 4733 */
  digits = ''
  packets = 0
  /** everything heard, the last two seconds */
  heard = new Int16Array(MEMORY)
  readonly reports: Compound[] = []
  private readonly rtp: Socket
  private readonly rtcp: Socket
  private readonly impairment: Impairment
  private remote: { address: string; port: number } | undefined
  private sequence = 65_500
  private timestamp = 4_294_960_000
  private ssrc = 0x1234
  private timer: NodeJS.Timeout | undefined
  private frame = 0
  private tone: { hz: number; amplitude: number } | undefined
  private speech: Int16Array = new Int16Array(0)
  private samples = 0
  private pending: { event: number; step: number }[] = []
  private lastEvent: number | undefined
  private watchers = new Set<() => void>()

  private constructor(rtp: Socket, rtcp: Socket, options: PhoneOptions) {
    this.rtp = rtp
    this.rtcp = rtcp
    this.codec = options.codec ?? 'PCMA'
    this.events = options.events ?? true
    this.impairment = options.impairment ?? {}
    rtp.on('message', (datagram) => this.receive(datagram))
    rtcp.on('message', (datagram) => {
      const compound = parseRtcp(datagram)
      if (compound) this.reports.push(compound)
      this.wake()
    })
  }

  static async open(options: PhoneOptions = {}): Promise<RtpPhone> {
    const rtp = createSocket('udp4')
    const rtcp = createSocket('udp4')
    rtp.bind(0, '127.0.0.1')
    rtcp.bind(0, '127.0.0.1')
    await Promise.all([once(rtp, 'listening'), once(rtcp, 'listening')])
    return new RtpPhone(rtp, rtcp, options)
  }

  get port(): number {
    return this.rtp.address().port
  }

  /** `port`: another than ours, as a phone behind NAT says it */
  sdp(direction: HoldDirection = 'sendrecv', port = this.port): string {
    const type = g711[this.codec].payloadType
    return [
      'v=0',
      'o=phone 1 1 IN IP4 127.0.0.1',
      's=-',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      `m=audio ${port} RTP/AVP ${type}${this.events ? ` ${EVENT}` : ''}`,
      `a=rtpmap:${type} ${this.codec}/8000`,
      ...(this.events ? [`a=rtpmap:${EVENT} telephone-event/8000`] : []),
      `a=rtcp:${this.rtcp.address().port}`,
      `a=${direction}`,
      '',
    ].join('\r\n')
  }

  /** Where to send, from the other end's description; packets go out from now on. */
  talkTo(sdp: string): this {
    const port = Number(/m=audio (\d+)/.exec(sdp)![1])
    this.remote = { address: '127.0.0.1', port }
    if (this.timer) return this
    const startedAtMs = performance.now() - this.frame * 20
    this.timer = setInterval(() => {
      while (this.frame * 20 <= performance.now() - startedAtMs) this.sendFrame()
    }, 5)
    return this
  }

  /** a tone instead of silence; 0 for silence */
  say(hz: number, amplitude = 6000): this {
    this.tone = hz ? { hz, amplitude } : undefined
    return this
  }

  /** once, instead of the tone */
  speak(pcm: Int16Array): void {
    this.speech = pcm
  }

  press(keys: string): void {
    for (const key of keys) this.pending.push({ event: KEYS.indexOf(key), step: 0 })
  }

  /** sends from a new source with numbers of its own, as after a transfer behind a switch */
  changeSource(): void {
    this.ssrc += 1
    this.sequence = 7
    this.timestamp = 99
  }

  /** the datagram as it is, e.g. garbage */
  sendRaw(datagram: Buffer): void {
    this.rtp.send(datagram, this.remote!.port, this.remote!.address)
  }

  /** the last so many ms that arrived */
  last(ms: number): Int16Array {
    return this.heard.subarray(MEMORY - ms * 8)
  }

  /** Waits until exactly these of the candidates sound together in the last 200 ms. */
  async hears(wanted: number[], candidates: number[]): Promise<void> {
    const now = () => tonesIn(this.last(200), candidates).join()
    await this.until(
      () => now() === wanted.join(),
      () => `heard [${now()}] instead of [${wanted.join()}]`,
    )
  }

  /** so many more packets have come */
  async receives(packets: number): Promise<void> {
    const wanted = this.packets + packets
    await this.until(
      () => this.packets >= wanted,
      () => `${wanted - this.packets} packets are missing`,
    )
  }

  async until(condition: () => boolean, complaint = () => 'it never came'): Promise<void> {
    if (condition()) return
    await new Promise<void>((resolve, reject) => {
      const settle = (error?: Error) => {
        clearTimeout(timer)
        this.watchers.delete(look)
        if (error) reject(error)
        else resolve()
      }
      const look = () => condition() && settle()
      const timer = setTimeout(() => settle(new Error(complaint())), PATIENCE_MS)
      this.watchers.add(look)
    })
  }

  /** stops sending; goes on listening */
  hush(): void {
    clearInterval(this.timer)
    this.timer = undefined
  }

  close(): void {
    this.hush()
    this.rtp.close()
    this.rtcp.close()
  }

  private sendFrame(): void {
    this.frame++
    const timestamp = this.timestamp >>> 0
    this.timestamp += 160
    const [press] = this.pending
    if (press) {
      const step = press.step++
      if (step < 7) return this.sendEvent(press.event, step, timestamp)
      if (step === 10) this.pending.shift()
    }
    const pcm = new Int16Array(160)
    const { tone, speech } = this
    if (speech.length) {
      pcm.set(speech.subarray(0, 160))
      this.speech = speech.subarray(160)
    } else if (tone) {
      for (let i = 0; i < 160; i++, this.samples++) {
        pcm[i] = tone.amplitude * Math.sin((2 * Math.PI * tone.hz * this.samples) / 8000)
      }
    }
    const payload = new Uint8Array(160)
    g711[this.codec].encode(pcm, payload)
    this.send(g711[this.codec].payloadType, payload, timestamp, false)
  }

  /** five packets of press, then its end three times; all with the timestamp of its beginning */
  private sendEvent(event: number, step: number, timestamp: number): void {
    const duration = Math.min(step + 1, 5) * 160
    const payload = Uint8Array.of(event, (step >= 4 ? 0x80 : 0) | 10, duration >> 8, duration & 255)
    this.send(EVENT, payload, (timestamp - step * 160) >>> 0, step === 0)
  }

  private send(payloadType: number, payload: Uint8Array, timestamp: number, marker: boolean): void {
    const sequence = this.sequence++ & 0xffff
    const { ssrc, impairment } = this
    const datagram = writeRtp({ payloadType, marker, sequence, timestamp, ssrc, payload })
    const chance = Math.random()
    const { lose = 0, double = 0, reorder = 0 } = impairment
    if (chance < lose) return
    if (chance < lose + reorder) {
      setTimeout(() => this.timer && this.sendRaw(datagram), 30)
      return
    }
    this.sendRaw(datagram)
    if (chance < lose + reorder + double) this.sendRaw(datagram)
  }

  private receive(datagram: Buffer): void {
    const packet = parseRtp(datagram)
    if (!packet) return
    this.packets++
    if (packet.payloadType === EVENT) {
      if (packet.timestamp !== this.lastEvent) {
        this.lastEvent = packet.timestamp
        this.digits += KEYS[packet.payload[0]!]
      }
    } else {
      const { length } = packet.payload
      const pcm = new Int16Array(length)
      g711[this.codec].decode(packet.payload, pcm)
      this.heard.copyWithin(0, length)
      this.heard.set(pcm, MEMORY - length)
    }
    this.wake()
  }

  private wake(): void {
    for (const look of [...this.watchers]) look()
  }
}
