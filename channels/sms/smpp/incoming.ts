/** What a deliver_sm or data_sm brings: a text, a part of a longer one, a receipt, or nothing people can read. */
import type { LongPart } from '../reassembly.ts'
import { readUserData } from '../udh.ts'
import { phoneOf } from './address.ts'
import { TLV } from './fields.ts'
import type { Pdu } from './pdu.ts'
import type { Receipt } from './receipt.ts'
import { readReceipt } from './receipt.ts'

export type Delivered = Pdu<'deliver_sm'> | Pdu<'data_sm'>

export type Incoming =
  /** `numbers`: both of it, as centres write the receiver's number now here, now there */
  | { kind: 'receipt'; receipt: Receipt | 'unreadable'; numbers: string[] }
  | { kind: 'part'; part: LongPart }
  | { kind: 'text'; from: string; to: string; coding: number; content: Buffer }

const UDH_INDICATOR = 0x40

export function readIncoming(pdu: Delivered): Incoming {
  const { body, tlvs } = pdu
  const payload = tlvs.get(TLV.messagePayload)
  const content = payload ?? ('content' in body ? body.content : Buffer.alloc(0))
  const receipt = readReceipt({ body: { ...body, content } as Pdu<'deliver_sm'>['body'], tlvs })
  if (receipt) return { kind: 'receipt', receipt, numbers: [body.source, body.destination] }

  const from = phoneOf({ ton: body.sourceTon, digits: body.source })
  const to = phoneOf({ ton: body.destinationTon, digits: body.destination })
  const coding = body.dataCoding
  const user = body.esmClass & UDH_INDICATOR ? readUserData(content) : { body: content }
  const concatenation = user.concatenation ?? segmentation(tlvs)
  if (concatenation && concatenation.total > 1) {
    const { ref, wide, total, seq } = concatenation
    return { kind: 'part', part: { from, to, ref, wide, total, seq, coding, bytes: user.body } }
  }
  return { kind: 'text', from, to, coding, content: user.body }
}

/** The same in parameters (§5.3.2.22 to 24), for centres that strip headers. */
function segmentation(tlvs: Pdu['tlvs']) {
  const [ref, total, seq] = [TLV.sarRef, TLV.sarTotal, TLV.sarSeq].map((tag) => tlvs.get(tag))
  if (ref?.length !== 2 || total?.length !== 1 || seq?.length !== 1) return undefined
  const place = { ref: ref.readUInt16BE(0), wide: true, total: total[0]!, seq: seq[0]! }
  return place.seq >= 1 && place.seq <= place.total ? place : undefined
}
