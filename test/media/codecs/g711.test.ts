import { spawnSync } from 'node:child_process'
import { expect } from 'chai'
import { g711, transcode } from '../../../media/codecs/g711.ts'
import type { Codec } from '../../../media/media.ts'

const CODECS: Codec[] = ['PCMA', 'PCMU']
const all = Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768)
const allCodes = Uint8Array.from({ length: 256 }, (_, i) => i)

describe('G.711', () => {
  for (const codec of CODECS) {
    it(`${codec}: every code comes back as itself`, () => {
      const pcm = new Int16Array(256)
      const codes = new Uint8Array(256)
      g711[codec].decode(allCodes, pcm)
      g711[codec].encode(pcm, codes)
      // µ-law has two zeros
      const expected = allCodes.map((code) => (codec === 'PCMU' && code === 0x7f ? 0xff : code))
      expect([...codes]).to.deep.equal([...expected])
    })

    it(`${codec}: no sample is off by more than half a step`, () => {
      const codes = new Uint8Array(all.length)
      const back = new Int16Array(all.length)
      g711[codec].encode(all, codes)
      g711[codec].decode(codes, back)
      const worst = Math.max(
        ...[...all.entries()].map(
          ([i, sample]) => Math.abs(back[i]! - sample) / (Math.abs(sample) + 256),
        ),
      )
      expect(worst).to.be.below(0.05)
      expect(g711[codec].silence).to.equal(codes[32_768])
    })

    it(`${codec}: decodes as sox does`, function () {
      const type = codec === 'PCMA' ? 'al' : 'ul'
      const args = ['-t', type, '-r', '8000', '-', '-t', 's16', '-L', '-']
      const sox = spawnSync('sox', args, { input: allCodes })
      if (sox.error) {
        this.test!.title += ' — sox is not installed (apt install sox)'
        this.skip()
      }
      const theirs = Array.from({ length: 256 }, (_, i) => sox.stdout.readInt16LE(2 * i))
      const ours = new Int16Array(256)
      g711[codec].decode(allCodes, ours)
      expect([...ours]).to.deep.equal(theirs)
    })
  }

  it('from one law to the other is what decoding and encoding give', () => {
    for (const [from, to] of [CODECS, [...CODECS].reverse()] as [Codec, Codec][]) {
      const pcm = new Int16Array(256)
      const codes = new Uint8Array(256)
      g711[from].decode(allCodes, pcm)
      g711[to].encode(pcm, codes)
      expect([...transcode(allCodes, to)]).to.deep.equal([...codes])
    }
  })
})
