/**
 * Talking in the browser: one call at a time, proposed and ended over the chat's own socket. Everything of
 * the browser is handed in. A path that breaks is proposed anew; the server puts it in the place of the old.
 */
import type { WEB_CALL as WireValue } from '../../protocol.ts'
import type { ClientFrame, LocalError, ServerFrame } from '../wire.ts'

/** Same as in protocol.ts, whose code is not loaded here: zod would come along. */
export const WEB_CALL: typeof WireValue = 'browser'

/** Why the microphone could not be had; each is a key of the dictionary (`mic…`). */
export type MicFault = 'Refused' | 'None' | 'Insecure'

export class NoMicrophone extends Error {
  readonly why: MicFault
  constructor(why: MicFault) {
    super(why)
    this.why = why
  }
}

export interface Voice {
  mute(on: boolean): void
  stop(): void
}

export interface CallPeer {
  onState?: (state: 'connected' | 'disconnected' | 'failed') => void
  /** @returns a complete offer */
  offer(): Promise<string>
  accept(answer: string): Promise<void>
  close(): void
}

export interface CallWorld {
  now(): number
  after(ms: number, run: () => void): () => void
  /** @throws NoMicrophone */
  microphone(): Promise<Voice>
  peer(voice: Voice): CallPeer
  /** false when there is no wire to carry it */
  send(frame: ClientFrame): boolean
}

export type CallState =
  | { phase: 'idle' }
  | { phase: 'asking' }
  | { phase: 'connecting' }
  /** `broken`: no sound at the moment, being mended */
  | { phase: 'talking'; sinceMs: number; muted: boolean; broken: boolean }
  | { phase: 'over'; why: 'hungUp' | 'fault' | 'refused' | MicFault; error?: LocalError }

export type WebCall = ReturnType<typeof createWebCall>

/** Longer silence than this gets a new path; ICE mends shorter gaps itself. */
const DISCONNECTED_MS = 1500
const CONNECT_WITHIN_MS = 10_000
const RETRY_MS = 1500
const TRIES = 8

export function createWebCall(world: CallWorld) {
  let state: CallState = { phase: 'idle' }
  let voice: Voice | undefined
  let peer: CallPeer | undefined
  let tries = 0
  /** what an older attempt still waits for does not count any more */
  let round = 0
  let cancelTimer = () => {}
  const listeners = new Set<() => void>()

  function show(next: CallState) {
    state = next
    for (const tell of listeners) tell()
  }

  function timer(ms: number, run: () => void) {
    cancelTimer()
    cancelTimer = world.after(ms, run)
  }

  function dropPeer() {
    round++
    cancelTimer()
    const old = peer
    peer = undefined
    if (old) {
      delete old.onState
      old.close()
    }
  }

  function finish(next: CallState) {
    dropPeer()
    voice?.stop()
    voice = undefined
    show(next)
  }

  async function propose(held: Voice) {
    dropPeer()
    const mine = round
    const current = world.peer(held)
    peer = current
    current.onState = (to) => {
      if (to === 'connected') connected()
      else if (to === 'disconnected') timer(DISCONNECTED_MS, broken)
      else broken()
    }
    timer(CONNECT_WITHIN_MS, broken)
    try {
      const sdp = await current.offer()
      if (mine === round && !world.send({ t: 'call', sdp })) timer(RETRY_MS, broken)
    } catch {
      if (mine === round) finish({ phase: 'over', why: 'fault' })
    }
  }

  function connected() {
    cancelTimer()
    tries = 0
    show(
      state.phase === 'talking'
        ? { ...state, broken: false }
        : { phase: 'talking', sinceMs: world.now(), muted: false, broken: false },
    )
  }

  function broken() {
    dropPeer()
    if (++tries > TRIES) {
      world.send({ t: 'callEnd' })
      return finish({ phase: 'over', why: 'fault' })
    }
    if (state.phase === 'talking') show({ ...state, broken: true })
    timer(RETRY_MS, () => {
      if (voice) void propose(voice)
    })
  }

  const running = () => state.phase !== 'idle' && state.phase !== 'over'

  return {
    get state(): CallState {
      return state
    },
    get running(): boolean {
      return running()
    },
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async start() {
      if (running()) return
      const mine = ++round
      tries = 0
      show({ phase: 'asking' })
      try {
        const taken = await world.microphone()
        // given up while the browser still asked
        if (mine !== round) return taken.stop()
        voice = taken
        show({ phase: 'connecting' })
        await propose(taken)
      } catch (error) {
        if (mine !== round) return
        finish({ phase: 'over', why: error instanceof NoMicrophone ? error.why : 'fault' })
      }
    },
    hangUp() {
      if (!running()) return
      world.send({ t: 'callEnd' })
      finish({ phase: 'idle' })
    },
    mute(on: boolean) {
      if (state.phase !== 'talking') return
      voice?.mute(on)
      show({ ...state, muted: on })
    },
    keys(digits: string) {
      if (state.phase === 'talking') world.send({ t: 'callKeys', digits })
    },
    dismiss() {
      if (state.phase === 'over') show({ phase: 'idle' })
    },
    hear(frame: ServerFrame) {
      if (frame.t === 'callAnswer') peer?.accept(frame.sdp).catch(broken)
      // another page of the same visitor may have been the one that called
      if (frame.t === 'callEnded' && running()) {
        const { reason: why, error } = frame
        finish({ phase: 'over', why, ...(error && { error }) })
      }
    },
  }
}
