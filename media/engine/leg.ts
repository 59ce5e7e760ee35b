import { randomInt } from 'node:crypto'
import { g711 } from '../codecs/g711.ts'
import type { Codec, LegStats, PlayOptions } from '../media.ts'
import type { SpeechDetector } from '../vad/speech-detector.ts'
import { ArrivalStatistics } from './arrival-statistics.ts'
import { DtmfDetector } from './dtmf-detector.ts'
import { FRAME, FRAME_MS, addTo, saturate } from './frame.ts'
import { IncomingAudio } from './incoming-audio.ts'
import { KeyTones } from './key-tones.ts'
import type { LegEvent, LegFormat, WorkerSource } from './messages.ts'
import { Player } from './player.ts'
import type { Sent } from './rtcp-session.ts'
import type { RtpPacket } from './rtp-packet.ts'
import { FileSource } from './sources/file-source.ts'
import { SilenceSource } from './sources/silence-source.ts'
import type { Source } from './sources/source.ts'
import { StreamSource } from './sources/stream-source.ts'
import { ToneSource } from './sources/tone-source.ts'
import { TelephoneEventReceiver, TelephoneEventSender } from './telephone-event.ts'
import type { Transport } from './transport.ts'

/** 100 ms to a listener outside */
const TAP = 5 * FRAME

type WithoutLeg<T> = T extends unknown ? Omit<T, 'leg'> : never

export interface LegOptions {
  id: string
  codec: Codec
  silentLineMs: number
  tell: (event: LegEvent) => void
  createSpeechDetector: () => SpeechDetector
}

/**
 * One end of a call inside the worker. Each frame has three steps, taken by all legs of a room together:
 * `listen` (what they say), `prepare` (what is played to them), `speak` (what is sent to them).
 */
export class Leg {
  readonly id: string
  readonly incoming: IncomingAudio
  readonly arrivals = new ArrivalStatistics()
  transport: Transport | undefined
  /** what is played to this leg in the present frame */
  played: Int16Array | undefined
  private readonly options: LegOptions
  private readonly player: Player
  private format: LegFormat | undefined
  private heard: { speaker: Leg; gain: number }[] = []

  private readonly ssrc = randomInt(2 ** 32)
  private sequence = randomInt(2 ** 16)
  private timestamp = randomInt(2 ** 32)
  private isAfterPause = true
  private packets = 0
  private octets = 0

  private readonly keysIn = new TelephoneEventReceiver()
  private readonly keysOut = new TelephoneEventSender()
  private readonly keyTones = new KeyTones()
  private inBand: DtmfDetector | undefined
  private tapped: Int16Array | undefined
  private tappedSamples = 0
  /** kept while nobody listens: it knows the echo of this line */
  private detector: SpeechDetector | undefined
  private isListening = false
  private quietFrames = 0

  private readonly sum = new Int32Array(FRAME)
  private readonly linear = new Int16Array(FRAME)
  private readonly encoded = new Uint8Array(FRAME)
  /** frames that wait until a packet is full, where the other end asked for longer ones than 20 ms */
  private readonly packet = new Uint8Array(3 * FRAME)
  private packetFrames = 0

  constructor(options: LegOptions) {
    this.options = options
    this.id = options.id
    this.incoming = new IncomingAudio(g711[options.codec])
    this.player = new Player((playback, end, reason) =>
      this.tell({ kind: 'ended', playback, end, ...(reason && { reason }) }),
    )
  }

  setFormat(format: LegFormat): void {
    this.format = format
    this.incoming.setCodec(g711[format.codec])
    this.inBand = format.telephoneEvent ? undefined : (this.inBand ?? new DtmfDetector())
    this.packetFrames = 0
    this.quietFrames = 0
  }

  // ——— what arrives

  accepts(payloadType: number): boolean {
    const { format } = this
    return (
      format !== undefined &&
      (format.telephoneEvent?.accept.includes(payloadType) ||
        payloadType === COMFORT_NOISE ||
        format.accepts.some((each) => each.payloadType === payloadType))
    )
  }

