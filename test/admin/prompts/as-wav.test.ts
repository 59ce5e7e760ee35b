import { expect } from 'chai'
import { wavOf } from '../../../admin/src/prompts/as-wav.ts'

describe('what the browser recorded', () => {
  it('is a WAV file of 16 bit with its samples, none beyond full scale', async () => {
    const blob = wavOf(Float32Array.of(0, 0.5, -0.5, 2, -2), 16_000)
    const bytes = Buffer.from(await blob.arrayBuffer())
    expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 16)).to.equal(
      'RIFFWAVEfmt ',
    )
    expect(bytes.readUInt32LE(24)).to.equal(16_000)
    expect(bytes.readUInt32LE(40)).to.equal(10)
    const samples = Array.from({ length: 5 }, (_, at) => bytes.readInt16LE(44 + 2 * at))
    expect(samples).to.deep.equal([0, 16_384, -16_383, 32_767, -32_767])
  })
})
