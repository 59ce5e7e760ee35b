import { expect } from 'chai'
import { fromWallClock, isoAt, wallClock } from '../../../../admin/src/flows/trial/clock.ts'
import { readValue, writtenValue } from '../../../../admin/src/flows/trial/value-text.ts'

describe('the clock of a trial', () => {
  it('is set by the wall clock of the flow, wherever the console stands', () => {
    const iso = fromWallClock('2026-10-03T09:30', 'Asia/Shanghai')
    expect(iso).to.equal('2026-10-03T09:30:00+08:00')
    expect(wallClock(iso!, 'Asia/Shanghai')).to.equal('2026-10-03T09:30')
    expect(wallClock(iso!, 'America/St_Johns')).to.equal('2026-10-02T23:00')
    expect(isoAt(Date.parse('2026-10-03T01:30:00Z'), 'America/St_Johns')).to.equal(
      '2026-10-02T23:00:00-02:30',
    )
  })

  it('takes no nonsense', () => {
    expect(fromWallClock('', 'Asia/Shanghai')).to.equal(undefined)
    expect(wallClock('soon', 'Asia/Shanghai')).to.equal('')
  })
})

describe('a value typed by hand', () => {
  for (const [typed, value] of [
    ['3', 3],
    ['true', true],
    ['[1]', [1]],
    ['"3"', '3'],
    ['013800000000', '013800000000'],
    ['13800000000', '13800000000'],
    ['三个人', '三个人'],
    ['{oops', '{oops'],
    ['  ', undefined],
  ] as const)
    it(`${typed} is ${JSON.stringify(value)}, and is shown so that it is read as the same`, () => {
      expect(readValue(typed)).to.deep.equal(value)
      expect(readValue(writtenValue(value))).to.deep.equal(value)
    })
})
