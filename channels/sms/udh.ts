/** The user data header of a short message, 3GPP TS 23.040 §9.2.3.24: what ties the parts of a long one. */

export interface Concatenation {
  ref: number
  /** an 8-bit reference (element 00) and a 16-bit one (08) of the same value are different messages */
  wide: boolean
  total: number
  /** from 1 */
  seq: number
}

export interface UserData {
  concatenation?: Concatenation
  /** what follows the header */
  body: Buffer
}

/**
 * The header of one part: six bytes, or seven with a 16-bit reference.
 * @throws RangeError beyond 255 parts
 */
export function concatenationHeader({ ref, wide, total, seq }: Concatenation): Buffer {
  if (total > 255 || seq < 1 || seq > total) throw new RangeError('255 parts at most')
  return wide
    ? Buffer.from([6, 8, 4, (ref >> 8) & 255, ref & 255, total, seq])
    : Buffer.from([5, 0, 3, ref & 255, total, seq])
}

/**
 * Reads what was marked as having a header. A header that cannot be one (longer than the content, elements
 * over its end) is taken for text, as senders mark wrongly; a place outside `total` is no concatenation.
 */
export function readUserData(content: Buffer): UserData {
  const length = content[0]
  if (length === undefined || length + 1 > content.length) return { body: content }
  const header = content.subarray(1, length + 1)
  let concatenation: Concatenation | undefined
  for (let at = 0; at < header.length;) {
    const [element, size] = [header[at]!, header[at + 1]]
    if (size === undefined || at + 2 + size > header.length) return { body: content }
    concatenation =
      concatenationOf(element, header.subarray(at + 2, at + 2 + size)) ?? concatenation
    at += 2 + size
  }
  return { body: content.subarray(length + 1), ...(concatenation && { concatenation }) }
}

function concatenationOf(element: number, data: Buffer): Concatenation | undefined {
  const wide = element === 8 && data.length === 4
  if (!wide && !(element === 0 && data.length === 3)) return undefined
  const ref = wide ? data.readUInt16BE(0) : data[0]!
  const [total, seq] = [data.at(-2)!, data.at(-1)!]
  return seq >= 1 && seq <= total ? { ref, wide, total, seq } : undefined
}
