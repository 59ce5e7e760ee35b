/**
 * The default alphabet of short messages (3GPP TS 23.038 §6.2.1) and its extension table (§6.2.1.1). A
 * character is one septet, or two: the escape 0x1B and one of the extension table.
 */
const ESCAPE = 0x1b
/** the unused place of a code in `basic` */
const NONE = '\0'

const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ' +
  NONE +
  'ÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const extension: Record<string, number> = {
  ...{ '\f': 0x0a, '^': 0x14, '{': 0x28, '}': 0x29, '\\': 0x2f },
  ...{ '[': 0x3c, '~': 0x3d, ']': 0x3e, '|': 0x40, '€': 0x65 },
}

const septets = new Map<string, readonly number[]>([
  ...[...basic].map((character, code): [string, number[]] => [character, [code]]),
  ...Object.entries(extension).map(([character, code]): [string, number[]] => [
    character,
    [ESCAPE, code],
  ]),
])
septets.delete(NONE)
const extended = new Map(Object.entries(extension).map(([character, code]) => [code, character]))

/** The septets of one character; undefined: the alphabet has it not. */
export function septetsOf(character: string): readonly number[] | undefined {
  return septets.get(character)
}

/**
 * Reads septets, one in each octet, as SMPP and CMPP carry them. An escape before a code the extension table
 * has not is a space, as §6.2.1.1 says of a receiver that knows no further tables; then the character itself.
 */
export function readSeptets(octets: Uint8Array): string {
  let text = ''
  for (let at = 0; at < octets.length; at++) {
    const code = octets[at]! & 0x7f
    if (code !== ESCAPE) {
      text += basic[code]!
      continue
    }
    const next = octets[at + 1]
    const character = next === undefined ? undefined : extended.get(next & 0x7f)
    text += character ?? ' '
    if (character) at++
  }
  return text
}
