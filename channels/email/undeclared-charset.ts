/**
 * Mail that says nothing of its characters. Headers must be ASCII or UTF-8 (RFC 6532), yet old Chinese programs
 * write GBK as it is; such bytes are not UTF-8, and GB18030 reads all of GBK and GB2312.
 */
import iconv from 'iconv-lite'

/** @returns the same mail, with such bytes as UTF-8 */
export function withoutUndeclaredCharset(raw: Buffer): Buffer {
  const end = endOfHeader(raw)
  const header = raw.subarray(0, end)
  const body = raw.subarray(end)
  const parts = [isUtf8(header) ? header : fromGb18030(header)]
  const declared = /charset\s*\*?=/i.test(raw.toString('latin1'))
  parts.push(declared || isUtf8(body) ? body : fromGb18030(body))
  return parts[0] === header && parts[1] === body ? raw : Buffer.concat(parts)
}

function endOfHeader(raw: Buffer): number {
  for (const gap of ['\r\n\r\n', '\n\n']) {
    const at = raw.indexOf(gap)
    if (at >= 0) return at
  }
  return raw.length
}

const isUtf8 = (bytes: Buffer): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

const fromGb18030 = (bytes: Buffer): Buffer => Buffer.from(iconv.decode(bytes, 'gb18030'))
