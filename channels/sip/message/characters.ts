/** Character classes of RFC 3261 §25.1 as bit tables: one array access per character. */
const TOKEN = 1
const USER = 2
const PASSWORD = 4
const HOST = 8
const URI_PARAM = 16
const HEX = 32
const DIGIT = 64
const URI_HEADER = 128

const table = new Uint8Array(128)
const mark = (characters: string, bits: number): void => {
  for (const character of characters) table[character.charCodeAt(0)]! |= bits
}
const digits = '0123456789'
const alphanumeric = `abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ${digits}`
const unreserved = `${alphanumeric}-_.!~*'()%` // '%' begins an escape
mark(`${alphanumeric}-.!%*_+\`'~`, TOKEN)
// '#' is not allowed there, but phones send it unescaped in feature codes such as *21#
mark(`${unreserved}&=+$,;?/#`, USER)
mark(`${unreserved}&=+$,`, PASSWORD)
// '_' is no host character, but names of compose services have it
mark(`${alphanumeric}-._`, HOST)
mark(`${unreserved}[]/:&+$`, URI_PARAM)
mark(`${unreserved}[]/?:+$&=`, URI_HEADER)
mark(`${digits}abcdefABCDEF`, HEX)
mark(digits, DIGIT)

const has = (code: number, bit: number): boolean => code < 128 && (table[code]! & bit) !== 0

export const isTokenCode = (code: number): boolean => has(code, TOKEN)
export const isHexCode = (code: number): boolean => has(code, HEX)
export const isDigitCode = (code: number): boolean => has(code, DIGIT)

const consistsOf =
  (bit: number) =>
  (text: string): boolean => {
    for (let index = 0; index < text.length; index++)
      if (!has(text.charCodeAt(index), bit)) return false
    return true
  }

/** Each holds for '' too. */
export const isToken = consistsOf(TOKEN)
export const isUser = consistsOf(USER)
export const isPassword = consistsOf(PASSWORD)
export const isHostName = consistsOf(HOST)
export const isUriParam = consistsOf(URI_PARAM)
export const isUriHeaders = consistsOf(URI_HEADER)
export const isDigits = consistsOf(DIGIT)

/** '%' only before two hexadecimal digits */
export function escapesAreWhole(text: string): boolean {
  let at = text.indexOf('%')
  while (at !== -1) {
    if (!isHexCode(text.charCodeAt(at + 1)) || !isHexCode(text.charCodeAt(at + 2))) return false
    at = text.indexOf('%', at + 3)
  }
  return true
}
