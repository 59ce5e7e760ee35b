import { expect } from 'chai'
import { AnswerCache } from '../../gateway/sources/answer-cache.ts'
import { mapAnswer, seenOf } from '../../gateway/sources/answer-map.ts'
import { tableOf } from '../../gateway/sources/table-of-document.ts'

describe('answers of a source', () => {
  it('what is seen of one are its paths, without anything it says', () => {
    const seen = seenOf([
      { a: 1, b: { c: ['x'] } },
      { d: null, 'bad name': 1 },
    ])
    expect(seen).to.deep.equal({ list: true, fields: ['0.a', '0.b.c.0', '0.d'] })
    expect(seenOf({ rows: [{ n: '张三' }] })).to.deep.equal({ list: false, fields: ['rows.0.n'] })
    expect(seenOf(null)).to.deep.equal({ list: false, fields: [] })
  })

  it('one that is no list is mapped as one row, and prototypes lead nowhere', () => {
    expect(mapAnswer({ row: { a: 1 } }, { list: 'row' })).to.deep.equal([{ a: 1 }])
    const fields = [{ name: 'x', path: 'constructor.name' }]
    expect(mapAnswer({ a: 1 }, { fields })).to.deep.equal({ x: null })
    expect(mapAnswer([], { one: true, fields })).to.equal(null)
  })

  it('those kept are bounded by what they weigh, the least recently used out first', () => {
    const cache = new AnswerCache(() => 0)
    const megabyte = 'x'.repeat(1024 * 1024)
    for (let i = 0; i < 40; i++) {
      cache.put(`k${i}`, megabyte, 1000, 0)
      cache.fresh('k0')
    }
    expect(cache.fresh('k0')).to.not.equal(undefined)
    expect(cache.fresh('k1')).to.equal(undefined)
    expect(cache.fresh('k39')).to.not.equal(undefined)
  })

  it('a sheet becomes a table: plain names for columns, numbers where they are written as one', () => {
    const table = tableOf({
      kind: 'table',
      rows: [
        ['name', '票价(元)', 'name', ''],
        ['城墙', '54', '007', '1.50'],
        ['碑林', '65.5', '-3'],
      ],
    })
    expect(table.columns).to.deep.equal([
      { name: 'name' },
      { name: 'c2', label: '票价(元)' },
      { name: 'c3', label: 'name' },
      { name: 'c4' },
    ])
    expect(table.rows).to.deep.equal([
      { name: '城墙', c2: 54, c3: '007', c4: '1.50' },
      { name: '碑林', c2: 65.5, c3: -3, c4: '' },
    ])
  })
})
