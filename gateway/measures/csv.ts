/** RFC 4180, safe to open in a spreadsheet. */

/**
 * One field. A spreadsheet runs what begins with = + - @, a tab or a return as a formula (OWASP, CSV injection), also
 * behind spaces; an apostrophe makes it text. Numbers of ours stay numbers.
 */
function field(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const safe =
    /^[\s\p{C}]*[=+\-@|%＝＋－＠]/u.test(value) || /^[\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** @returns the file, with a byte order mark: without it Excel takes UTF-8 for the local code page */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(field).join(',')).join('\r\n')}\r\n`
}
