import { fail } from '../errors.ts'

const MARKS: [mark: string, encoding: string][] = [
  ['efbbbf', 'utf-8'],
  ['fffe', 'utf-16le'],
  ['feff', 'utf-16be'],
]

/**
 * The words of a text file: UTF-8, UTF-16 with its mark, or what Excel and Notepad write in China (GBK, decoded
 * as its superset GB 18030).
 * @throws YiluError BAD_DOCUMENT where it is no text
 */
export function decodeText(bytes: Buffer): string {
  const head = bytes.toString('hex', 0, 3)
  const marked = MARKS.find(([mark]) => head.startsWith(mark))?.[1]
  for (const encoding of marked ? [marked] : ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      // programs and pictures that happen to decode
      // eslint-disable-next-line no-control-regex -- that is what tells them
      if (!/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text)) return text
    } catch {
      // not this one
    }
  }
  return fail('BAD_DOCUMENT', { reason: 'encoding' })
}
