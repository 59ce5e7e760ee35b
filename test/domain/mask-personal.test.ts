import { expect } from 'chai'
import { maskAnswer, maskKeepingShape, maskPersonal } from '../../gateway/domain/mask-personal.ts'

describe('personal data in words that are kept', () => {
  /** as said, as lists show it, as a replay has it */
  for (const [said, starred, shaped] of [
    ['我的电话是13812345678!', '我的电话是***!', '我的电话是13800000000!'],
    ['138 1234-5678', '***', '138 0000-0000'],
    ['1 3 8 9 2 0 0 1 1 2 2', '***', '1 3 8 0 0 0 0 0 0 0 0'],
    ['138.1234.5678', '***', '138.0000.0000'],
    ['+86 138-9200-1122', '***', '+86 100-0000-0000'],
    ['029-87654321 或 (029) 8765 4321', '*** 或 (***', '029-00000000 或 (029) 0000 0000'],
    ['87654321', '***', '87600000'],
    ['13892001122', '***', '138' + '00000000'],
    ['身份证61010219900307432X,急', '身份证***,急', '身份证610000000000000000,急'],
    ['护照E12345678', '护照***', '护照E12300000'],
    ['C20261122-0001', '***', 'C20200000-0000'],
    ['幺三八幺二三四五六七八', '***', '幺三八零零零零零零零零'],
    ['一三八、九二零、零幺幺', '***', '一三八、零零零、零零零'],
    ['one three eight one two three', '***', 'one three eight zero zero zero'],
    ['it is one three eight double zero nine', 'it is ***', 'it is one three eight zero zero zero'],
    ['邮箱wang.fang@example.org谢谢', '邮箱***谢谢', '邮箱someone@example.com谢谢'],
    ['看 https://example.org/me?id=7。', '看 ***。', '看 https://example.com。'],
    ['2026-11-22 13812345678', '2026-11-22 ***', '2026-11-22 13800000000'],
  ] as const)
    it(`${said} → ${starred}, ${shaped}`, () => {
      // the last figure of an identity number may be a letter; a zero in its place is no worse
      expect(maskPersonal(said)).to.equal(starred)
      expect(maskKeepingShape(said).replace('X', '0')).to.equal(shaped)
    })

  it('numbers of services, prices, days, hours and counts stay: flows run on them', () => {
    for (const said of [
      ...['12345', '12301', '95588', '幺二三四五', '1003', '150*50', '306路', 'T5', 'MU2345'],
      ...['120元', '1280.50', '34.2231,108.9402', '三五个人', 'one or two people'],
      ...['2026年', '2026-11-22', '2026/1/2', '20261003', '2026-11-22 18:30', '8:30-22:00'],
    ]) {
      expect(maskPersonal(said)).to.equal(said)
      expect(maskKeepingShape(said)).to.equal(said)
    }
  })

  it('names that are known go, and leave as many characters', () => {
    expect(maskKeepingShape('我叫王小丽,王小丽', ['王小丽'])).to.equal('我叫某某某,某某某')
    expect(maskKeepingShape('Li', ['L'])).to.equal('Li')
  })

  it('an answer that is personal as a whole keeps its shape only', () => {
    expect(maskAnswer('王小丽 Room 12')).to.equal('某某某 某某某某 某某')
    expect(maskAnswer('13812345678')).to.equal('13800000000')
  })

  it('words made to take long do not', () => {
    for (const long of ['1 '.repeat(50_000), '1-1-1-1-1-a'.repeat(5000), 'a'.repeat(100_000) + '@'])
      expect(maskPersonal(long)).to.be.a('string')
  }).timeout(5000)
})
