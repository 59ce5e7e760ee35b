import { expect } from 'chai'
import { maskWords } from '../../gateway/measures/mask-words.ts'

describe('words that are kept', () => {
  it('lose every digit, however it is written', () => {
    expect(maskWords('订 3 张票')).to.equal('订 • 张票')
    expect(maskWords('房间８０１')).to.equal('房间•••')
    expect(maskWords('my passport is E12345678')).to.equal('my passport is E••••••••')
  })

  it('lose numbers that are said in words, but not one or two of them', () => {
    expect(maskWords('幺三八零零一三八零零零,急')).to.equal('•,急')
    expect(maskWords('one three eight double zero please')).to.equal('• please')
    expect(maskWords('三五个人')).to.equal('三五个人')
    expect(maskWords('one or two people')).to.equal('one or two people')
  })

  it('lose addresses', () => {
    expect(maskWords('write to li@example.org or https://example.org/me')).to.equal(
      'write to • or •',
    )
  })

  it('are not kept when nothing but a number was said', () => {
    expect(maskWords('13800138000')).to.equal(undefined)
    expect(maskWords('  \u0000 ?! ')).to.equal(undefined)
  })

  it('are short, and one line', () => {
    expect(maskWords(`求助\n${'啊'.repeat(500)}`)).to.have.length(100)
  })
})
