import { expect } from 'chai'
import fc from 'fast-check'
import {
  isPattern,
  matchNumber,
  plainNumber,
  sharedPatterns,
} from '../../gateway/telephony/match-number.ts'

describe('which account a called number belongs to', () => {
  const plan = [
    { id: 'rest', numbers: ['*'] },
    { id: 'city', numbers: ['029*'] },
    { id: 'english', numbers: ['02912301', '+8629 6666 12301'] },
    { id: 'hotline', numbers: ['12301', '02912*'] },
    { id: 'web' },
  ]
  const of = (called: string) => matchNumber(plan, called)?.id

  it('a whole number wins over any prefix, the longest prefix over a shorter one, * takes the rest', () => {
    expect(of('12301')).to.equal('hotline')
    expect(of('02912301')).to.equal('english')
    expect(of('02912345')).to.equal('hotline')
    expect(of('02988880000')).to.equal('city')
    expect(of('13900000000')).to.equal('rest')
    expect(of('')).to.equal('rest')
  })

  it('however a carrier writes it', () => {
    for (const written of ['+86 29-6666-12301', '0086 29 6666 12301', '+8629666612301'])
      expect(of(written), written).to.equal('english')
    expect(plainNumber('(029) 123.01')).to.equal('02912301')
  })

  it('nobody, where no pattern fits', () => {
    expect(matchNumber([{ numbers: ['12301'] }, {}], '12302')).to.equal(undefined)
  })

  it('the order of the plan makes no difference', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(plan, { minLength: plan.length }),
        fc.stringMatching(/^(029|12301|\+8629)?\d{0,8}$/),
        (shuffled, called) => matchNumber(shuffled, called)?.id === of(called),
      ),
    )
  })

  it('patterns are digits, with a + before and a * behind', () => {
    for (const good of ['12301', '+8629*', '029*', '*', '1'])
      expect(isPattern(good), good).to.be.true
    for (const bad of ['', '+', '+*', '0*29', '12a', '**', '１２', '1'.repeat(25)])
      expect(isPattern(bad), bad).to.be.false
  })

  it('the same pattern in two places is seen though it is written otherwise', () => {
    expect(sharedPatterns(['0086-29*', '12301', '*'], ['+8629*', '*'])).to.deep.equal([
      '0086-29*',
      '*',
    ])
  })
})
