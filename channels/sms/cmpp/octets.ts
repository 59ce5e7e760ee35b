/** Fields of CMPP: fixed lengths, filled up with zero bytes. */

/** @throws RangeError when it is longer than its field: cut, it would be another number */
export function octets(text: string, length: number): Buffer {
  const bytes = Buffer.from(text, 'latin1')
  if (bytes.length > length) throw new RangeError(`more than ${length} bytes`)
  return Buffer.concat([bytes, Buffer.alloc(length - bytes.length)])
}

/** Up to the first zero byte; gateways also fill up with spaces. */
export function textOf(field: Buffer): string {
  const end = field.indexOf(0)
  return field
    .subarray(0, end < 0 ? field.length : end)
    .toString('latin1')
    .trim()
}
