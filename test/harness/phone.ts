/** A telephone for tests: signals over real sockets, speaks tones, hears what is played to it. */
import type { IncomingCall, SipCall, SipEngine, CallEnd } from '../../channels/sip/sip-engine.ts'
import { createSipEngine } from '../../channels/sip/stack.ts'
import { createMediaEngine } from '../../media/engine/engine.ts'
import type { MediaEngine, RtpLeg } from '../../media/media.ts'
import { Ear, isLoud } from './ear.ts'

/** any number that is called */
const ANY = '*'

export class SimulatedPhone {
  readonly sip: SipEngine
  private readonly media: MediaEngine
  private readonly awaited = new Map<string, (incoming: IncomingCall) => void>()

  private constructor(sip: SipEngine, media: MediaEngine) {
    this.sip = sip
    this.media = media
    sip.onCall = (incoming) => this.ring(incoming)
  }

  static async start(): Promise<SimulatedPhone> {
    const media = await createMediaEngine({ host: '127.0.0.1' })
    const sip = await createSipEngine({
      listen: [{ transport: 'udp', host: '127.0.0.1', port: 0 }],
      policy: {
        realm: 'test',
        peerByAddress: () => ({ kind: 'trunk', id: 'test' }),
        credentials: () => undefined,
        admit: () => ({ ok: true }),
      },
    })
    return new SimulatedPhone(sip, media)
  }

  get port(): number {
    return this.sip.listening[0]!.port
  }

  /** Dials; resolves when somebody answered. @throws with the status of a refusal */
  async call(
    sipPort: number,
    to = '12301',
    from = '13900000001',
    credentials?: { userName: string; password: string },
  ): Promise<PhoneCall> {
    const { call, answered } = await this.dial(sipPort, to, from, credentials)
    await answered
    return call
  }

  /** Dials, and hears what comes before somebody answers. `answered` rejects with the status of a refusal. */
  async dial(
    sipPort: number,
    to = '12301',
    from = '13900000001',
    credentials?: { userName: string; password: string },
  ): Promise<{ call: PhoneCall; answered: Promise<void> }> {
    const room = await this.media.openRoom()
    const leg = await room.addRtp()
    const sip = this.sip.call({
      uri: `sip:${to}@127.0.0.1:${sipPort}`,
      from: { number: from },
      to: { number: to },
      sdp: leg.offer(),
      ...(credentials && { credentials }),
    })
    const call = new PhoneCall(sip, leg)
    const answered = new Promise<void>((resolve, reject) => {
      sip.onProgress = (_status, sdp) => {
        if (!sdp) return
        leg.accept(sdp)
        call.listen()
      }
      sip.onAnswered = (sdp) => {
        if (sdp) leg.accept(sdp)
        call.listen()
        resolve()
      }
      void call.ended.then(({ status, reason }) => reject(new Error(`${status} ${reason ?? ''}`)))
    })
    // whoever waits is told; nobody has to
    answered.catch(() => undefined)
    return { call, answered }
  }

  /**
   * Answers the next call that comes, to that number if one is given.
   * @param how answer, or the status of a refusal
   */
  async answer(how: 'answer' | number = 'answer', ringMs = 0, number?: string): Promise<PhoneCall> {
    const ringing = await this.rings(number)
    if (typeof how === 'number') {
      ringing.refuse(how)
      return new Promise(() => undefined)
    }
    if (ringMs) await new Promise((ring) => setTimeout(ring, ringMs))
    await ringing.answer()
    return ringing.call
  }

  /** The next call that comes, to that number if one is given; a later wish for the same takes its place. */
  rings(number = ANY): Promise<RingingCall> {
    return new Promise((resolve, reject) => {
      this.awaited.set(number, (incoming) => {
        this.awaited.delete(number)
        void (async () => {
          const leg = await (await this.media.openRoom()).addRtp()
          const ringing = new RingingCall(incoming, leg)
          await incoming.ring()
          resolve(ringing)
        })().catch(reject)
      })
    })
  }

  private ring(incoming: IncomingCall): void {
    const take = this.awaited.get(incoming.local.number) ?? this.awaited.get(ANY)
    if (take) take(incoming)
    else incoming.refuse(480)
  }

  async stop(): Promise<void> {
    await this.sip.stop()
    await this.media.stop()
  }
}

/** A call that has not been answered yet. */
export class RingingCall {
  readonly call: PhoneCall
  private readonly incoming: IncomingCall
  private readonly sdp: string

  constructor(incoming: IncomingCall, leg: RtpLeg) {
    this.incoming = incoming
    this.call = new PhoneCall(incoming, leg)
    this.sdp = leg.answer(incoming.offer!).sdp
  }

  /** who calls */
  get from(): string {
    return this.incoming.remote.number
  }

  async answer(): Promise<PhoneCall> {
    await this.incoming.answer(this.sdp)
    this.call.listen()
    return this.call
  }

  refuse(status: number): void {
    this.incoming.refuse(status)
  }
}

export class PhoneCall extends Ear {
  readonly sip: SipCall
  readonly leg: RtpLeg
  readonly ended: Promise<CallEnd>
  digits = ''

  constructor(sip: SipCall, leg: RtpLeg) {
    super('the telephone')
    this.sip = sip
    this.leg = leg
    this.ended = new Promise((resolve) => (sip.onEnded = resolve))
    sip.onOffer = async (sdp) => (sdp ? leg.answer(sdp).sdp : leg.offer())
    leg.onDigit = (digit) => {
      this.digits += digit
      this.stir()
    }
  }

  /** how many tenths of a second were heard since `forget` */
  get chunks(): number {
    return this.heard.length
  }

  /** how many of them were no silence */
  get loudChunks(): number {
    return this.heard.filter(isLoud).length
  }

  listen(): void {
    this.leg.onAudio = (pcm) => this.hear(pcm)
    this.leg.tap(true)
  }

  press(digits: string): void {
    this.leg.sendDigits(digits)
  }

  /** Speaks a tone for as long as the call lasts. */
  hum(hz: number): void {
    this.leg.play({ tone: { hz: [hz], onMs: 1000, offMs: 0, level: 0.3 } }, { loop: true })
  }

  hush(): void {
    this.leg.stopPlaying()
  }

  hangUp(): void {
    this.sip.hangUp()
  }
}
