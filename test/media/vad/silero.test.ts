import { expect } from 'chai'
import { createSilero, SILERO_WINDOW } from '../../../media/vad/silero.ts'
import { frames, join, noise, silence, vowel } from './sounds.ts'

/** What onnxruntime 1.20 says of the same sound with the published file, silero_vad_v5.onnx (sha256 2623a295…). */
const REFERENCE = [
  0.00532, 0.00151, 0.0019, 0.00232, 0.52262, 0.57635, 0.40116, 0.33236, 0.61245, 0.02915, 0.0454,
  0.02215, 0.00588, 0.00339, 0.03474, 0.19345, 0.18781, 0.21389, 0.26075, 0.06103, 0.0412, 0.00899,
  0.00408, 0.00285, 0.00577, 0.12451, 0.02041, 0.04738, 0.13052, 0.07338, 0.00718, 0.00857, 0.00731,
  0.00349, 0.00169, 0.04211, 0.03723, 0.01961, 0.00646, 0.0027, 0.00106, 0.00187, 0.00145, 0.00079,
]

const sound = () => join(silence(128), vowel(1024), noise(256, 300))

describe('Silero in plain arithmetic', () => {
  it('says of every window what onnxruntime says', () => {
    const silero = createSilero()
    const said = [...frames(sound(), SILERO_WINDOW)].map((window) => silero.probability(window))
    expect(said).to.have.lengthOf(REFERENCE.length)
    // the reference is rounded to five places
    said.forEach((probability, at) => expect(probability).to.be.closeTo(REFERENCE[at]!, 2e-5))
  })

  it('hears each caller by itself, and forgets one when told to', () => {
    const [one, other] = [createSilero(), createSilero()]
    const windows = [...frames(sound(), SILERO_WINDOW)]
    const said = windows.map((window) => {
      other.probability(noise(32, 2000))
      return one.probability(window)
    })
    one.reset()
    expect(windows.map((window) => one.probability(window))).to.deep.equal(said)
  })
})