  receive(packet: RtpPacket, nowMs: number): void {
    const { format } = this
    if (!format) return
    this.quietFrames = 0
    if (format.telephoneEvent?.accept.includes(packet.payloadType)) return this.receiveKey(packet)
    const codec = format.accepts.find((each) => each.payloadType === packet.payloadType)?.codec
    if (this.arrivals.add(packet, nowMs, codec !== undefined)) this.incoming.buffer.reset()
    // told not to send (hold), they may do so for a moment: not heard
    if (!codec || !format.receiving) return
    this.incoming.write(packet.timestamp, packet.payload, codec, this.arrivals.jitter)
  }

  // ——— one frame

  listen(): void {
    this.incoming.next()
    this.watchForSilence()
    const { inBand } = this
    if (inBand && this.incoming.kind !== 'silence') {
      const digit = inBand.process(this.incoming.pcm())
      if (digit) this.tell({ kind: 'digit', digit })
    }
    if (this.tapped) this.fillTap(this.incoming.pcm())
  }

  prepare(): void {
    this.played = this.player.next()
    if (!this.isListening) return
    const change = this.detector?.process(this.incoming.pcm(), this.played)
    if (change) this.tell({ kind: 'speech', speaking: change === 'begin' })
  }

  speak(): void {
    const { format, transport } = this
    if (format?.sending && transport?.ready) {
      const event = this.nextKey(format)
      if (event) this.sendEvent(event, format.telephoneEvent!.send)
      else this.sendAudio(format, this.mixed(format.codec))
    } else this.isAfterPause = true
    this.timestamp = (this.timestamp + FRAME) >>> 0
  }

  skip(frames: number): void {
    this.incoming.buffer.skip(frames)
    this.timestamp = (this.timestamp + frames * FRAME) >>> 0
    this.isAfterPause = true
  }

  // ——— what the room and the main thread ask for

  setHeard(speaker: Leg, gain: number): void {
    this.heard = this.heard.filter((each) => each.speaker !== speaker)
    if (gain !== 0) this.heard.push({ speaker, gain })
  }

  play(playback: string, source: WorkerSource, options: PlayOptions): void {
    const loop = options.loop ?? false
    const fromMs = options.fromMs ?? 0
    this.player.play(playback, this.createSource(playback, source, loop, fromMs), {
      gain: options.gain ?? 1,
      over: options.over ?? false,
    })
  }

  pausePlayback(playback: string, on: boolean): void {
    this.player.pause(playback, on)
  }

  stopPlaying(playback?: string): void {
    this.player.stop(playback)
  }

  stream(playback: string): StreamSource | undefined {
    const source = this.player.source(playback)
    return source instanceof StreamSource ? source : undefined
  }

  sendDigits(digits: string): void {
    if (this.format?.telephoneEvent === undefined) this.keyTones.press(digits)
    else this.keysOut.press(digits)
  }

  tap(on: boolean): void {
    this.tapped = on ? (this.tapped ?? new Int16Array(TAP)) : undefined
    if (!on) this.tappedSamples = 0
  }

  detectSpeech(on: boolean): void {
    this.isListening = on
    if (!on) return
    if (this.detector) this.detector.reset()
    else this.detector = this.options.createSpeechDetector()
  }

  sent(): Sent {
    const { ssrc, packets, octets, timestamp } = this
    return { ssrc, packets, octets, timestamp }
  }

  stats(): LegStats {
    return {
      packetsReceived: this.arrivals.packetsReceived,
      packetsLost: this.arrivals.packetsLost,
      packetsLate: this.incoming.buffer.late,
      packetsSent: this.packets,
      jitterMs: this.arrivals.jitter / 8,
      ...(this.format && { codec: this.format.codec }),
    }
  }

  close(): void {
    this.player.stop(undefined, 'closed')
    this.transport?.close()
    this.transport = undefined
  }

  /** Some gateways send keys from a source of their own, beside that of the voice. */
  private receiveKey(packet: RtpPacket): void {
    if (packet.ssrc === this.arrivals.ssrc) this.arrivals.add(packet, 0, false)
    const digit = this.keysIn.receive(packet)
    if (digit) this.tell({ kind: 'digit', digit })
  }

