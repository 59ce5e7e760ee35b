/** Numbers as SMPP writes them: type of number and numbering plan beside the digits (§5.2.5, §5.2.6). */
import { normalPhone } from '../../../gateway/domain/phone-number.ts'

export interface Address {
  ton: number
  npi: number
  digits: string
}

export const TON = {
  unknown: 0,
  international: 1,
  national: 2,
  network: 3,
  alphanumeric: 5,
} as const
const ISDN = 1

/** international: country code and number without +. national: Chinese numbers without 86. */
export type DestinationStyle = 'international' | 'plus' | 'national'

/** Longer ones do not exist (§4.4.1: 20 and a zero). */
const MAX_DIGITS = 20

/**
 * @param phone E.164 with +, or a short code
 * @returns undefined when no message can be sent there
 */
export function destinationAddress(phone: string, style: DestinationStyle): Address | undefined {
  const digits = phone.replace(/^\+/, '')
  if (!/^\d+$/.test(digits) || digits.length > MAX_DIGITS) return undefined
  if (!phone.startsWith('+')) return { ton: TON.unknown, npi: ISDN, digits }
  if (style === 'national' && digits.startsWith('86'))
    return { ton: TON.national, npi: ISDN, digits: digits.slice(2) }
  return { ton: TON.international, npi: ISDN, digits: style === 'plus' ? phone : digits }
}

/** Our own number as the carrier gave it: E.164 with +, a short or long service number, or a name. */
export function sourceAddress(number: string): Address {
  if (number.startsWith('+')) return { ton: TON.international, npi: ISDN, digits: number.slice(1) }
  if (/^\d+$/.test(number))
    return { ton: number.length <= 8 ? TON.network : TON.unknown, npi: ISDN, digits: number }
  return { ton: TON.alphanumeric, npi: 0, digits: number }
}

/** @returns E.164 with +, or what was there: a short code, a name */
export function phoneOf({ ton, digits }: Omit<Address, 'npi'>): string {
  if (ton === TON.alphanumeric) return digits
  const written = ton === TON.international && /^\d/.test(digits) ? `+${digits}` : digits
  return normalPhone(written) ?? digits
}
