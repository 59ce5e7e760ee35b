import { expect } from 'chai'
import fc from 'fast-check'
import { cutText, fitting, utf16Chars, utf8Bytes } from '../../channels/cut-text.ts'

describe('a text that is too long for a provider', () => {
  it('is left whole where it fits', () => {
    expect(cutText('您好', 6)).to.deep.equal(['您好'])
    expect(cutText('  \n', 6)).to.deep.equal([])
  })

  it('is cut between paragraphs, then sentences, then phrases, then words', () => {
    expect(cutText('第一段很长。\n\n第二段。', 30)).to.deep.equal(['第一段很长。', '第二段。'])
    expect(cutText('开放时间八点。票价四十元。请带证件', 40)).to.deep.equal([
      '开放时间八点。票价四十元。',
      '请带证件',
    ])
    expect(cutText('Open at 8. Tickets are sold', 16)).to.deep.equal([
      'Open at 8.',
      'Tickets are sold',
    ])
    expect(cutText('one two three', 9)).to.deep.equal(['one two', 'three'])
  })

  it('is not cut where almost nothing would be left of a piece', () => {
    expect(cutText('是。' + '长'.repeat(20), 30)[0]).to.equal('是。' + '长'.repeat(8))
  })

  it('keeps emoji and flags whole', () => {
    const family = '👨‍👩‍👧‍👦'
    expect(cutText(family.repeat(3), utf8Bytes(family) + 3)).to.deep.equal([family, family, family])
    expect(fitting('🇨🇳🇨🇳', 11)).to.equal('🇨🇳')
  })

  it('is cut also where one character alone is too long', () => {
    const heap = 'e' + '\u0301'.repeat(50)
    for (const piece of cutText(heap, 20)) expect(utf8Bytes(piece)).to.be.at.most(20)
  })

  it('loses nothing but blanks, and no piece is too long or ends within a character', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 })
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 60 }), fc.boolean(), (given, most, bytes) => {
        const sizeOf = bytes ? utf8Bytes : utf16Chars
        const pieces = cutText(given, most, sizeOf)
        for (const piece of pieces) {
          expect(sizeOf(piece)).to.be.at.most(most)
          expect(piece).to.not.match(/\p{Surrogate}/u)
          expect(piece).to.not.equal('')
        }
        const bare = (value: string) => value.replace(/\s/g, '')
        expect(bare(pieces.join(''))).to.equal(bare(given))
      }),
    )
  })
})
