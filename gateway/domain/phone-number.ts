/**
 * Telephone numbers as identities and as people read them. Every channel stores the one form of `normalPhone`,
 * so that a call and a text message from the same number are the same identity. Pure.
 */

/** E.164: country code and number together */
const INTERNATIONAL = /^\+[1-9]\d{6,14}$/
const MOBILE = /^1[3-9]\d{9}$/
/** area code without its 0 (10, 2x, or three digits from 3 on), then 7 or 8 digits */
const LANDLINE = /^(?:10\d{8}|2\d{9}|[3-9]\d{2}\d{7,8})$/
/** 12301, 110, 95588, 10086: dialled as they are, also where a carrier writes a country code before them */
const SHORT = /^(?:1\d{2,5}|9\d{4,5})$/
/** extensions of two digits; the ids of companies that send text messages are up to 20 digits long */
const DIALLED = /^\d{2,20}$/

/**
 * @param text as signalled, typed or pasted: '13800138000', '0086 138-0013-8000', '029-8721 0000'
 * @param defaultCountry country code of numbers written without one; only China's plan ('86') is known, other
 * numbers without one stay as they are
 * @returns E.164 with '+'; the digits as they are where they are no public number (extension, 12301, sender id);
 * undefined when it is no number (anonymous, an alphanumeric sender)
 */
export function normalPhone(text: string, defaultCountry = '86'): string | undefined {
  // address books paste invisible direction marks along
  const written = text
    .slice(0, 64)
    .normalize('NFKC')
    .replace(/^\s*tel:/i, '')
    .replace(/[\s().\p{Pd}\p{Cf}]/gu, '')
  const international = written.replace(/^00/, '+')
  if (international.startsWith('+86')) return chinese(international.slice(3))
  if (international.startsWith('+'))
    return INTERNATIONAL.test(international) ? international : undefined
  if (!DIALLED.test(written)) return undefined
  if (defaultCountry !== '86') return written
  // exchanges once wanted a 0 before the mobile number of another city
  if (written.startsWith('0')) return national(written.slice(1)) ?? written
  if (MOBILE.test(written)) return `+86${written}`
  // carriers write the country code without a +
  return (written.startsWith('86') ? national(written.slice(2)) : undefined) ?? written
}

/** What follows +86, also with a 0 that does not belong there. */
function chinese(rest: string): string | undefined {
  const number = rest.replace(/^0/, '')
  if (SHORT.test(number)) return number
  return INTERNATIONAL.test(`+86${number}`) ? `+86${number}` : undefined
}

function national(number: string): string | undefined {
  return MOBILE.test(number) || LANDLINE.test(number) ? `+86${number}` : undefined
}

/** Can a text message reach it? In China only mobile numbers; what other countries do is not ours to know. */
export function takesTextMessages(normal: string): boolean {
  return normal.startsWith('+86') ? MOBILE.test(normal.slice(3)) : normal.startsWith('+')
}

/** For reading: 138 0013 8000, 029-8721 0000; numbers of other countries as they are. */
export function displayPhone(normal: string): string {
  if (!normal.startsWith('+86')) return normal
  const number = normal.slice(3)
  if (MOBILE.test(number)) return `${number.slice(0, 3)} ${number.slice(3, 7)} ${number.slice(7)}`
  if (!LANDLINE.test(number)) return normal
  const areaDigits = /^(?:10|2)/.test(number) ? 2 : 3
  const own = number.slice(areaDigits)
  return `0${number.slice(0, areaDigits)}-${own.slice(0, -4)} ${own.slice(-4)}`
}

/** For those who may know that it is theirs, and nobody else: 138****8000. */
export function maskedPhone(normal: string): string {
  const number = normal.replace(/^\+86/, '')
  return number.length < 7 ? number : `${number.slice(0, -8)}****${number.slice(-4)}`
}
