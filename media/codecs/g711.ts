import type { Codec } from '../media.ts'
import { fromALaw, toALaw } from './a-law.ts'
import { fromMuLaw, toMuLaw } from './mu-law.ts'

export interface G711 {
  readonly name: Codec
  /** RFC 3551 §6, table 4 */
  readonly payloadType: number
  /** what a sample of 0 is on the wire */
  readonly silence: number
  /** `bytes.length` samples into `out` */
  decode(bytes: Uint8Array, out: Int16Array): void
  encode(pcm: Int16Array, out: Uint8Array): void
}

const codec = (
  name: Codec,
  payloadType: number,
  toLinear: Int16Array,
  fromLinear: Uint8Array,
): G711 => ({
  name,
  payloadType,
  silence: fromLinear[0]!,
  decode(bytes, out) {
    for (let i = 0; i < bytes.length; i++) out[i] = toLinear[bytes[i]!]!
  },
  encode(pcm, out) {
    for (let i = 0; i < pcm.length; i++) out[i] = fromLinear[pcm[i]! & 0xffff]!
  },
})

export const g711: Record<Codec, G711> = {
  PCMA: codec('PCMA', 8, fromALaw, toALaw),
  PCMU: codec('PCMU', 0, fromMuLaw, toMuLaw),
}

const table = (from: Int16Array, to: Uint8Array) =>
  Uint8Array.from({ length: 256 }, (_, code) => to[from[code]! & 0xffff]!)
const aToMu = table(fromALaw, toMuLaw)
const muToA = table(fromMuLaw, toALaw)

/** The same sound in the other law, byte for byte. */
export function transcode(bytes: Uint8Array, to: Codec): Uint8Array {
  const map = to === 'PCMA' ? muToA : aToMu
  return bytes.map((code) => map[code]!)
}
