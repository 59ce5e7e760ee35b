import type { CallOutBody, CallOutView } from './call-schema.ts'
import type { TelephonyStatusView } from './schema.ts'

/** What the routes ask of the running signalling and media; undefined parts: not started. */
export interface TelephonyPort {
  /** everything but the realm, which the settings know */
  status(): Promise<Omit<TelephonyStatusView, 'realm'>>
  /** OPTIONS to a trunk. @returns the SIP status, 408 when nothing came back. @throws NOT_FOUND, TELEPHONY_OFF */
  ping(trunkId: string): Promise<number>
  /** Calls a number for a flow. Resolves when it is known how that went. @throws NO_TRUNK, CALLS_FULL … */
  callOut(about: CallOutBody): Promise<CallOutView>
}

/** Telephony that was never started. */
export const telephonyOff = (fault: string): Omit<TelephonyStatusView, 'realm'> => ({
  running: false,
  fault,
  listeners: [],
  registrations: [],
  workers: [],
  tts: [],
  asr: { streams: 0, models: [] },
  bindings: [],
})
