/** A call out over several trunks: which failures pass it on to the next, and which are the answer. */
import { expect } from 'chai'
import type { CallEnd, SipCall } from '../../../channels/sip/sip-engine.ts'
import { TriedInTurn } from '../../../channels/voice/tried-in-turn.ts'
import { TrunkLines } from '../../../channels/voice/trunk-lines.ts'

/** An engine whose calls end as the test says. */
class Carrier {
  readonly uris: string[] = []
  readonly calls: SipCall[] = []

  call({ uri }: { uri: string }): SipCall {
    const call = {
      state: 'calling',
      hangUp: () => finish(call, { by: 'us', status: 487, outcome: 'failed' }),
    } as unknown as SipCall
    this.uris.push(uri)
    this.calls.push(call)
    return call
  }

  get last(): SipCall {
    return this.calls.at(-1)!
  }

  ends(end: Partial<CallEnd>): void {
    finish(this.last, { by: 'them', status: 503, outcome: 'failed', ...end })
  }
}

function finish(call: SipCall, end: CallEnd): void {
  call.state = 'ended'
  call.onEnded?.(end)
}

describe('a call out over several trunks', () => {
  let carrier: Carrier
  let over: string[]
  let ended: CallEnd[]

  beforeEach(() => {
    carrier = new Carrier()
    over = []
    ended = []
  })

  function dial(trunks: string[], options: { ringMs?: number; silentMs?: number } = {}) {
    const call = new TriedInTurn({
      sip: carrier,
      tries: trunks.map((trunkId) => ({
        ...{ trunkId, uri: `sip:1@${trunkId}`, sdp: '' },
        ...{ from: { number: '029' }, to: { number: '1' } },
      })),
      begun: (trunkId) => over.push(trunkId),
      ...{ ringMs: 60_000, ...options },
    })
    call.onEnded = (end) => ended.push(end)
    return call
  }

  for (const [what, end] of [
    ['503', { status: 503 }],
    ['a trunk that cannot be reached', { by: 'fault', status: 503 }],
    ['a trunk that never answered', { by: 'fault', status: 408 }],
  ] as const) {
    it(`${what}: the next trunk is tried`, () => {
      dial(['a', 'b'])
      carrier.ends(end)
      expect(over).to.deep.equal(['a', 'b'])
      expect(ended).to.deep.equal([])
    })
  }

  for (const [what, end] of [
    ['busy', { status: 486, outcome: 'busy' }],
    ['busy told by 503 and a cause', { status: 503, outcome: 'busy' }],
    ['no such number', { status: 404, outcome: 'unknownNumber' }],
    ['declined everywhere', { status: 603, outcome: 'declined' }],
    ['a wrong password of ours', { status: 403, outcome: 'failed' }],
  ] as const) {
    it(`${what}: that is the answer`, () => {
      dial(['a', 'b'])
      carrier.ends(end)
      expect(over).to.deep.equal(['a'])
      expect(ended).to.have.length(1)
    })
  }

  it('once it rang, a failure is the answer', () => {
    dial(['a', 'b'])
    carrier.last.onProgress!(180, undefined)
    carrier.ends({ status: 500 })
    expect(over).to.deep.equal(['a'])
    expect(ended[0]!.status).to.equal(500)
  })

  it('the last one’s failure is told, once', () => {
    dial(['a', 'b'])
    carrier.ends({ status: 503 })
    carrier.ends({ status: 502 })
    expect(ended.map(({ status }) => status)).to.deep.equal([502])
  })

  it('whoever hangs up meanwhile is not called over the next one', () => {
    const call = dial(['a', 'b'])
    call.hangUp()
    expect(over).to.deep.equal(['a'])
    expect(ended).to.have.length(1)
  })

  it('a silent trunk is left for the next, the last one is waited for', async () => {
    dial(['a', 'b'], { silentMs: 5 })
    const first = carrier.last
    await new Promise<void>((next) => {
      const look = () => (carrier.last === first ? setTimeout(look, 1) : next())
      look()
    })
    expect(first.state).to.equal('ended')
    expect(over).to.deep.equal(['a', 'b'])
    await new Promise((later) => setTimeout(later, 20))
    expect(carrier.last.state).to.equal('calling')
  })

  it('what the call does is done with the trunk of the moment', async () => {
    const call = dial(['a', 'b'])
    const heard: unknown[] = []
    call.onAnswered = (sdp) => heard.push(sdp)
    call.onDigit = (digit) => heard.push(digit)
    call.onOffer = async () => 'answer'
    carrier.ends({ status: 503 })
    carrier.last.state = 'answered'
    carrier.last.onAnswered!('v=0')
    carrier.last.onDigit!('5')
    expect(heard).to.deep.equal(['v=0', '5'])
    expect(call.state).to.equal('answered')
    expect(await carrier.last.onOffer!('offer')).to.equal('answer')
  })
})

describe('calls on a trunk', () => {
  it('are counted until they end, both ways together', () => {
    const lines = new TrunkLines()
    const call = { state: 'answered' as SipCall['state'] }
    lines.hold('a', call)
    lines.hold('a', { state: 'calling' })
    expect(lines.count('a')).to.equal(2)
    expect(lines.hasRoom({ _id: 'a', maxCalls: 2 })).to.be.false
    expect(lines.hasRoom({ _id: 'a' })).to.be.true
    expect(lines.hasRoom({ _id: 'b', maxCalls: 1 })).to.be.true
    call.state = 'ended'
    expect(lines.hasRoom({ _id: 'a', maxCalls: 2 })).to.be.true
  })
})
