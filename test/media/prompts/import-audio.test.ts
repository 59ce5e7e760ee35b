import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { YiluError } from '../../../gateway/errors.ts'
import { asPrompt } from '../../../media/prompts/as-prompt.ts'
import { MAX_AUDIO_SECONDS } from '../../../media/prompts/telephone-rate.ts'
import { CEILING } from '../../../media/prompts/limiter.ts'
import { readWavHeader, writeWavHeader } from '../../../media/prompts/wav-header.ts'
import { pcmOf } from '../../../media/tts/pcm-of.ts'
import { decibelsAt, sine } from './sine.ts'
import { describeWhere, needs } from '../../harness/needs.ts'

const outcomeOf = async (bytes: Buffer) => {
  const error = await asPrompt(bytes).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof YiluError ? { code: error.code, details: error.details } : error
}
const wav16 = (samples: Float32Array, rateHz: number) => {
  const pcm = Int16Array.from(samples, (value) => Math.round(value * 32_767))
  return Buffer.concat([writeWavHeader(1, rateHz, pcm.byteLength), Buffer.from(pcm.buffer)])
}
const scaled = (pcm: Int16Array) => Float32Array.from(pcm, (value) => value / 32_768)

describeWhere(needs('sox'), 'a recording from sox', function () {
  this.timeout(20_000)
  let dir: string

  before(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'yilu-import-'))
  })
  after(() => dir && rm(dir, { recursive: true, force: true }))

  const KINDS: [name: string, options: string[]][] = [
    ['8 kHz, 16 bit', ['-r', '8000', '-b', '16', '-c', '1']],
    ['44.1 kHz, 16 bit, stereo', ['-r', '44100', '-b', '16', '-c', '2']],
    ['48 kHz, 24 bit, stereo', ['-r', '48000', '-b', '24', '-c', '2']],
    ['22.05 kHz, 8 bit', ['-r', '22050', '-b', '8', '-e', 'unsigned', '-c', '1']],
    ['16 kHz, 32 bit float', ['-r', '16000', '-b', '32', '-e', 'float', '-c', '1']],
    ['16 kHz, 64 bit float', ['-r', '16000', '-b', '64', '-e', 'float', '-c', '1']],
    ['11.025 kHz, 32 bit', ['-r', '11025', '-b', '32', '-c', '1']],
    ['8 kHz, A-law', ['-r', '8000', '-e', 'a-law', '-c', '1']],
    ['8 kHz, µ-law, stereo', ['-r', '8000', '-e', 'mu-law', '-c', '2']],
    ['96 kHz, 24 bit, six channels', ['-r', '96000', '-b', '24', '-c', '6']],
  ]
  for (const [kind, options] of KINDS) {
    it(`of ${kind} becomes 8 kHz mono, as long, as pure, at −19 dB`, async () => {
      const file = path.join(dir, 'in.wav')
      execFileSync(
        'sox',
        ['-R', '-n', ...options, file, 'synth', '2', 'sine', '1000', 'gain', '-30'],
        {
          stdio: 'ignore',
        },
      )
      const { wav, durationMs, gainDb } = await asPrompt(await readFile(file))
      expect(readWavHeader(wav)).to.deep.include({
        encoding: 'pcm16',
        channels: 1,
        sampleRate: 8000,
      })
      expect(durationMs).to.equal(2000)
      const pcm = pcmOf(wav)
      expect(pcm.length).to.equal(16_000)
      // a sine of −19 dB on average has its peak 3 dB above
      expect(decibelsAt(scaled(pcm).subarray(800, 15_200), 1000, 8000)).to.be.within(-16.6, -15.4)
      expect(decibelsAt(scaled(pcm).subarray(800, 15_200), 2000, 8000)).to.be.below(-50)
      expect(gainDb).to.be.within(13, 15)
    })
  }
})

describe('a recording', () => {
  it('that is too loud comes down, its peaks below −3 dBFS', async () => {
    const { wav, gainDb } = await asPrompt(wav16(sine(500, 8000, 1), 8000))
    expect(gainDb).to.be.below(-15)
    expect(Math.max(...pcmOf(wav))).to.be.at.most(Math.ceil(CEILING))
  })

  it('with long pauses is as loud as one without', async () => {
    const speech = sine(500, 8000, 2, 0.05)
    const paused = new Float32Array(8000 * 10)
    paused.set(speech, 8000)
    const [plain, withPauses] = await Promise.all([
      asPrompt(wav16(speech, 8000)),
      asPrompt(wav16(paused, 8000)),
    ])
    expect(withPauses.gainDb).to.be.closeTo(plain.gainDb, 1)
  })

  it('of silence stays silent', async () => {
    const { wav, gainDb } = await asPrompt(wav16(new Float32Array(8000), 8000))
    expect(gainDb).to.equal(0)
    expect(pcmOf(wav).every((sample) => sample === 0)).to.equal(true)
  })

  it('with a constant in it loses that', async () => {
    const offset = sine(500, 8000, 1, 0.1).map((value) => value + 0.3)
    const { wav } = await asPrompt(wav16(offset, 8000))
    const pcm = pcmOf(wav)
    const mean = pcm.reduce((sum, sample) => sum + sample, 0) / pcm.length
    expect(Math.abs(mean)).to.be.below(20)
  })

  it('whose header does not know its length is taken to its end', async () => {
    const bytes = wav16(sine(500, 8000, 1, 0.1), 8000)
    bytes.writeUInt32LE(0xffffffff, 40)
    expect((await asPrompt(bytes)).durationMs).to.equal(1000)
  })

  it('of more than ten minutes is refused', async () => {
    const bytes = wav16(new Float32Array((MAX_AUDIO_SECONDS + 1) * 1000), 1000)
    expect(await outcomeOf(bytes)).to.deep.include({ code: 'TOO_LARGE' })
  })

  for (const [found, bytes] of [
    ['MP3', Buffer.from('ID3\x03\x00\x00\x00\x00\x00\x00 and so on', 'latin1')],
    ['MP3', Buffer.from([0xff, 0xfb, 0x90, 0x64, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['Ogg', Buffer.from('OggS\x00\x02 and so on', 'latin1')],
    ['FLAC', Buffer.from('fLaC\x00\x00\x00\x22', 'latin1')],
    ['AMR', Buffer.from('#!AMR\n\x3c', 'latin1')],
    ['M4A / MP4', Buffer.from('\x00\x00\x00\x20ftypM4A ', 'latin1')],
    ['WAV', Buffer.concat([writeWavHeader(1, 8000, 0).subarray(0, 36)])],
    [undefined, Buffer.from('hello, I am a text')],
    [undefined, Buffer.alloc(0)],
  ] as const) {
    it(`that is ${found ?? 'nothing known'} (${bytes.length} bytes) is refused by that name`, async () => {
      expect(await outcomeOf(bytes)).to.deep.equal({
        code: 'UNSUPPORTED_AUDIO',
        details: { found },
      })
    })
  }

  it('that is damaged anywhere is taken or refused, never more', async () => {
    const good = wav16(sine(500, 8000, 0.05, 0.3), 8000)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(good.length),
        async (changes, length) => {
          const bad = Buffer.from(good.subarray(0, length))
          for (const [at, value] of changes) if (at < bad.length) bad[at] = value
          const outcome = await outcomeOf(bad)
          if (outcome !== undefined) {
            expect((outcome as { code: string }).code).to.be.oneOf([
              'UNSUPPORTED_AUDIO',
              'TOO_LARGE',
            ])
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})
