/**
 * The name of a file in a Content-Disposition header (RFC 6266): `attachment; filename="a.pdf"`, or
 * `filename*=UTF-8''…` (RFC 8187), which wins. undefined: it has none.
 */
export function dispositionName(header: string): string | undefined {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(header)?.[1]
  try {
    if (extended) return decodeURIComponent(extended)
  } catch {
    // not encoded as it says
  }
  const plain = /filename="?([^";]+)"?/.exec(header)?.[1]
  return plain && fromHeader(plain)
}

/** Node and fetch read the bytes of a header as Latin-1; WeCom and many clients write UTF-8. */
function fromHeader(text: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'))
  } catch {
    return text
  }
}
