/** A telephone as the contact's end of a call. */
import type { RtpLeg } from '../../media/media.ts'
import type { SipCall } from '../sip/sip-engine.ts'
import type { Call } from './call.ts'
import type { ContactEnd } from './contact-end.ts'

export function sipEnd(sip: SipCall, leg: RtpLeg): ContactEnd {
  return {
    device: 'telephone',
    leg,
    hangUp: (reason) => sip.hangUp(reason ? { reason } : {}),
  }
}

/** What the telephone does while the call lasts: holds, changes its address, presses keys. */
export function followSip(sip: SipCall, leg: RtpLeg, call: Call): void {
  sip.onOffer = async (theirs) => (theirs ? leg.answer(theirs).sdp : leg.offer())
  sip.onDigit = (digit) => call.key(digit)
}

/** In the words of a conversation's timeline. */
export const endedBy = (by: 'us' | 'them' | 'fault'): string => (by === 'them' ? 'contact' : by)
