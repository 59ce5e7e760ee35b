import { expect } from 'chai'
import { wordingOf } from '../../gateway/measures/wording.ts'

describe('what is counted of words nobody understood', () => {
  it('a count is a mark, so that wordings that differ by it are one', () => {
    expect(wordingOf('订 3 张票')).to.equal('订 • 张票')
    expect(wordingOf('房间８０１')).to.equal('房间•')
    expect(wordingOf('三五个人')).to.equal('三五个人')
  })

  it('nothing personal stays', () => {
    expect(wordingOf('我叫幺三八零零一三八零零零')).to.equal('我叫•')
    expect(wordingOf('write to li@example.org')).to.equal('write to •')
  })

  it('words of which nothing is left are not counted', () => {
    expect(wordingOf('13800138000')).to.equal(undefined)
    expect(wordingOf('  \u0000 ?! ')).to.equal(undefined)
  })

  it('a long story is cut and stands on one line', () => {
    expect(wordingOf(`求助\n${'啊'.repeat(500)}`)).to.have.length(100)
  })
})
