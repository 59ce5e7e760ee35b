import { expect } from 'chai'
import fc from 'fast-check'
import { normalise } from '../../../media/tts/normalise/normalise.ts'

/** What people and systems write, put together at random. */
const PARTS = [
  ...[
    '12301',
    '029-87211234',
    '¥35.5',
    '-3~5℃',
    '2026-11-22',
    '08:30',
    '8:30-17:00',
    '10%',
    'T2026-0013',
  ],
  ...[
    '第3',
    '1/2',
    '1.2.3',
    '3:1',
    '5A',
    '#',
    '*',
    '按',
    '电话',
    '元',
    ' ',
    '，',
    '.',
    '-',
    '~',
    'www.a.cn',
  ],
  ...[
    'a@b.cn',
    '😀',
    '<b>',
    '&amp;',
    '1',
    '0',
    '999999999999999999999',
    'in 1999',
    'Nov 22',
    '$',
    ',',
    '\n',
  ],
]
const written = fc.array(fc.oneof(fc.constantFrom(...PARTS), fc.string({ maxLength: 4 })), {
  maxLength: 12,
})

describe('any text put into words', () => {
  for (const locale of ['zh-CN', 'yue', 'en-US']) {
    it(`holds no digit any more, whatever stands beside what (${locale})`, () => {
      fc.assert(
        fc.property(written, (parts) => {
          expect(normalise(parts.join(''), locale)).not.to.match(/[0-9]/)
        }),
        { numRuns: 400 },
      )
    })

    it(`stays as it is when put into words again (${locale})`, () => {
      fc.assert(
        fc.property(fc.constantFrom(...PARTS), fc.constantFrom(...PARTS), (one, other) => {
          const once = normalise(`${one} ${other}`, locale)
          expect(normalise(once, locale)).to.equal(once)
        }),
        { numRuns: 400 },
      )
    })
  }

  it('keeps the digits of languages without rules of their own, and drops what nobody can say', () => {
    expect(normalise('안녕하세요 😀 <b>2026</b>', 'ko')).to.equal('안녕하세요 2026')
  })

  it('takes no longer than the text is long', function () {
    // each of these makes careless patterns quadratic or worse; all together take half a second
    this.timeout(10_000)
    const NASTY = [
      '1',
      '1-',
      '1:',
      '1,',
      '+1 ',
      '(0',
      'a-1',
      'a.',
      '**',
      '[',
      '[]',
      '<a',
      '&#1',
      'a@',
      '1/',
    ]
    for (const part of NASTY) {
      for (const locale of ['zh-CN', 'en']) {
        expect(normalise(part.repeat(5000 / part.length), locale)).not.to.match(/[0-9]/)
      }
    }
  })
})
