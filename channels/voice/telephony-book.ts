/** What calls ask of the telephony settings (gateway/telephony fulfils it). */
import type { Account } from '../../gateway/intake/model.ts'
import type { SipTransport } from '../sip/sip-engine.ts'

export interface TelephonyBook {
  /** whose number it is */
  account(called: string): Account | undefined
  /**
   * trunks to try, best first; with a caller number only those that may show it. No number: whatever their
   * dial rules are
   */
  trunksForCalling(number: string | undefined, callerNumber?: string): CallingTrunk[]
  trunk(id: string): { maxCalls?: number } | undefined
  clientCredentials(trunkId: string): { userName: string; password: string } | undefined
}

export interface CallingTrunk {
  _id: string
  host: string
  port: number
  transport: SipTransport
  callerNumbers: string[]
  maxCalls?: number
}
