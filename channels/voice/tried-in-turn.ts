/** One call out that is tried over one trunk after the other, until one of them reaches somebody. */
import type { CallEnd, OutgoingRequest, SipCall, SipEngine } from '../sip/sip-engine.ts'

/** A carrier that says nothing for that long is left for the next: callers wait, Timer B takes 32 s. */
const SILENT_MS = 8000

export interface Try extends Omit<OutgoingRequest, 'ringMs'> {
  trunkId: string
}

export interface TriedInTurnOptions {
  sip: Pick<SipEngine, 'call'>
  /** at least one, best first */
  tries: Try[]
  /** of all tries together */
  ringMs: number
  silentMs?: number
  /** a call goes out over that trunk */
  begun: (trunkId: string, call: SipCall) => void
}

/**
 * Looks like any call of the engine. What it does is done with the try of the moment; it ends with the last.
 * The next trunk's turn comes on 5xx, on silence, and where the trunk cannot be reached, all of it before it
 * rang: what a trunk says of the called (busy, declined, no such number) is true on any other.
 */
export class TriedInTurn implements SipCall {
  readonly direction = 'out'
  onOffer?: NonNullable<SipCall['onOffer']>
  onAnswer?: NonNullable<SipCall['onAnswer']>
  onProgress?: NonNullable<SipCall['onProgress']>
  onAnswered?: NonNullable<SipCall['onAnswered']>
  onDigit?: NonNullable<SipCall['onDigit']>
  onRefer?: NonNullable<SipCall['onRefer']>
  onEnded?: NonNullable<SipCall['onEnded']>
  private now: SipCall
  private readonly left: Try[]
  private readonly options: TriedInTurnOptions
  private readonly untilMs: number
  private silence: NodeJS.Timeout | undefined
  private givenUp = false

  constructor(options: TriedInTurnOptions) {
    const [first, ...left] = options.tries
    this.options = options
    this.left = left
    this.untilMs = performance.now() + options.ringMs
    this.now = this.begin(first!)
  }

  get id(): string {
    return this.now.id
  }
  get callId(): string {
    return this.now.callId
  }
  get remote(): SipCall['remote'] {
    return this.now.remote
  }
  get local(): SipCall['local'] {
    return this.now.local
  }
  get state(): SipCall['state'] {
    return this.now.state
  }

  reoffer(sdp: string): Promise<string> {
    return this.now.reoffer(sdp)
  }
  refer(uri: string, options?: { replaces?: SipCall }): Promise<number> {
    const replaces = options?.replaces
    return this.now.refer(uri, replaces && { replaces: realCall(replaces) })
  }
  hangUp(options?: { status?: number; reason?: string }): void {
    this.givenUp = true
    this.now.hangUp(options)
  }

  private begin({ trunkId, ...request }: Try): SipCall {
    const { sip, begun, silentMs = SILENT_MS } = this.options
    const ringMs = Math.max(1, this.untilMs - performance.now())
    const call = sip.call({ ...request, ringMs })
    begun(trunkId, call)
    let silent = false
    if (this.left.length)
      this.silence = setTimeout(() => {
        silent = true
        call.hangUp({ reason: 'no answer from the peer' })
      }, silentMs)
    const rang = () => clearTimeout(this.silence)
    let reached = false
    call.onProgress = (status, sdp) => {
      reached = true
      rang()
      this.onProgress?.(status, sdp)
    }
    call.onAnswered = (sdp) => {
      reached = true
      rang()
      this.onAnswered?.(sdp)
    }
    // an answer to whoever asks for a session: handlers are set after this, and asked for when it comes
    call.onOffer = (sdp) => this.onOffer?.(sdp) ?? Promise.reject(new Error('nobody answers'))
    call.onAnswer = (sdp) => this.onAnswer?.(sdp)
    call.onDigit = (digit) => this.onDigit?.(digit)
    call.onRefer = async (refer) => (await this.onRefer?.(refer)) ?? false
    call.onEnded = (end) => {
      rang()
      const next = reached || this.givenUp ? undefined : this.next(silent, end)
      if (next) this.now = this.begin(next)
      else this.onEnded?.(end)
    }
    return call
  }

  private next(silent: boolean, { by, status, outcome }: CallEnd): Try | undefined {
    const failed = outcome === 'failed' && (by === 'fault' || (status >= 500 && status < 600))
    const timeLeft = performance.now() < this.untilMs
    return (silent || failed) && timeLeft ? this.left.shift() : undefined
  }

  /** the engine's own call of this moment */
  get real(): SipCall {
    return this.now
  }
}

const realCall = (call: SipCall): SipCall => (call instanceof TriedInTurn ? call.real : call)
