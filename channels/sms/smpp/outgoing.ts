/** A text as the submit_sm it takes. */
import { smsSegments } from '../../../gateway/domain/sms-segments.ts'
import { concatenationHeader } from '../udh.ts'
import type { Address } from './address.ts'
import type { CentreAlphabet } from './data-coding.ts'
import { CODING, fitsLatin1, writeSeptets, writeUcs2 } from './data-coding.ts'
import type { Body } from './fields.ts'
import { TLV } from './fields.ts'
import type { Tlvs } from './pdu.ts'

/**
 * How a long text goes: as parts with a header in the content (8- or 16-bit reference), as parts with sar_*
 * parameters, or whole in message_payload, for the centre to cut.
 */
export type LongStyle = 'udh' | 'udh16' | 'sar' | 'payload'

export interface WritingOptions {
  source: Address
  destination: Address
  serviceType: string
  alphabet: CentreAlphabet
  long: LongStyle
  /** ties the parts of this text together */
  ref: number
  receipts: boolean
  /** minutes after which the centre gives up; 0: as long as it likes */
  validMinutes: number
}

export interface Submit {
  body: Body<'submit_sm'>
  tlvs: Tlvs
}

const UDH_INDICATOR = 0x40

/** What `segmentsOf` cuts, as PDUs. */
export function writeSubmits(text: string, options: WritingOptions): Submit[] {
  const { encoding, segments } = segmentsOf(text, options.long)
  const latin1 = encoding === 'gsm7' && options.alphabet === 'latin1'
  // a centre that reads Latin-1 cannot be given what only the septets have
  const asUcs2 = encoding === 'ucs2' || (latin1 && !fitsLatin1(text))
  const dataCoding = asUcs2 ? CODING.ucs2 : CODING.centreDefault
  const octetsOf = (segment: string) =>
    asUcs2 ? writeUcs2(segment) : latin1 ? Buffer.from(segment, 'latin1') : writeSeptets(segment)

  const pieces =
    asUcs2 && encoding === 'gsm7' ? segmentsOf(text, options.long, true).segments : segments
  return pieces.map((segment, index) => {
    const body = { ...envelope(options), dataCoding }
    const octets = octetsOf(segment)
    const place = { ref: options.ref, total: pieces.length, seq: index + 1 }
    if (options.long === 'payload' && octets.length > (asUcs2 ? UCS2_OCTETS : SEPTETS))
      return { body, tlvs: new Map([[TLV.messagePayload, octets]]) }
    if (pieces.length === 1) return { body: { ...body, content: octets }, tlvs: new Map() }
    if (options.long === 'sar')
      return { body: { ...body, content: octets }, tlvs: segmentation(place) }
    const header = concatenationHeader({ ...place, wide: options.long === 'udh16' })
    return {
      body: { ...body, esmClass: UDH_INDICATOR, content: Buffer.concat([header, octets]) },
      tlvs: new Map(),
    }
  })
}

/** One short message: 140 octets, or 160 septets, which come one in each octet. */
const UCS2_OCTETS = 140
const SEPTETS = 160

/** `payload` leaves the cutting to the centre: it is one to us. */
export function segmentsOf(text: string, long: LongStyle, forceUcs2 = false) {
  const cut = smsSegments(text, { wideRef: long !== 'udh', forceUcs2 })
  return long === 'payload' ? { ...cut, segments: [text] } : cut
}

function envelope(options: WritingOptions): Body<'submit_sm'> {
  const { source, destination, validMinutes } = options
  return {
    serviceType: options.serviceType,
    ...{ sourceTon: source.ton, sourceNpi: source.npi, source: source.digits },
    ...{ destinationTon: destination.ton, destinationNpi: destination.npi },
    ...{ destination: destination.digits, esmClass: 0, protocolId: 0, priority: 0 },
    ...{ scheduleTime: '', validityPeriod: validMinutes ? relativeTime(validMinutes) : '' },
    ...{ registeredDelivery: options.receipts ? 1 : 0, replaceIfPresent: 0 },
    ...{ dataCoding: 0, defaultMessageId: 0, content: Buffer.alloc(0) },
  }
}

/** YYMMDDhhmmss000R (§7.1.1), at most 99 days ahead. */
function relativeTime(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const days = Math.min(99, Math.floor(minutes / 1440))
  return `0000${two(days)}${two(Math.floor((minutes % 1440) / 60))}${two(minutes % 60)}00000R`
}

function segmentation({ ref, total, seq }: { ref: number; total: number; seq: number }): Tlvs {
  const reference = Buffer.alloc(2)
  reference.writeUInt16BE(ref & 0xffff)
  return new Map([
    [TLV.sarRef, reference],
    [TLV.sarTotal, Buffer.of(total)],
    [TLV.sarSeq, Buffer.of(seq)],
  ])
}
