import { expect } from 'chai'
import type { KeyRules } from '../../../channels/voice/collect-keys.ts'
import { collectKey } from '../../../channels/voice/collect-keys.ts'

const rules = (more: Partial<KeyRules> = {}): KeyRules => ({
  minDigits: 1,
  maxDigits: 11,
  interDigitMs: 3000,
  ...more,
})

function press(keys: string, more: Partial<KeyRules> = {}) {
  let digits = ''
  for (const key of keys) {
    const collected = collectKey(digits, key, rules(more))
    if (collected.done) return collected
    digits = collected.digits
  }
  return { done: false as const, digits }
}

describe('telephone keys into answers', () => {
  it('one key is an answer where one is asked for', () => {
    expect(press('2', { maxDigits: 1 })).to.deep.equal({ done: true, digits: '2' })
  })
  it('as many as may come end the entry by themselves', () => {
    expect(press('13900000000')).to.deep.equal({ done: true, digits: '13900000000' })
  })
  it('the end key ends it early and is no part of it', () => {
    expect(press('139#', { endKey: '#' })).to.deep.equal({ done: true, digits: '139' })
  })
  it('the end key too early is a key like others', () => {
    expect(press('1#', { endKey: '#', minDigits: 3 })).to.deep.equal({ done: false, digits: '1#' })
  })
  it('alone the end key is an answer', () => {
    expect(press('#', { endKey: '#', minDigits: 3 })).to.deep.equal({ done: true, digits: '#' })
  })
  it('an instant key counts only when it comes first', () => {
    expect(press('*', { instant: ['*'] })).to.deep.equal({ done: true, digits: '*' })
    expect(press('1*', { instant: ['*'] })).to.deep.equal({ done: false, digits: '1*' })
  })
  it('more may come within the pause between keys', () => {
    expect(collectKey('1', '2', rules())).to.deep.equal({
      done: false,
      digits: '12',
      waitMs: 3000,
    })
  })
})
