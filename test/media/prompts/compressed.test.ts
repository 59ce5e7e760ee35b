import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { YiluError } from '../../../gateway/errors.ts'
import { asPrompt } from '../../../media/prompts/as-prompt.ts'
import { importAudio } from '../../../media/prompts/import-audio.ts'
import { pcmOf } from '../../../media/tts/pcm-of.ts'
import { describeWhere, needs } from '../../harness/needs.ts'
import { decibelsAt } from './sine.ts'

/** Two seconds of 440 Hz each; the WebM was recorded by Chromium, the Opus holds the same packets. */
const SAMPLES = ['mp3', 'flac', 'ogg', 'opus', 'webm', 'amr']
const sample = (kind: string) =>
  readFile(new URL(`../../assets/tone-440hz-2s.${kind}`, import.meta.url))

const outcomeOf = async (bytes: Buffer, take: typeof asPrompt | typeof importAudio = asPrompt) => {
  const error = await take(bytes).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof YiluError ? error.code : error
}
const heard = (wav: Buffer) => {
  const pcm = Float32Array.from(pcmOf(wav), (value) => value / 32_768)
  const middle = pcm.subarray(2400, 13_600)
  return { tone: decibelsAt(middle, 440, 8000), other: decibelsAt(middle, 1000, 8000) }
}

describe('a compressed recording', () => {
  for (const kind of SAMPLES) {
    it(`.${kind} becomes 8 kHz mono, as long and as loud as every prompt`, async () => {
      const { wav, durationMs } = await asPrompt(await sample(kind))
      expect(durationMs).to.be.within(1990, 2170)
      expect(heard(wav).tone).to.be.within(-16.8, -15.2)
      expect(heard(wav).other).to.be.below(-45)
    })

    it(`.${kind} that breaks off or is damaged anywhere is taken or refused, never more`, async () => {
      const good = await sample(kind)
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 8 }),
          fc.integer({ min: 1, max: good.length }),
          async (changes, length) => {
            const bad = Buffer.from(good.subarray(0, length))
            for (const [at, value] of changes) if (at < length) bad[at] = value
            expect(await outcomeOf(bad)).to.be.oneOf([undefined, 'UNSUPPORTED_AUDIO', 'TOO_LARGE'])
          },
        ),
        { numRuns: 8 },
      )
    })
  }

  it('is imported in a thread of its own, as every recording is', async () => {
    const { wav, durationMs } = await importAudio(await sample('mp3'))
    expect(durationMs).to.be.within(1990, 2100)
    expect(heard(wav).tone).to.be.within(-16.8, -15.2)
    const head = (await sample('flac')).subarray(0, 60)
    expect(await outcomeOf(head, importAudio)).to.equal('UNSUPPORTED_AUDIO')
    expect(await outcomeOf(Buffer.from('no sound'), importAudio)).to.equal('UNSUPPORTED_AUDIO')
  })

  it('in a container browsers can play and we cannot is refused by name', async () => {
    const m4a = Buffer.from('\x00\x00\x00\x20ftypM4A \x00\x00\x00\x00', 'latin1')
    const error = await importAudio(m4a).catch((reason: unknown) => reason)
    expect(error).to.include({ code: 'UNSUPPORTED_AUDIO' })
    expect((error as YiluError).details).to.deep.equal({ found: 'M4A / MP4' })
  })
})

describeWhere(needs('sox'), 'a compressed recording from sox', function () {
  this.timeout(30_000)
  let dir: string
  const made = async (name: string, ...effects: string[]) => {
    const file = path.join(dir, name)
    const [options, effect] = [effects.slice(0, 4), effects.slice(4)]
    execFileSync('sox', ['-R', '-n', ...options, file, ...effect], { stdio: 'ignore' })
    return readFile(file)
  }
  before(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'yilu-compressed-'))
  })
  after(() => dir && rm(dir, { recursive: true, force: true }))

  it('FLAC loses no frame where the chunks of the decoder end', async () => {
    const bytes = await made('n.flac', '-r', '8000', '-c', '1', 'synth', '60', 'pinknoise')
    expect((await asPrompt(bytes)).durationMs).to.equal(60_000)
  })

  it('stereo at 48 kHz, FLAC and Vorbis', async () => {
    for (const name of ['s.flac', 's.ogg']) {
      const bytes = await made(name, '-r', '48000', '-c', '2', 'synth', '2', 'sine', '440')
      const { wav, durationMs } = await asPrompt(bytes)
      expect(durationMs).to.equal(2000)
      expect(heard(wav).tone).to.be.within(-16.8, -15.2)
    }
  })

  it('a small file of eleven minutes of silence on eight channels is refused', async () => {
    const bytes = await made('b.flac', '-r', '8000', '-c', '8', 'trim', '0', '660')
    expect(bytes.length).to.be.below(400_000)
    expect(await outcomeOf(bytes)).to.equal('TOO_LARGE')
  })
})
