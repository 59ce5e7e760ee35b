/** `"a \"b\""` → `a "b"`; text without quotes comes back as it is (RFC 3261 §25.1, quoted-pair). */
export function unquote(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text
  const inner = text.slice(1, -1)
  return inner.includes('\\') ? inner.replace(/\\([\s\S])/g, '$1') : inner
}

// control characters may stand in a quoted string behind a backslash only
// eslint-disable-next-line no-control-regex
const escaped = /["\\\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

/** `a "b"` → `"a \"b\""`. Line ends cannot be quoted at all and become spaces. */
export function quote(text: string): string {
  return `"${text.replace(/[\r\n]+/g, ' ').replace(escaped, '\\$&')}"`
}
