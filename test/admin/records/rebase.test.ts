import { expect } from 'chai'
import fc from 'fast-check'
import { changesOf, rebase, same } from '../../../admin/src/records/rebase.ts'

describe('somebody saves a record while another person edits it', () => {
  const base = { name: '张三', phone: '138', vip: false, notes: 'a' }

  it('keeps what was typed and takes over the rest', () => {
    const { values, clashes } = rebase(
      base,
      { ...base, name: '张三丰' },
      { ...base, phone: '139', notes: 'b' },
    )
    expect(values).to.deep.equal({ name: '张三丰', phone: '139', vip: false, notes: 'b' })
    expect(clashes).to.deep.equal([])
  })

  it('names the fields both changed, with what the other one wrote', () => {
    const { values, clashes } = rebase(
      base,
      { ...base, notes: 'mine' },
      { ...base, notes: 'theirs' },
    )
    expect(values.notes).to.equal('mine')
    expect(clashes).to.deep.equal([{ field: 'notes', theirs: 'theirs' }])
  })

  it('sees no clash when both wrote the same', () => {
    const changed = { ...base, vip: true }
    expect(rebase(base, changed, changed).clashes).to.deep.equal([])
  })

  it('after rebasing, what is sent is exactly what the person changed', () => {
    const record = fc.record({ a: fc.string(), b: fc.array(fc.nat()), c: fc.boolean() })
    fc.assert(
      fc.property(record, record, record, (before, mine, theirs) => {
        const { values } = rebase(before, mine, theirs)
        const sent = { ...theirs, ...changesOf(theirs, values) }
        for (const field of ['a', 'b', 'c'] as const)
          expect(sent[field]).to.deep.equal(
            same(before[field], mine[field]) ? theirs[field] : mine[field],
          )
      }),
    )
  })
})

describe('changesOf', () => {
  it('says nothing about equal lists and objects, whatever the order of their keys', () => {
    expect(
      changesOf({ skills: { a: 1, b: 2 }, ids: ['x'] }, { skills: { b: 2, a: 1 }, ids: ['x'] }),
    ).to.deep.equal({})
  })
  it('tells a changed order of a list', () => {
    expect(changesOf({ ids: ['x', 'y'] }, { ids: ['y', 'x'] })).to.deep.equal({ ids: ['y', 'x'] })
  })
})
