/** ITU-T G.711 µ-law as two tables; see a-law.ts. All bits are inverted on the wire. */
export const fromMuLaw = new Int16Array(256)
export const toMuLaw = new Uint8Array(65_536)

const BIAS = 0x84
const CLIP = 32_635

for (let code = 0; code < 256; code++) {
  const plain = ~code & 0xff
  const magnitude = ((((plain & 15) << 3) + BIAS) << ((plain >> 4) & 7)) - BIAS
  fromMuLaw[code] = plain & 0x80 ? -magnitude : magnitude
}

/** index: the sample as unsigned 16 bits */
for (let index = 0; index < 65_536; index++) {
  const sample = (index << 16) >> 16
  const magnitude = Math.min(Math.abs(sample), CLIP) + BIAS
  const segment = 24 - Math.clz32(magnitude)
  const step = (magnitude >> (segment + 3)) & 15
  toMuLaw[index] = ~((sample < 0 ? 0x80 : 0) | (segment << 4) | step)
}
