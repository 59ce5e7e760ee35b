import { expect } from 'chai'
import type { Endpoint } from '../../../media/asr/endpoint.ts'
import { createEndpoint } from '../../../media/asr/endpoint.ts'

/** @returns after how many ms of sound there was a verdict, and which */
function until(endpoint: Endpoint, loud: boolean, maxMs: number) {
  for (let ms = 20; ms <= maxMs; ms += 20) {
    endpoint.sound(20, loud)
    const verdict = endpoint.verdict()
    if (verdict) return { verdict, ms }
  }
  return undefined
}

describe('the end of an utterance', () => {
  it('is the agreed silence after words', () => {
    const endpoint = createEndpoint(600, 10_000)
    expect(until(endpoint, true, 500)).to.equal(undefined)
    endpoint.words('二三', false)
    expect(until(endpoint, false, 2000)).to.deep.equal({ verdict: 'finish', ms: 600 })
  })

  it('is put off by every sound', () => {
    const endpoint = createEndpoint(600, 10_000)
    endpoint.words('二', false)
    expect(until(endpoint, false, 580)).to.equal(undefined)
    expect(until(endpoint, true, 20)).to.equal(undefined)
    expect(until(endpoint, false, 2000)).to.deep.equal({ verdict: 'finish', ms: 600 })
  })

  it('on a noisy line is where the recogniser says, once nothing more is understood', () => {
    const endpoint = createEndpoint(600, 60_000)
    endpoint.words('二', false)
    expect(until(endpoint, true, 3000)).to.equal(undefined)
    endpoint.words('二三', true)
    expect(until(endpoint, true, 3000)).to.deep.equal({ verdict: 'finish', ms: 600 })
  })

  it('is the longest time, counted from the first word', () => {
    const endpoint = createEndpoint(600, 3000)
    expect(until(endpoint, true, 5000)).to.equal(undefined)
    endpoint.words('二', false)
    expect(until(endpoint, true, 5000)).to.deep.equal({ verdict: 'finish', ms: 3000 })
  })

  it('a noise without a word is forgotten after a second of quiet', () => {
    const endpoint = createEndpoint(300, 10_000)
    expect(until(endpoint, true, 700)).to.equal(undefined)
    expect(until(endpoint, false, 3000)).to.deep.equal({ verdict: 'forget', ms: 1000 })
  })

  it('words of a slow recogniser end it even after that', () => {
    const endpoint = createEndpoint(300, 10_000)
    until(endpoint, false, 3000)
    endpoint.words('投诉', true)
    expect(endpoint.verdict()).to.equal('finish')
  })
})
