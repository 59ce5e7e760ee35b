/** What the Stat of a report means: seven letters of SMPP, or whatever the carrier's exchanges call it. */
import type { DeliveryReport } from '../../channel.ts'

/** @param stat e.g. DELIVRD, EXPIRED, or 'MK:0001', 'CB:0007', 'AF:4' */
export function reportState(stat: string): Pick<DeliveryReport, 'state' | 'code'> {
  const name = stat.toUpperCase()
  if (name.startsWith('DELIV')) return { state: 'delivered' }
  if (name.startsWith('ACCEPT') || name.startsWith('ENROUTE')) return { state: 'sent' }
  return { state: name.startsWith('EXPIRE') ? 'expired' : 'failed', code: `CMPP_${stat}` }
}
