/** Telephony in numbers, as /metrics tells them. */
import type { SipStats } from '../channels/sip/sip-engine.ts'
import type { TelephonyStatusView } from './telephony/schema.ts'

export interface CallFigures extends Pick<TelephonyStatusView, 'workers' | 'tts' | 'asr'> {
  /** calls now, by phase of the desk's card */
  calls: Record<string, number>
  /** calls now over each trunk in use */
  trunks: Record<string, number>
  /** calls in that were not taken since the start, by reason (channels/voice/refusals.ts) */
  refused: Record<string, number>
  registrations: { trunkId: string; state: string }[]
  /** undefined: no telephone reaches us */
  sip: SipStats | undefined
}
