/** Telephone numbers as identities: E.164, so that the same person is found however the number was written. */

const MAX_DIGITS = 15
const CHINESE_MOBILE = /^1[3-9]\d{9}$/
/** trunk prefix 0, area code and subscriber number */
const CHINESE_FIXED = /^0[1-9]\d{8,10}$/

/**
 * @param number as signalled: '+8613900000000', '008613900000000', '013900000000', '02987210000'
 * @returns E.164 with '+', or the digits as they are where they are no public number (extension, short code);
 * undefined when there is no number in it (anonymous)
 */
export function e164(number: string, country = '86'): string | undefined {
  const written = number.replace(/[\s().-]/g, '')
  if (!/^\+?\d{2,20}$/.test(written)) return undefined
  if (written.startsWith('+')) return written.slice(0, MAX_DIGITS + 1)
  if (written.startsWith('00')) return `+${written.slice(2, 2 + MAX_DIGITS)}`
  if (country === '86') {
    const mobile = written.replace(/^0(?=1[3-9]\d{9}$)/, '')
    if (CHINESE_MOBILE.test(mobile)) return `+86${mobile}`
    if (CHINESE_FIXED.test(written)) return `+86${written.slice(1)}`
    if (written.startsWith('86') && CHINESE_MOBILE.test(written.slice(2))) return `+${written}`
  }
  return written
}
