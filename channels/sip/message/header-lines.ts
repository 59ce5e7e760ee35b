import { isToken } from './characters.ts'
import { headerKey } from './header-names.ts'
import { limits } from './limits.ts'
import { fault } from './syntax-fault.ts'
import { trimSpace } from './trim-space.ts'

/**
 * Tells each header field after `at` (the CRLF before it, -1 if there is none), its lines unfolded
 * (RFC 3261 §7.3.1). Throws SyntaxFault at the first line that is no header.
 */
export function readHeaderLines(
  head: string,
  at: number,
  tell: (key: string, value: string) => void,
): void {
  let count = 0
  while (at !== -1 && at + 2 < head.length) {
    const start = at + 2
    let end = head.indexOf('\r\n', start)
    const folded = end !== -1 && isSpace(head.charCodeAt(end + 2))
    while (end !== -1 && isSpace(head.charCodeAt(end + 2))) end = head.indexOf('\r\n', end + 2)
    const stop = end === -1 ? head.length : end
    if (++count > limits.headerLines) fault('too many headers', 413)
    if (stop - start > limits.headerChars) fault('header too long', 413)
    const line = head.slice(start, stop)
    tellLine(folded ? line.replace(/\r\n[ \t]+/g, ' ') : line, tell)
    at = end
  }
}

function tellLine(line: string, tell: (key: string, value: string) => void): void {
  if (line.includes('\r') || line.includes('\n')) fault('line end within a header')
  const colon = line.indexOf(':')
  const name = trimSpace(line.slice(0, Math.max(colon, 0)))
  if (name === '' || name.length > 100 || !isToken(name)) fault('header without name')
  tell(headerKey(name), trimSpace(line.slice(colon + 1)))
}

const isSpace = (code: number): boolean => code === 32 || code === 9
