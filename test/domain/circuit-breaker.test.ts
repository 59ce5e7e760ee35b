import { expect } from 'chai'
import { CircuitBreaker } from '../../gateway/domain/circuit-breaker.ts'

describe('a provider that fails', () => {
  let nowMs: number
  let breaker: CircuitBreaker
  const down = new Error('down')
  const fail = (times: number) => {
    for (let i = 0; i < times; i++) {
      breaker.begin()
      breaker.failed(down)
    }
  }

  beforeEach(() => {
    nowMs = 1_000_000
    breaker = new CircuitBreaker(() => nowMs)
  })

  it('twice is asked again', () => {
    fail(2)
    expect(breaker.ready()).to.equal(true)
    expect(breaker.state()).to.equal('ok')
  })

  it('three times in a row rests for ten seconds', () => {
    fail(3)
    expect(breaker.state()).to.equal('resting')
    expect(breaker.lastError).to.equal('down')
    nowMs += 9_999
    expect(breaker.ready()).to.equal(false)
    nowMs += 1
    expect(breaker.ready()).to.equal(true)
  })

  it('three times with a success between them does not rest', () => {
    fail(2)
    breaker.begin()
    breaker.succeeded()
    fail(2)
    expect(breaker.state()).to.equal('ok')
  })

  it('is tried by one request alone after the rest; if that succeeds by all', () => {
    fail(3)
    nowMs += 10_000
    breaker.begin()
    expect(breaker.ready(), 'while one is trying').to.equal(false)
    breaker.succeeded()
    expect(breaker.state()).to.equal('ok')
    expect(breaker.ready()).to.equal(true)
  })

  it('again on trial rests twice as long, up to five minutes', () => {
    fail(3)
    const rests: number[] = []
    for (let trial = 0; trial < 7; trial++) {
      let restMs = 0
      while (!breaker.ready()) {
        nowMs += 10_000
        restMs += 10_000
      }
      rests.push(restMs / 1000)
      fail(1)
    }
    expect(rests).to.deep.equal([10, 20, 40, 80, 160, 300, 300])
  })

  it('is neither better nor worse for a request that was refused or cancelled', () => {
    fail(3)
    nowMs += 10_000
    breaker.begin()
    breaker.unknown(new Error('hung up'))
    expect(breaker.ready(), 'the next may try').to.equal(true)
    expect(breaker.state()).to.equal('resting')
  })
})
