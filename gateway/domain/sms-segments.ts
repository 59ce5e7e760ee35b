/**
 * What a text costs as short messages: 160 septets or 70 UCS-2 units in one; in parts of a longer one the
 * header takes 6 octets of 140 (7 with a 16-bit reference), which leaves 153 (152) septets or 67 (66) units
 * (3GPP TS 23.040 §9.2.3.24.1, TS 23.038).
 */
import { septetsOf } from './gsm-alphabet.ts'

export type SmsEncoding = 'gsm7' | 'ucs2'

export interface SegmentOptions {
  /** parts carry a 16-bit reference */
  wideRef?: boolean
  /** even where the default alphabet would do, e.g. for a carrier that mangles it */
  forceUcs2?: boolean
}

export interface SmsSegments {
  encoding: SmsEncoding
  /** in order; '' is one empty segment */
  segments: string[]
  /** septets or 16-bit units of the text */
  units: number
  /** units that still go into the last segment */
  left: number
}

const single: Record<SmsEncoding, number> = { gsm7: 160, ucs2: 70 }

/** Octets of a short message, and of the header of a part. */
const OCTETS = 140
const headerOctets = (wideRef: boolean | undefined) => (wideRef ? 7 : 6)

/** Units a part of a long message holds: septets share octets, UCS-2 units take two whole ones. */
function partUnits(encoding: SmsEncoding, wideRef: boolean | undefined): number {
  const octets = OCTETS - headerOctets(wideRef)
  return encoding === 'gsm7' ? Math.floor((octets * 8) / 7) : Math.floor(octets / 2)
}

/**
 * The decision, the count and the cut. No segment ends within a surrogate pair or after an escape; a telephone
 * that shows parts by themselves then shows whole characters.
 */
export function smsSegments(text: string, options: SegmentOptions = {}): SmsSegments {
  const characters = [...text]
  const encoding: SmsEncoding =
    !options.forceUcs2 && characters.every((character) => septetsOf(character)) ? 'gsm7' : 'ucs2'
  const unitsOf = (character: string) =>
    encoding === 'gsm7' ? septetsOf(character)!.length : character.length
  const units = characters.reduce((sum, character) => sum + unitsOf(character), 0)
  const room = single[encoding]
  if (units <= room) return { encoding, segments: [text], units, left: room - units }

  const perPart = partUnits(encoding, options.wideRef)
  const segments: string[] = []
  let segment = ''
  let used = 0
  for (const character of characters) {
    const more = unitsOf(character)
    if (used + more > perPart) {
      segments.push(segment)
      segment = ''
      used = 0
    }
    segment += character
    used += more
  }
  segments.push(segment)
  return { encoding, segments, units, left: perPart - used }
}
