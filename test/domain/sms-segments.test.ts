import { expect } from 'chai'
import fc from 'fast-check'
import { SegmentedMessage } from 'sms-segments-calculator'
import { readSeptets, septetsOf } from '../../gateway/domain/gsm-alphabet.ts'
import { smsSegments } from '../../gateway/domain/sms-segments.ts'

/** As Twilio's calculator counts it. It reads a line end CR LF as one character of two units; so do we. */
function peer(text: string) {
  const counted = new SegmentedMessage(text)
  return { encoding: counted.encodingName, segments: counted.segmentsCount }
}
function ours(text: string) {
  const { encoding, segments } = smsSegments(text)
  return { encoding: encoding === 'gsm7' ? 'GSM-7' : 'UCS-2', segments: segments.length }
}

const boundaries: [string, string, number][] = [
  ['a', 'gsm7', 160],
  ['a', 'gsm7', 161],
  ['a', 'gsm7', 306],
  ['a', 'gsm7', 307],
  ['a', 'gsm7', 459],
  ['a', 'gsm7', 460],
  ['€', 'gsm7', 80],
  ['€', 'gsm7', 81],
  ['€', 'gsm7', 152],
  ['€', 'gsm7', 153],
  ['[', 'gsm7', 76],
  ['é', 'gsm7', 160],
  ['中', 'ucs2', 70],
  ['中', 'ucs2', 71],
  ['中', 'ucs2', 134],
  ['中', 'ucs2', 135],
  ['中', 'ucs2', 201],
  ['中', 'ucs2', 202],
  ['😀', 'ucs2', 35],
  ['😀', 'ucs2', 36],
  ['😀', 'ucs2', 66],
  ['😀', 'ucs2', 67],
]

describe('segments of a short message', () => {
  for (const [character, encoding, times] of boundaries)
    it(`${times} × ${character}`, () => {
      const text = character.repeat(times)
      expect(smsSegments(text).encoding).to.equal(encoding)
      expect(ours(text)).to.deep.equal(peer(text))
    })

  it('a character of two units that would be cut begins the next segment', () => {
    for (const text of [
      `${'a'.repeat(152)}€${'b'.repeat(20)}`,
      `${'中'.repeat(66)}😀${'文'.repeat(20)}`,
      `${'a'.repeat(159)}€`,
      `${'中'.repeat(69)}😀`,
    ])
      expect(ours(text), text).to.deep.equal(peer(text))
    expect(smsSegments(`${'a'.repeat(152)}€${'b'.repeat(20)}`).segments[0]).to.have.length(152)
    expect(smsSegments(`${'中'.repeat(66)}😀${'文'.repeat(20)}`).segments[1]).to.match(/^😀文/u)
  })

  it('one Chinese character among Latin ones makes all of it UCS-2', () => {
    expect(smsSegments(`${'a'.repeat(70)}中`)).to.include({ encoding: 'ucs2', units: 71, left: 63 })
  })

  it('tells what still goes into the last segment', () => {
    expect(smsSegments('')).to.deep.equal({ encoding: 'gsm7', segments: [''], units: 0, left: 160 })
    expect(smsSegments('你好')).to.include({ units: 2, left: 68 })
    expect(smsSegments('中'.repeat(71))).to.include({ units: 71, left: 63 })
    expect(smsSegments('a{'.repeat(70))).to.include({ units: 210, left: 96 })
  })

  it('a 16-bit reference leaves 152 septets or 66 units', () => {
    const lengths = (text: string) =>
      smsSegments(text, { wideRef: true }).segments.map(({ length }) => length)
    expect(lengths('a'.repeat(305))).to.deep.equal([152, 152, 1])
    expect(lengths('中'.repeat(133))).to.deep.equal([66, 66, 1])
  })

  it('random texts are counted as by the calculator, and no segment cuts a character', () => {
    const character = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...'abc XYZ019@£$_\n\r^{}\\[~]|€éàÄΔΞ') },
      { weight: 1, arbitrary: fc.constantFrom('中', '游', '。', '😀', '🏯', 'ç', '`') },
    )
    fc.assert(
      fc.property(fc.array(character, { maxLength: 700 }), fc.boolean(), (characters, wideRef) => {
        const text = characters.join('')
        expect(ours(text)).to.deep.equal(peer(text))
        const { encoding, segments, left } = smsSegments(text, { wideRef })
        expect(segments.join('')).to.equal(text)
        for (const segment of segments) expect(segment).to.not.match(/^[\uDC00-\uDFFF]/)
        const alone = segments.length === 1
        const room =
          encoding === 'gsm7' ? (alone ? 160 : wideRef ? 152 : 153) : alone ? 70 : wideRef ? 66 : 67
        const unitsOf = (segment: string) =>
          encoding === 'ucs2'
            ? segment.length
            : [...segment].reduce((sum, each) => sum + septetsOf(each)!.length, 0)
        for (const segment of segments) expect(unitsOf(segment)).to.be.at.most(room)
        expect(left).to.equal(room - unitsOf(segments.at(-1)!))
      }),
      { numRuns: 400, seed: 160 },
    )
  })
})

describe('the default alphabet', () => {
  it('all its 137 characters are read back as written', () => {
    const all = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
      (character) => septetsOf(character),
    )
    expect(all).to.have.length(137)
    const octets = all.flatMap((character) => [...septetsOf(character)!])
    expect(readSeptets(Uint8Array.from(octets))).to.equal(all.join(''))
  })

  it('an escape the table does not know, or at the end, is a space', () => {
    expect(readSeptets(Uint8Array.of(0x1b, 0x41, 0x1b))).to.equal(' A ')
  })
})
