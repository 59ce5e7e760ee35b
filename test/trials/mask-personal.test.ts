import { expect } from 'chai'
import { maskAll, maskPersonal } from '../../gateway/trials/mask-personal.ts'

describe('personal data of a replayed conversation', () => {
  for (const [said, masked] of [
    ['我的电话是13812345678', '我的电话是13800000000'],
    ['138 1234 5678', '138 0000 0000'],
    ['幺三八幺二三四五六七八', '幺三八零零零零零零零零'],
    ['one three eight one two three', 'one three eight zero zero zero'],
    ['mail me at wang@example.org', 'mail me at someone@example.com'],
    ['610102199003074321', '610000000000000000'],
    ['C20261122-0001', 'C20200000-0000'],
    // counts, keys, sums and days are what flows run on
    ['三个人', '三个人'],
    ['1003', '1003'],
    ['150*50', '150*50'],
    ['20261003', '20261003'],
  ] as const)
    it(`${said} → ${masked}`, () => expect(maskPersonal(said)).to.equal(masked))

  it('names that are known go, and leave as many characters', () => {
    expect(maskPersonal('我叫王小丽,王小丽', ['王小丽'])).to.equal('我叫某某某,某某某')
    expect(maskPersonal('Li', ['L'])).to.equal('Li')
  })

  it('an answer that is personal as a whole keeps its shape only', () => {
    expect(maskAll('王小丽 Room 12')).to.equal('某某某 某某某某 某某')
    expect(maskAll('13812345678')).to.equal('13800000000')
  })
})
