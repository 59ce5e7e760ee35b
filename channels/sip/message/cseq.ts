import { Scanner } from './scanner.ts'
import type { CSeq } from './sip-message.ts'
import { fault } from './syntax-fault.ts'

/** RFC 3261 §8.1.1.5: less than 2^31 */
const CSEQ_MAX = 2 ** 31 - 1

/** Throws SyntaxFault. */
export function readCSeq(text: string): CSeq {
  const scanner = new Scanner(text)
  const digits = scanner.token()
  // leading zeros are allowed, so the length says nothing
  if (!/^\d{1,32}$/.test(digits)) fault('CSeq malformed')
  const seq = Number(digits)
  if (seq > CSEQ_MAX) fault('CSeq too large')
  scanner.space()
  const method = scanner.token()
  scanner.space()
  if (!scanner.done) fault('CSeq malformed')
  return { seq, method }
}

export function formatCSeq(cseq: CSeq): string {
  return cseq.unreadable ?? `${cseq.seq} ${cseq.method}`
}
