import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { durationOf } from '../../../media/prompts/duration-of.ts'
import { holdMusic } from '../../../media/prompts/hold-music.ts'
import { tones, toneSamples } from '../../../media/prompts/tones.ts'
import { writeWavHeader } from '../../../media/prompts/wav-header.ts'
import { pcmOf } from '../../../media/tts/pcm-of.ts'
import { decibelsAt } from './sine.ts'

describe('files of audio', () => {
  let dir: string
  beforeEach(async () => (dir = await mkdtemp(path.join(tmpdir(), 'yilu-prompts-'))))
  afterEach(() => rm(dir, { recursive: true, force: true }))

  /** interleaved samples as a file */
  async function file(samples: number[], channels = 1, claimed?: number): Promise<string> {
    const pcm = Int16Array.from(samples)
    const header = writeWavHeader(channels, 8000, claimed ?? pcm.byteLength)
    const name = path.join(dir, 'a.wav')
    await writeFile(name, Buffer.concat([header, Buffer.from(pcm.buffer)]))
    return name
  }

  it('tell how long they are, also stereo, headerless, or cut off before their header says', async () => {
    expect(await durationOf(await file(Array<number>(8000).fill(0)))).to.equal(1000)
    expect(await durationOf(await file(Array<number>(8000).fill(0), 2))).to.equal(500)
    expect(await durationOf(await file(Array<number>(4000).fill(0), 1, 16_000))).to.equal(500)
    const raw = path.join(dir, 'a.pcm')
    await writeFile(raw, Buffer.alloc(8000))
    expect(await durationOf(raw)).to.equal(500)
  })

  it('that hold no audio say so', async () => {
    const text = path.join(dir, 'a.wav')
    await writeFile(text, 'hello')
    const code = await durationOf(text).catch((error: { code: string }) => error.code)
    expect(code).to.equal('UNSUPPORTED_AUDIO')
  })

  describe('of hold music', function () {
    this.timeout(20_000)

    it('are rendered once, and again where a file is damaged', async () => {
      const music = await holdMusic(dir, { seconds: 7 })
      const { mtimeMs } = await stat(music)
      const first = await readFile(music)
      expect(await holdMusic(dir, { seconds: 7 })).to.equal(music)
      expect((await stat(music)).mtimeMs).to.equal(mtimeMs)
      await writeFile(music, first.subarray(0, 1000))
      await holdMusic(dir, { seconds: 7 })
      expect((await readFile(music)).equals(first), 'the same notes every time').to.equal(true)
    })

    it('last about as long as asked, are quiet, and go on without a seam', async () => {
      const music = await holdMusic(dir, { seconds: 40 })
      expect(await durationOf(music)).to.be.within(38_000, 42_000)
      const pcm = pcmOf(await readFile(music))
      const loudest = pcm.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0)
      expect(20 * Math.log10(loudest / 32_768)).to.be.within(-9.2, -8.8)
      const power = pcm.reduce((sum, sample) => sum + sample * sample, 0) / pcm.length
      expect(10 * Math.log10(power / 32_768 ** 2)).to.be.within(-32, -22)
      // from the last sample to the first it moves no further than it does anywhere inside
      const steps = Array.from(pcm.subarray(1), (sample, at) => Math.abs(sample - pcm[at]!))
      const largest = steps.reduce((most, step) => Math.max(most, step), 0)
      expect(Math.abs(pcm[0]! - pcm.at(-1)!)).to.be.at.most(largest)
      // and it sounds on both sides of the seam: nothing faded out there
      const level = (part: Int16Array) =>
        part.reduce((sum, sample) => sum + sample * sample, 0) / part.length
      expect(level(pcm.subarray(-4000))).to.be.above(power / 30)
    })
  })
})

describe('tones of Chinese exchanges', () => {
  it('are 450 Hz at −10 dBm0, in the rhythms of GB/T 3380', () => {
    const rhythm = ({ onMs, offMs }: { onMs: number; offMs: number }) => [onMs, offMs]
    expect(rhythm(tones.ringback)).to.deep.equal([1000, 4000])
    expect(rhythm(tones.busy)).to.deep.equal([350, 350])
    expect(rhythm(tones.congestion)).to.deep.equal([700, 700])
    expect(rhythm(tones.dial)).to.deep.equal([1000, 0])
    for (const { hz, level } of [tones.ringback, tones.busy, tones.congestion, tones.dial]) {
      expect(hz).to.deep.equal([450])
      expect(20 * Math.log10(level) + 3.14).to.be.closeTo(-10, 0.01)
    }
  })

  it('sound as they are described', () => {
    const samples = toneSamples(tones.busy)
    expect(samples.length).to.equal(5600)
    const sounding = Array.from(samples.subarray(80, 2720), (sample) => sample / 32_767)
    expect(decibelsAt(sounding, 450, 8000)).to.be.closeTo(-13.14, 0.3)
    expect(samples.subarray(2800).every((sample) => sample === 0)).to.equal(true)
  })

  it('without a pause run on from round to round', () => {
    const samples = toneSamples(tones.dial)
    const step = samples[1]! - samples[0]!
    expect(samples[0]! - samples.at(-1)!).to.be.closeTo(step, 60)
  })
})
