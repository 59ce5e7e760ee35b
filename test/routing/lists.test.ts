import { expect } from 'chai'
import { compileLists, matches } from '../../gateway/routing/lists.ts'
import type { ListEntry } from '../../gateway/routing/lists.ts'

const entry = (given: Partial<ListEntry> & Pick<ListEntry, 'value' | 'action'>): ListEntry => ({
  id: given.value,
  direction: 'inbound',
  kind: 'phone',
  ...given,
})
const phone = (value: string) => [{ kind: 'phone' as const, value }]

describe('black and white lists', () => {
  const lists = compileLists([
    entry({ value: '400*', action: 'refuse' }),
    entry({ value: '4008001234', action: 'human' }),
    entry({ value: '138 0000 0000', action: 'warn', untilMs: 1_000 }),
    entry({ value: '110', action: 'refuse', direction: 'outbound' }),
    entry({ value: '*@Spam.example', action: 'refuse', kind: 'email' }),
  ])
  const decide = (value: string, nowMs = 0) => lists.decide(phone(value), 'inbound', nowMs)?.action

  it('a nuisance range is refused, the one good number in it goes to a human', () => {
    expect(decide('4001')).to.equal('refuse')
    expect(decide('4008001234')).to.equal('human')
    expect(decide('14001')).to.equal(undefined)
  })

  it('a number counts however it is written', () => {
    for (const way of ['13800000000', '+86 138-0000-0000', '008613800000000'])
      expect(decide(way), way).to.equal('warn')
  })

  it('an entry ends by its date', () => {
    expect(decide('13800000000', 999)).to.equal('warn')
    expect(decide('13800000000', 1_000)).to.equal(undefined)
  })

  it('numbers no agent may call are no bar to those who call us', () => {
    expect(decide('110')).to.equal(undefined)
    expect(lists.decide(phone('110'), 'outbound', 0)?.action).to.equal('refuse')
  })

  it('any identity of a visitor counts, and the record says which', () => {
    const claims = [...phone('139'), { kind: 'email' as const, value: 'Bot@spam.EXAMPLE' }]
    const decision = lists.decide(claims, 'inbound', 0)
    expect(decision?.claim.kind).to.equal('email')
    expect(decision?.entry.id).to.equal('*@Spam.example')
  })

  it('equally exact entries: the kinder one counts, in either order', () => {
    const both = [
      entry({ value: '139', action: 'refuse' }),
      entry({ value: '139', action: 'human' }),
    ]
    for (const entries of [both, [...both].reverse()])
      expect(compileLists(entries).decide(phone('139'), 'inbound', 0)?.action).to.equal('human')
  })

  it('wildcards mean what they say, and cannot be made slow', () => {
    expect(matches('1?3*', '1234')).to.equal(true)
    expect(matches('*', '')).to.equal(true)
    expect(matches('?', '')).to.equal(false)
    expect(matches('a*b*c', 'aXXbYYbc')).to.equal(true)
    expect(matches('a.c', 'abc'), 'no regular expressions').to.equal(false)
    expect(matches(`${'*a'.repeat(30)}b`, 'a'.repeat(20_000))).to.equal(false)
  })
})
