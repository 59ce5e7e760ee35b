/**
 * How the bridge fares, drawn from what its process tells. `start()` of wechaty succeeds also when nothing
 * works, and a puppet that cannot reach its service tells so 14 times in 100 ms, for ever: so it is the errors
 * that are counted, and too many of them end the process. Pure: the time is handed in.
 */
import { doublingWaitMs } from '../doubling-wait.ts'

export type BridgePhase =
  | 'starting'
  /** a person has to scan the code */
  | 'signIn'
  | 'online'
  /** a package is not installed: nothing to try until somebody installs it */
  | 'missing'
  /** the process ended, and begins anew after a pause */
  | 'resting'

export interface BridgeState {
  phase: BridgePhase
  qrText: string
  /** when the errors of late were told */
  errorsAtMs: number[]
  /** ends of the process in a row, without a sign-in that lasted */
  falls: number
  onlineSinceMs: number
}

export type BridgeEvent =
  | { is: 'begun' | 'started' | 'logout' | 'missing' | 'ended' }
  | { is: 'scan'; qrText: string; scanned: boolean }
  | { is: 'login' }
  | { is: 'error' }

/** So many errors within this time, and the process is ended: it will not mend itself. */
const MAX_ERRORS = 20
const ERRORS_WITHIN_MS = 60_000
const FIRST_REST_MS = 2_000
const LAST_REST_MS = 10 * 60_000
/** Packages may be installed while we run. */
const MISSING_REST_MS = 10 * 60_000
/** Who was signed in so long starts with a short pause again. */
const LASTING_MS = 5 * 60_000

export const firstBridgeState: BridgeState = {
  ...{ phase: 'starting', qrText: '', errorsAtMs: [], falls: 0, onlineSinceMs: 0 },
}

export interface BridgeStep {
  state: BridgeState
  /** the process is to be ended */
  kill?: true
  /** it is to begin anew after so long */
  restMs?: number
}

export function nextBridgeState(state: BridgeState, event: BridgeEvent, nowMs: number): BridgeStep {
  switch (event.is) {
    case 'begun':
      return { state: { ...state, phase: 'starting', qrText: '', errorsAtMs: [] } }
    case 'started':
      return { state }
    case 'scan':
      return { state: { ...state, phase: 'signIn', qrText: event.scanned ? '' : event.qrText } }
    case 'login':
      return {
        state: { ...state, phase: 'online', qrText: '', errorsAtMs: [], onlineSinceMs: nowMs },
      }
    case 'logout':
      return { state: { ...state, phase: 'signIn', qrText: '' } }
    case 'error': {
      const late = state.errorsAtMs.filter((atMs) => atMs > nowMs - ERRORS_WITHIN_MS)
      const errorsAtMs = [...late, nowMs]
      const tooMany = errorsAtMs.length >= MAX_ERRORS
      return { state: { ...state, errorsAtMs }, ...(tooMany && { kill: true }) }
    }
    case 'missing':
      return { state: { ...state, phase: 'missing', qrText: '' } }
    case 'ended': {
      if (state.phase === 'missing') return { state, restMs: MISSING_REST_MS }
      const lasted = state.phase === 'online' && nowMs - state.onlineSinceMs >= LASTING_MS
      const falls = lasted ? 1 : state.falls + 1
      const restMs = doublingWaitMs(FIRST_REST_MS, falls - 1, LAST_REST_MS)
      return { state: { ...state, phase: 'resting', qrText: '', falls }, restMs }
    }
  }
}
