/**
 * Numbers that tell who somebody is, starred: Chinese identity numbers (GB 11643: 17 digits and a digit or X),
 * mobile and other telephone numbers, also as spoken, bank cards (ISO/IEC 7812: up to 19 digits), e-mail
 * addresses and passports. Prices, years, dates and service numbers (`120`, `2026-11-22`, `12345`) stay.
 */
const PATTERNS: RegExp[] = [
  /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g,
  /(?<![A-Za-z0-9])[A-Za-z]{1,2}\d{6,9}(?!\d)/g,
  // with the spaces and dashes people write into them; seven digits are a local number already
  /(?<![\d0-9.])(?!\d{4}-\d{1,2}-\d{1,2}(?!\d))[++]?[\d0-9](?:[ -]?[\d0-9]){6,20}[Xx]?(?![\d0-9])/g,
  /[零〇一二三四五六七八九幺]{7,24}/g,
]

export function maskPersonal(text: string): string {
  return PATTERNS.reduce((masked, pattern) => masked.replace(pattern, '***'), text)
}
