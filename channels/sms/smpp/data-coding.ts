/** Which alphabet a short message is written in: data_coding (SMPP 3.4 §5.2.19, 3GPP TS 23.038 §4). */
import iconv from 'iconv-lite'
import { readSeptets, septetsOf } from '../../../gateway/domain/gsm-alphabet.ts'

export const CODING = { centreDefault: 0, ucs2: 8 } as const

/** What a centre takes data_coding 0 to mean. */
export type CentreAlphabet = 'gsm7' | 'latin1'

const byCoding: Record<number, string> = {
  1: 'latin1',
  3: 'latin1',
  5: 'shift_jis',
  6: 'iso-8859-5',
  7: 'iso-8859-8',
  13: 'eucjp',
  14: 'euckr',
}

/**
 * @returns undefined where it is no text (8-bit data: ring tones, settings, SIM commands)
 */
export function readText(
  octets: Buffer,
  dataCoding: number,
  centre: CentreAlphabet,
): string | undefined {
  const alphabet = alphabetOf(dataCoding)
  if (alphabet === 'data') return undefined
  if (alphabet === 'ucs2') return iconv.decode(octets, 'utf16-be', { stripBOM: true })
  if (alphabet === 'default')
    return centre === 'gsm7' ? readSeptets(octets) : octets.toString('latin1')
  return iconv.decode(octets, alphabet)
}

function alphabetOf(dataCoding: number): string {
  if (dataCoding === CODING.centreDefault) return 'default'
  if (dataCoding === CODING.ucs2) return 'ucs2'
  if (dataCoding === 2 || dataCoding === 4) return 'data'
  // with a message class, as telephones mark flash messages: 0xF0…0xFF, and 0x10…0x1F of the general group
  if ((dataCoding & 0xf0) === 0xf0) return dataCoding & 0x04 ? 'data' : 'default'
  if ((dataCoding & 0xf0) === 0x10)
    return { 0x00: 'default', 0x04: 'data', 0x08: 'ucs2' }[dataCoding & 0x0c] ?? 'default'
  // unknown ones are read as what most centres deliver anyway
  return byCoding[dataCoding] ?? 'default'
}

/** All the characters must be in the alphabet (domain/sms-segments.ts). */
export function writeSeptets(text: string): Buffer {
  return Buffer.from([...text].flatMap((character) => [...(septetsOf(character) ?? [0x3f])]))
}

export function writeUcs2(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16()
}

/** Can the centre's alphabet be written in Latin-1 octets? */
export function fitsLatin1(text: string): boolean {
  return /^[\n\r\x20-\x7e\xa0-\xff]*$/.test(text)
}
