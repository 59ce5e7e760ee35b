import { expect } from 'chai'
import { NonceKeeper } from '../../../../channels/sip/digest/nonce-keeper.ts'

const NOW_MS = Date.UTC(2026, 10, 22)

describe('nonces', () => {
  it('are known again without being kept', () => {
    const nonces = new NonceKeeper()
    const nonce = nonces.issue(NOW_MS)
    expect(nonces.check(nonce, NOW_MS + 1_000)).to.equal('good')
    expect(nonces.counted).to.equal(0)
  })

  it('of another process or altered anywhere are not ours', () => {
    const nonces = new NonceKeeper()
    const nonce = nonces.issue(NOW_MS)
    expect(new NonceKeeper().check(nonce, NOW_MS)).to.equal('forged')
    expect(nonces.check('', NOW_MS)).to.equal('forged')
    expect(nonces.check(`${nonce}A`, NOW_MS)).to.equal('forged')
    for (let at = 0; at < nonce.length; at++)
      for (const other of ['A', 'B', '=', '\u0000']) {
        const altered = nonce.slice(0, at) + other + nonce.slice(at + 1)
        if (altered !== nonce) expect(nonces.check(altered, NOW_MS), altered).to.equal('forged')
      }
  })

  it('grow stale with time', () => {
    const nonces = new NonceKeeper({ lifeMs: 60_000 })
    const nonce = nonces.issue(NOW_MS)
    expect(nonces.check(nonce, NOW_MS + 60_000)).to.equal('good')
    expect(nonces.check(nonce, NOW_MS + 60_001)).to.equal('stale')
  })

  it('each count serves once, also when requests overtake each other', () => {
    const nonces = new NonceKeeper()
    const nonce = nonces.issue(NOW_MS)
    const used = (count: number): boolean => nonces.use(nonce, count, NOW_MS)
    expect([1, 2, 5, 3, 4].map(used)).to.deep.equal([true, true, true, true, true])
    expect([1, 2, 3, 4, 5].map(used)).to.deep.equal([false, false, false, false, false])
    expect(used(40)).to.equal(true)
    expect([40, 8, 9, 9].map(used), 'older than the last 32').to.deep.equal([
      false,
      false,
      true,
      false,
    ])
    expect(used(0xffff_ffff)).to.equal(true)
    expect([0xffff_ffff, 41, 0xffff_fffe].map(used)).to.deep.equal([false, false, true])
  })

  it('are forgotten one by one beyond the capacity, and what is forgotten can never be used again', () => {
    const nonces = new NonceKeeper({ capacity: 3 })
    const used = [0, 1, 2, 3, 4].map((offset) => {
      const nonce = nonces.issue(NOW_MS + offset)
      expect(nonces.use(nonce, 1, NOW_MS + offset)).to.equal(true)
      return nonce
    })
    expect(nonces.counted).to.equal(3)
    expect(used.map((nonce) => nonces.check(nonce, NOW_MS + 10))).to.deep.equal([
      'stale',
      'stale',
      'good',
      'good',
      'good',
    ])
    const fresh = nonces.issue(NOW_MS + 10)
    expect(nonces.check(fresh, NOW_MS + 10)).to.equal('good')
  })

  it('are forgotten freely once they have expired', () => {
    const nonces = new NonceKeeper({ capacity: 2, lifeMs: 100 })
    nonces.use(nonces.issue(NOW_MS), 1, NOW_MS)
    nonces.use(nonces.issue(NOW_MS), 1, NOW_MS)
    const unused = nonces.issue(NOW_MS + 150)
    nonces.use(nonces.issue(NOW_MS + 150), 1, NOW_MS + 150)
    expect(nonces.counted).to.equal(1)
    expect(nonces.check(unused, NOW_MS + 150)).to.equal('good')
  })
})
