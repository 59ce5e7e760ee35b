import { expect } from 'chai'
import fc from 'fast-check'
import { resample, Resampler } from '../../../media/prompts/resampler.ts'
import { decibelsOf, sine } from './sine.ts'

/** without the first and last 50 ms, where the filter meets silence */
const middle = (samples: Float32Array) => samples.subarray(400, samples.length - 400)

describe('changing the rate to 8 kHz', () => {
  for (const fromHz of [11_025, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000]) {
    it(`from ${fromHz} keeps speech and takes away what would fold back`, () => {
      for (const hz of [200, 1000, 3000, 3300]) {
        const level = decibelsOf(middle(resample(sine(hz, fromHz, 0.5), fromHz, 8000)))
        expect(level, `${hz} Hz`).to.be.within(-1, 0.1)
      }
      for (const hz of [4400, 5000, 7000, 15_000].filter((hz) => hz < fromHz / 2)) {
        const level = decibelsOf(middle(resample(sine(hz, fromHz, 0.5), fromHz, 8000)))
        expect(level, `${hz} Hz`).to.be.below(-65)
      }
    })
  }

  it('neither moves the sound nor changes its length', () => {
    const click = new Float32Array(22_050)
    click[11_025] = 1
    const output = resample(click, 22_050, 8000)
    expect(output.length).to.equal(8000)
    expect(output.indexOf(Math.max(...output))).to.be.within(3999, 4001)
  })

  it('in pieces of any size gives exactly what it gives at once', () => {
    const whole = sine(700, 22_050, 0.1)
    const atOnce = resample(whole, 22_050, 8000)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 30 }), (sizes) => {
        const resampler = new Resampler(22_050, 8000)
        const output: number[] = []
        let at = 0
        for (const size of [...sizes, whole.length]) {
          output.push(...resampler.push(whole.subarray(at, at + size)))
          at = Math.min(whole.length, at + size)
        }
        output.push(...resampler.flush())
        expect(Float32Array.from(output.slice(0, atOnce.length))).to.deep.equal(atOnce)
      }),
      { numRuns: 30 },
    )
  })
})
