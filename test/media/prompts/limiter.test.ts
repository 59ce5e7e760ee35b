import { expect } from 'chai'
import fc from 'fast-check'
import { CEILING, Limiter } from '../../../media/prompts/limiter.ts'
import { sine } from './sine.ts'

function limit(samples: Float32Array, gain: number): Int16Array {
  const limiter = new Limiter(gain)
  return Int16Array.from([...limiter.push(samples), ...limiter.flush()])
}

describe('keeping peaks below −3 dBFS', () => {
  it('holds for any samples and any gain, and loses none', () => {
    const samples = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { maxLength: 400 })
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 200_000 }), (values, gain) => {
        const output = limit(Float32Array.from(values), gain)
        expect(output.length).to.equal(values.length)
        for (const sample of output) expect(Math.abs(sample)).to.be.at.most(Math.ceil(CEILING))
      }),
    )
  })

  it('leaves what is below as it is', () => {
    const input = sine(440, 8000, 0.1, 0.5)
    const output = limit(input, 32_768)
    for (const [at, sample] of output.entries()) {
      expect(Math.abs(sample - input[at]! * 32_768)).to.be.at.most(1)
    }
  })

  it('gives the gain back after a loud moment', () => {
    const quiet = sine(440, 8000, 1, 0.2)
    quiet[800] = 1
    const output = limit(quiet, 32_768 * 2)
    const peak = (from: number) => Math.max(...output.subarray(from, from + 200))
    expect(peak(780)).to.be.at.most(Math.ceil(CEILING))
    expect(peak(6000)).to.be.within(0.39 * 32_768, 0.401 * 32_768)
  })
})
