/** What is written, in the alphabets of CMPP (Msg_Fmt), cut into parts. */
import iconv from 'iconv-lite'
import { smsSegments } from '../../../gateway/domain/sms-segments.ts'
import type { PartPiece } from '../reassembly.ts'
import { concatenationHeader } from '../udh.ts'

const ASCII = 0
const UCS2 = 8
const GBK = 15
/** 3 writes to the card, 4 is binary, 245 and 246 are WAP push and pictures: nothing a person wrote */
const binary = new Set([3, 4, 245, 246])

export interface CmppPart {
  msgFmt: number
  udhi: boolean
  content: Buffer
}

/**
 * A short text of printable ASCII goes as it is. Everything longer goes as UCS-2, also where ASCII would do:
 * gateways add the sender's Chinese signature to it, and few put long ASCII together again.
 * @param ref ties the parts: the same at each attempt of one message
 */
export function cmppParts(text: string, ref: number): CmppPart[] {
  const plain = smsSegments(text)
  if (/^[\n\r -~]*$/.test(text) && plain.encoding === 'gsm7' && plain.segments.length === 1)
    return [{ msgFmt: ASCII, udhi: false, content: Buffer.from(text, 'latin1') }]
  const { segments } = smsSegments(text, { forceUcs2: true })
  const total = segments.length
  return segments.map((segment, index) => {
    const content = Buffer.from(segment, 'utf16le').swap16()
    if (total === 1) return { msgFmt: UCS2, udhi: false, content }
    const header = concatenationHeader({ ref, wide: false, total, seq: index + 1 })
    return { msgFmt: UCS2, udhi: true, content: Buffer.concat([header, content]) }
  })
}

/** What was no text, and what never came, as people read it. */
const NO_TEXT = '[非文本短信 · no text]'
const MISSING = '[…]'

/** The text of the parts of one message; neighbours in one alphabet are read together, as a cut may be in a letter. */
export function readPieces(pieces: PartPiece[]): string {
  const runs: PartPiece[] = []
  for (const piece of pieces) {
    const last = runs.at(-1)
    if (last && piece && last.coding === piece.coding)
      runs[runs.length - 1] = { ...last, bytes: Buffer.concat([last.bytes, piece.bytes]) }
    else runs.push(piece)
  }
  return runs.map((run) => (run ? readContent(run.bytes, run.coding) : MISSING)).join('')
}

function readContent(bytes: Buffer, msgFmt: number): string {
  if (binary.has(msgFmt)) return NO_TEXT
  switch (msgFmt & 0x0f) {
    case UCS2:
      // an odd byte at the end is half a letter
      return Buffer.from(bytes.subarray(0, bytes.length & ~1))
        .swap16()
        .toString('utf16le')
    case GBK:
      return iconv.decode(bytes, 'gb18030')
    default:
      // some gateways call GBK ASCII
      return bytes.some((byte) => byte > 0x7f)
        ? iconv.decode(bytes, 'gb18030')
        : bytes.toString('latin1')
  }
}