  private tell(event: WithoutLeg<LegEvent>): void {
    this.options.tell({ ...event, leg: this.id } as LegEvent)
  }

  private createSource(id: string, source: WorkerSource, loop: boolean, fromMs: number): Source {
    switch (source.kind) {
      case 'files':
        return new FileSource(source.files, loop, fromMs)
      case 'tone':
        return new ToneSource(source, loop, fromMs)
      case 'silence':
        return new SilenceSource(loop ? Infinity : source.silenceMs - fromMs)
      case 'stream':
        return new StreamSource(fromMs, (samples) =>
          this.tell({ kind: 'consumed', playback: id, samples }),
        )
    }
  }

  private watchForSilence(): void {
    if (!this.format?.receiving) return
    const silentMs = ++this.quietFrames * FRAME_MS
    if (silentMs === this.options.silentLineMs) this.tell({ kind: 'silentLine', silentMs })
  }

  private fillTap(pcm: Int16Array): void {
    const tapped = this.tapped!
    tapped.set(pcm, this.tappedSamples)
    this.tappedSamples += FRAME
    if (this.tappedSamples < TAP) return
    this.tell({ kind: 'audio', pcm: tapped })
    this.tapped = new Int16Array(TAP)
    this.tappedSamples = 0
  }

  /** the frame for this leg, encoded; valid until the next */
  private mixed(codec: Codec): Uint8Array {
    const { played, heard, encoded } = this
    const coder = g711[codec]
    const tone = this.keyTones.next()
    if (tone) {
      coder.encode(tone, encoded)
      return encoded
    }
    const only =
      heard.length === 1 && heard[0]!.gain === 1 && !played ? heard[0]!.speaker : undefined
    if (only) {
      const { incoming } = only
      if (incoming.kind === 'encoded' && incoming.codecName === codec) return incoming.encoded
    }
    const isSilent = !played && heard.every(({ speaker }) => speaker.incoming.kind === 'silence')
    if (isSilent) return encoded.fill(coder.silence)
    coder.encode(only ? only.incoming.pcm() : this.sumUp(), encoded)
    return encoded
  }

  private sumUp(): Int16Array {
    const { played, heard, sum, linear } = this
    if (played && !heard.length) return played
    sum.fill(0)
    if (played) addTo(sum, played, 1)
    for (const { speaker, gain } of heard) {
      if (speaker.incoming.kind !== 'silence') addTo(sum, speaker.incoming.pcm(), gain)
    }
    for (let i = 0; i < FRAME; i++) linear[i] = saturate(sum[i]!)
    return linear
  }

  private sendAudio({ payloadType, framesPerPacket }: LegFormat, frame: Uint8Array): void {
    if (framesPerPacket === 1) {
      return this.send(payloadType, frame, this.isAfterPause, this.timestamp)
    }
    this.packet.set(frame, this.packetFrames * FRAME)
    if (++this.packetFrames < framesPerPacket) return
    const began = (this.timestamp - (framesPerPacket - 1) * FRAME) >>> 0
    const payload = this.packet.subarray(0, framesPerPacket * FRAME)
    this.send(payloadType, payload, this.isAfterPause, began)
    this.packetFrames = 0
  }

  private nextKey(format: LegFormat) {
    return format.telephoneEvent === undefined ? undefined : this.keysOut.next()
  }

  private sendEvent(
    event: { payload: Uint8Array; first: boolean; sinceFrames: number },
    type: number,
  ): void {
    const began = (this.timestamp - event.sinceFrames * FRAME) >>> 0
    this.send(type, event.payload, event.first, began)
    this.isAfterPause = true
    this.packetFrames = 0
  }

  private send(payloadType: number, payload: Uint8Array, marker: boolean, timestamp: number): void {
    const { ssrc, sequence } = this
    this.transport!.send({ payloadType, marker, sequence, timestamp, ssrc, payload })
    this.sequence = (sequence + 1) & 0xffff
    this.isAfterPause = false
    this.packets++
    this.octets += payload.length
  }
}

/** RFC 3389; says that the line is alive, sounds like silence */
const COMFORT_NOISE = 13
