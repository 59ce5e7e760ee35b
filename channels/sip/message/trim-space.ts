/**
 * Without the spaces and tabs around it. `trim()` would also take the byte order mark and the ideographic
 * space, which belong to the value (RFC 4475 intmeth begins a header with the former).
 */
export function trimSpace(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isSpace(text.charCodeAt(start))) start++
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

const isSpace = (code: number): boolean => code === 32 || code === 9
