import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import type { YiluError } from '../../../gateway/errors.ts'
import { decodeAmr } from '../../../media/codecs/amr.ts'
import { readWavHeader } from '../../../media/prompts/wav-header.ts'

const voice = new URL('../../assets/tone-440hz-2s.amr', import.meta.url)

describe('voice messages in AMR', () => {
  const refusal = async (bytes: Buffer) =>
    decodeAmr(bytes).then(
      () => 'taken',
      (error: unknown) => (error as YiluError).code,
    )

  it('a tone of 440 Hz becomes a WAV file with that tone', async () => {
    const { wav, durationMs } = await decodeAmr(await readFile(voice))
    expect(durationMs).to.equal(2000)
    expect(readWavHeader(wav)).to.include({ encoding: 'pcm16', channels: 1, sampleRate: 8000 })
    const samples = new Int16Array(wav.buffer, wav.byteOffset + 44, 16_000).slice(4000, 12_000)
    const rising = samples.filter((sample, at) => at > 0 && sample >= 0 && samples[at - 1]! < 0)
    expect(rising.length).to.be.within(437, 443)
    expect(Math.max(...samples)).to.be.greaterThan(10_000)
  })

  it('the end of a file that was cut off is left out', async () => {
    const bytes = await readFile(voice)
    const { durationMs } = await decodeAmr(bytes.subarray(0, bytes.length - 5))
    expect(durationMs).to.equal(1980)
  })

  it('what is no AMR, or has no sound in it, is refused', async () => {
    expect(await refusal(Buffer.from('RIFF....WAVE'))).to.equal('UNSUPPORTED_AUDIO')
    expect(await refusal(Buffer.from('#!SILK_V3'))).to.equal('UNSUPPORTED_AUDIO')
    expect(await refusal(Buffer.from('#!AMR\n'))).to.equal('UNSUPPORTED_AUDIO')
    expect(await refusal(Buffer.alloc(0))).to.equal('UNSUPPORTED_AUDIO')
  })

  it('a file of empty frames that would grow to hours is refused before it is decoded', async () => {
    const empty = Buffer.alloc(20_000, 15 << 3)
    expect(await refusal(Buffer.concat([Buffer.from('#!AMR\n'), empty]))).to.equal('TOO_LARGE')
  })
})
