import { expect } from 'chai'
import type { KnownAddress, KnownPerson } from '../../gateway/domain/merge-suggestions.ts'
import { reasonKey, suggestMerges } from '../../gateway/domain/merge-suggestions.ts'

const phone = (value: string, assurance: KnownAddress['assurance'] = 'observed'): KnownAddress => ({
  ...{ kind: 'phone', scope: '', value },
  assurance,
})
const person = (id: string, more: Partial<KnownPerson> = {}): KnownPerson => ({
  id,
  names: [],
  addresses: [],
  tickets: [],
  askedAbout: [],
  ...more,
})
const strengths = (of: KnownPerson, others: KnownPerson[], parted?: Set<string>) =>
  suggestMerges(of, others, parted).map(({ otherId, strength }) => `${otherId} ${strength}`)

describe('who else somebody may be', () => {
  it('the same number, proven by one of them, comes first', () => {
    const a = person('a', { addresses: [phone('+1', 'proven'), phone('+2')] })
    const seen = person('seen', { addresses: [phone('+1')] })
    const both = person('both', { addresses: [phone('+2', 'selfAsserted')] })
    expect(strengths(a, [both, seen, person('stranger')])).to.deep.equal([
      'seen strong',
      'both likely',
    ])
  })

  it('a number that many have is the line of a hotel', () => {
    const a = person('a', { addresses: [phone('+1')] })
    const guests = [1, 2, 3, 4].map((n) => person(`guest-${n}`, { addresses: [phone('+1')] }))
    expect(strengths(a, guests.slice(0, 3))).to.include('guest-1 likely')
    expect(strengths(a, guests)).to.include('guest-1 weak')
  })

  it('the same value of another kind or scope is another address', () => {
    const a = person('a', { addresses: [phone('1')] })
    const b = person('b', { addresses: [{ ...phone('1'), kind: 'weiboUid' }] })
    const c = person('c', { addresses: [{ ...phone('1'), scope: 'anonymous' }] })
    expect(strengths(a, [b, c])).to.deep.equal([])
  })

  it('asking about the ticket of somebody of the same name', () => {
    const serial = 'C20261121-0007'
    const a = person('a', { names: ['王 小明'], askedAbout: [serial] })
    const b = person('b', { names: ['王小明'], tickets: [serial] })
    const guide = person('guide', { names: ['李导'], tickets: [serial] })
    expect(strengths(a, [guide, b])).to.deep.equal(['b likely', 'guide weak'])
    expect(strengths(b, [a]), 'either way').to.deep.equal(['a likely'])
    // a name alone says nothing: there are too many of each
    expect(strengths(person('c', { names: ['王小明'] }), [b])).to.deep.equal([])
  })

  it('merged before and parted is worth a look, not more', () => {
    expect(strengths(person('a'), [person('b')], new Set(['b']))).to.deep.equal(['b weak'])
  })

  it('a dismissal covers what was known, not what is proven later', () => {
    const [before] = suggestMerges(person('a', { addresses: [phone('+1')] }), [
      person('b', { addresses: [phone('+1')] }),
    ])
    const [after] = suggestMerges(person('a', { addresses: [phone('+1', 'proven')] }), [
      person('b', { addresses: [phone('+1')] }),
    ])
    expect(reasonKey(before!.reasons[0]!)).to.not.equal(reasonKey(after!.reasons[0]!))
  })
})
