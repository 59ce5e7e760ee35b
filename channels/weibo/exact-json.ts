/**
 * JSON whose integers have up to 64 bits: Weibo writes sender ids and message ids as bare numbers, and
 * `JSON.parse` would round those above 2^53 to somebody else's. Integers of 16 digits and more become strings.
 */

/** Number.MAX_SAFE_INTEGER has 16 digits, so 15 are always safe. */
const SAFE_DIGITS = 15

/** @throws SyntaxError like JSON.parse */
export function parseExactJson(text: string): unknown {
  return JSON.parse(quoteLongIntegers(text))
}

/** One pass over the text, so that no input takes longer than its length. */
function quoteLongIntegers(text: string): string {
  let result = ''
  let copied = 0
  for (let at = 0; at < text.length;) {
    const char = text[at]!
    if (char === '"') at = endOfString(text, at)
    else if (char === '-' || isDigit(char)) {
      const end = endOfNumber(text, at)
      const token = text.slice(at, end)
      if (/^-?\d+$/.test(token) && token.replace('-', '').length > SAFE_DIGITS) {
        result += `${text.slice(copied, at)}"${token}"`
        copied = end
      }
      at = end
    } else at++
  }
  return result + text.slice(copied)
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return text.length
}

function endOfNumber(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && /[\d.eE+-]/.test(text[at]!)) at++
  return at
}

const isDigit = (char: string) => char >= '0' && char <= '9'
