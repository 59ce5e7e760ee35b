/** Where e-mail and web addresses stand in a text, and their parts as one says them. */

export const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g

const HOST = String.raw`(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.){1,4}`
const ENDINGS =
  'com|cn|net|org|gov|edu|io|info|travel|hk|tw|jp|kr|uk|us|eu|top|vip|app|dev|test|example'
const PATH = String.raw`(?:[/?#][\w\-./?=&%#~+:@]*[\w/])?`

export const URL_TEXT = new RegExp(
  String.raw`(?<![\w@])(?:https?://[\w\-.:]{1,253}${PATH}|${HOST}(?:${ENDINGS})(?![\w-])${PATH})`,
  'gi',
)

/** Longer paths nobody writes down from hearing. */
const MAX_PATH = 24

/** An address without scheme, www, query, and without a long path. */
export function withoutWays(address: string): string {
  const [host = '', ...path] = address
    .replace(/^https?:\/\//i, '')
    .replace(/^www\./i, '')
    .replace(/[?#].*$/, '')
    .replace(/\/$/, '')
    .split('/')
  const rest = path.join('/')
  return rest && rest.length <= MAX_PATH ? `${host}/${rest}` : host
}

/** Its words, numbers and marks one by one; what cannot be said as a word comes letter by letter. */
export function wordsOf(address: string): string[] {
  return (address.match(/[A-Za-z]+|\d+|[.\-_/@]/g) ?? []).map((part) =>
    /^[A-Za-z]+$/.test(part) && !isWord(part) ? [...part.toUpperCase()].join(' ') : part,
  )
}

const isWord = (letters: string) =>
  letters.length > 2 && /[aeiouy]/i.test(letters) && letters !== letters.toUpperCase()
