import type { RtpLeg } from '../../media/media.ts'
import type { IncomingCall } from '../sip/sip-engine.ts'
import type { VoiceOptions } from './voice-options.ts'

/**
 * 企业彩铃: what a caller hears before the hotline answers, as early media (RFC 3960 §2.1), so that the exchange's own
 * ringing tone is not heard. Carriers charge from the answer on. A tune that cannot be played delays nobody.
 */
export async function playRingback(
  sip: IncomingCall,
  leg: RtpLeg,
  sdp: string,
  { ringback, onError }: Pick<VoiceOptions, 'ringback' | 'onError'>,
  accountId: string,
): Promise<void> {
  try {
    const tune = await ringback(accountId)
    if (!tune) return
    const ended = new Promise<void>((resolve) => (sip.onEnded = () => resolve()))
    await sip.ring(sdp)
    leg.play({ files: tune.files }, { loop: true })
    let timer: NodeJS.Timeout | undefined
    const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, tune.ringMs)))
    await Promise.race([over, ended]).finally(() => clearTimeout(timer))
    leg.stopPlaying()
  } catch (error) {
    onError(error)
  }
}
