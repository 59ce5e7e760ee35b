/**
 * Takes out of somebody's words what tells who they are: numbers of six digits and more, as written and as spoken
 * (telephone, identity card GB 11643, bank card ISO/IEC 7812, passport, booking), e-mail and web addresses. Prices,
 * years, dates and service numbers (`120`, `2026-11-22`, `12345`) stay. Pure.
 */

type Kind = 'mail' | 'web' | 'written' | 'zh' | 'en'

const MASK = '***'
/** Shorter runs of digits are service numbers, keys, counts and sums. */
const LONG = 6
/** of a number that keeps its shape: enough to be taken for a mobile, a landline, a ticket */
const KEPT = 3
const zhDigit = '[零〇○一二两三四五六七八九幺]'
const enDigit = '(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|double|triple)'

/** The first that fits at a place is what stands there; what has no name here (a day) stays. */
const found = new RegExp(
  [
    String.raw`(?<web>\bhttps?://[^\s<>"“”,。;]+)`,
    String.raw`(?<mail>[\w.+-]{1,64}[@@][\w-]{1,63}(?:\.[\w-]{1,63}){0,8})`,
    String.raw`(?<!\p{Nd})(?:20\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!-?\p{Nd})|\d{4}[-./]\d{1,2}[-./]\d{1,2}(?!\p{Nd}))`,
    // with the spaces, dots, dashes and brackets people write into them, and the letters of a passport before
    String.raw`(?<written>(?:(?<![A-Za-z])[A-Za-z]{1,2})?(?<!\p{Nd})[++]?\p{Nd}(?:[\s.()()-]{0,2}\p{Nd}){${LONG - 1},}(?:[Xx](?![A-Za-z]))?)`,
    `(?<zh>${zhDigit}(?:[\\s,,、-]?${zhDigit}){${LONG - 1},})`,
    `(?<en>\\b${enDigit}(?:[\\s,-]{1,2}${enDigit}\\b){${LONG - 1},})`,
  ].join('|'),
  'giu',
)
/** a sum, or a place on the map */
const decimal = /^\d{1,8}\.\d{1,8}$/

/** Starred: for lists that people read. */
export function maskPersonal(text: string): string {
  return replacePersonal(text, () => MASK)
}

/**
 * A telephone number stays one and a name stays a word, or a flow would not understand the same again.
 * @param names words known to name the person; shorter than two characters they are left alone
 */
export function maskKeepingShape(text: string, names: readonly string[] = []): string {
  let masked = text
  for (const name of [...names].sort((a, b) => b.length - a.length))
    if ([...name].length >= 2) masked = masked.replaceAll(name, maskAnswer(name))
  return replacePersonal(masked, shapeOf)
}

/** An answer that is personal as a whole: numbers keep their shape, words become as many marks. */
export function maskAnswer(text: string): string {
  const digits = text.replace(/\P{Nd}/gu, '').length
  if (digits >= LONG) return maskKeepingShape(text)
  return text.replace(/[\p{L}\p{N}]/gu, '某')
}

function replacePersonal(text: string, instead: (found: string, kind: Kind) => string): string {
  return text.replace(found, (whole: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Partial<Record<Kind, string>>
    const kind = (Object.keys(groups) as Kind[]).find((each) => groups[each] !== undefined)
    return !kind || (kind === 'written' && decimal.test(whole)) ? whole : instead(whole, kind)
  })
}

function shapeOf(number: string, kind: Kind): string {
  switch (kind) {
    case 'mail':
      return 'someone@example.com'
    case 'web':
      return 'https://example.com'
    case 'written':
      return keepFirst(number, /\p{Nd}/gu, '0')
    case 'zh':
      return keepFirst(number, new RegExp(zhDigit, 'gu'), '零')
    case 'en':
      return keepFirst(number, new RegExp(enDigit, 'gi'), 'zero')
  }
}

function keepFirst(text: string, each: RegExp, zero: string): string {
  let count = 0
  return text.replace(each, (digit) => (count++ < KEPT ? digit : zero))
}
