/** A caller whose every packet has a time: what was sent when, and when what was heard began and ended. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { SipCall, SipEngine } from '../../../channels/sip/sip-engine.ts'
import { g711 } from '../../../media/codecs/g711.ts'
import { parseRtp, writeRtp } from '../../../media/engine/rtp-packet.ts'
import { amplitudeOf } from '../../harness/tones.ts'

const FRAME = 160
const FRAME_MS = 20
const PCMA = 8
const EVENT = 101
/** of a tone in one frame; prompts are ten times as loud */
const AUDIBLE = 600
/** longer than a prompt that was paused for nothing goes on */
const PATIENCE_MS = 6000

export class Caller {
  private readonly socket = createSocket('udp4')
  private readonly tones: number[]
  private sip: SipCall | undefined
  private port = 0
  private sequence = 1
  private frame = 0
  private key: { event: number; step: number; pressed: (atMs: number) => void } | undefined
  private speech: { pcm: Int16Array; begun?: number; over: (times: Spoken) => void } | undefined
  private timer: NodeJS.Timeout | undefined
  /** the tone of the last frame, 0 for none */
  private now = 0
  private watcher: ((tone: number, atMs: number) => void) | undefined
  private falling: ((atMs: number) => void) | undefined

  constructor(tones: number[]) {
    this.tones = tones
  }

  async call(engine: SipEngine, sipPort: number, from: string): Promise<void> {
    this.socket.bind(0, '127.0.0.1')
    await once(this.socket, 'listening')
    this.socket.on('message', (datagram) => this.heard(datagram, performance.now()))
    const sip = engine.call({
      uri: `sip:12301@127.0.0.1:${sipPort}`,
      from: { number: from },
      to: { number: '12301' },
      sdp: this.sdp(),
    })
    this.sip = sip
    const answer = await new Promise<string>((resolve, reject) => {
      sip.onAnswered = (sdp) => resolve(sdp!)
      sip.onEnded = ({ status }) => reject(new Error(`the call ended with ${status}`))
    })
    this.port = Number(/^m=audio (\d+)/m.exec(answer)![1])
    const startedMs = performance.now()
    this.timer = setInterval(() => {
      while (this.frame * FRAME_MS <= performance.now() - startedMs) this.send()
    }, 1)
  }

  /** @returns when the first packet of the key went out */
  press(key: number): Promise<number> {
    return new Promise((pressed) => (this.key = { event: key, step: 0, pressed }))
  }

  /** @returns when the first and the last sound of it went out */
  say(pcm: Int16Array): Promise<Spoken> {
    return new Promise((over) => (this.speech = { pcm, over }))
  }

  /**
   * Resolves with the time when a frame came that sounds so: one of the tones, 0 for none of them; undefined
   * when none does.
   */
  hears(wanted: number, withinMs = PATIENCE_MS): Promise<number | undefined> {
    if (this.now === wanted) return Promise.resolve(performance.now())
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.watcher = undefined
        resolve(undefined)
      }, withinMs)
      this.watcher = (tone, atMs) => {
        if (tone !== wanted) return
        clearTimeout(timer)
        this.watcher = undefined
        resolve(atMs)
      }
    })
  }

  /** Resolves with the time of the first frame without a tone. */
  falls(): Promise<number> {
    return new Promise((resolve) => (this.falling = resolve))
  }

  hangUp(): void {
    clearInterval(this.timer)
    if (this.sip) this.sip.onEnded = () => undefined
    this.sip?.hangUp()
    this.socket.close()
  }

  private heard(datagram: Buffer, atMs: number): void {
    const packet = parseRtp(datagram)
    if (packet?.payloadType !== PCMA) return
    const pcm = new Int16Array(packet.payload.length)
    g711.PCMA.decode(packet.payload, pcm)
    const tone = this.tones.find((hz) => amplitudeOf(pcm, hz) > AUDIBLE) ?? 0
    this.now = tone
    if (!tone) {
      this.falling?.(atMs)
      this.falling = undefined
    }
    this.watcher?.(tone, atMs)
  }

  private send(): void {
    const timestamp = this.frame++ * FRAME
    if (this.key) return this.sendKey(timestamp)
    const pcm = new Int16Array(FRAME)
    const { speech } = this
    if (speech) {
      pcm.set(speech.pcm.subarray(0, FRAME))
      speech.pcm = speech.pcm.subarray(FRAME)
      speech.begun ??= performance.now()
      if (!speech.pcm.length) {
        this.speech = undefined
        speech.over({ beganMs: speech.begun, endedMs: performance.now() + FRAME_MS })
      }
    }
    const payload = new Uint8Array(FRAME)
    g711.PCMA.encode(pcm, payload)
    this.packet(PCMA, payload, timestamp, false)
  }

  /** RFC 4733 §2.5: five packets of press, the end three times. */
  private sendKey(timestamp: number): void {
    const key = this.key!
    const step = key.step++
    const length = Math.min(step + 1, 5) * FRAME
    const payload = Uint8Array.of(key.event, step >= 4 ? 0x8a : 0x0a, length >> 8, length & 255)
    this.packet(EVENT, payload, timestamp - step * FRAME, step === 0)
    if (step === 0) key.pressed(performance.now())
    if (step === 6) this.key = undefined
  }

  private packet(payloadType: number, payload: Uint8Array, timestamp: number, marker: boolean) {
    const sequence = this.sequence++ & 0xffff
    const packet = { payloadType, marker, sequence, timestamp: timestamp >>> 0, ssrc: 7, payload }
    this.socket.send(writeRtp(packet), this.port, '127.0.0.1')
  }

  private sdp(): string {
    return [
      'v=0',
      'o=caller 1 1 IN IP4 127.0.0.1',
      's=-',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      `m=audio ${this.socket.address().port} RTP/AVP ${PCMA} ${EVENT}`,
      `a=rtpmap:${PCMA} PCMA/8000`,
      `a=rtpmap:${EVENT} telephone-event/8000`,
      '',
    ].join('\r\n')
  }
}

export interface Spoken {
  beganMs: number
  endedMs: number
}
