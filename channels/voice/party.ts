/** Somebody in a call, apart from what they hear. */
import type { Leg } from '../../media/media.ts'
import type { SipCall } from '../sip/sip-engine.ts'

export interface Party {
  id: string
  kind: 'contact' | 'agent' | 'supervisor' | 'third'
  name: string
  staffId?: string
  number?: string
  device: 'browser' | 'telephone'
  /** in the media engine, once there is a connection */
  leg?: Leg
  /** of a telephone */
  sip?: SipCall
  state: 'ringing' | 'connected'
  muted: boolean
  /** the agent who left the contact to them, and gets it back when they cannot be reached */
  passedBy?: string
  /** seconds-old, once people talk */
  quality?: { lostPercent: number; jitterMs: number }
  /** supervisors only */
  mode?: 'listen' | 'whisper' | 'barge'
}
