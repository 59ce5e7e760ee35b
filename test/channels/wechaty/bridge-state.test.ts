import { expect } from 'chai'
import type { BridgeEvent, BridgeStep } from '../../../channels/wechaty/bridge-state.ts'
import { firstBridgeState, nextBridgeState } from '../../../channels/wechaty/bridge-state.ts'

/** One event after the other, each a second later. */
function after(...events: (BridgeEvent | BridgeEvent['is'])[]): BridgeStep {
  let step: BridgeStep = { state: firstBridgeState }
  let nowMs = 0
  for (const event of events)
    step = nextBridgeState(
      step.state,
      typeof event === 'string' ? ({ is: event } as BridgeEvent) : event,
      (nowMs += 1_000),
    )
  return step
}
const scan = (scanned: boolean): BridgeEvent => ({ is: 'scan', qrText: 'https://qr', scanned })

describe('how the bridge to personal WeChat fares', () => {
  it('shows what is to be scanned, until it is', () => {
    expect(after('begun', scan(false)).state).to.include({ phase: 'signIn', qrText: 'https://qr' })
    expect(after('begun', scan(false), scan(true)).state).to.include({ qrText: '' })
    expect(after('begun', scan(false), 'login').state).to.include({ phase: 'online', qrText: '' })
    expect(after('begun', 'login', 'logout').state.phase).to.equal('signIn')
  })

  it('a start that succeeded proves nothing', () => {
    expect(after('begun', 'started').state.phase).to.equal('starting')
  })

  it('a few errors are borne, a storm of them ends the process', () => {
    const storm = Array<BridgeEvent>(19).fill({ is: 'error' })
    expect(after('begun', ...storm).kill).to.equal(undefined)
    expect(after('begun', ...storm, 'error').kill).to.equal(true)
    // spread over more than a minute they are no storm
    let step = after('begun')
    for (let n = 1; n <= 100; n++) step = nextBridgeState(step.state, { is: 'error' }, n * 4_000)
    expect(step.kill).to.equal(undefined)
  })

  it('begins anew after pauses that grow, and short ones again once it has lasted', () => {
    const rests: (number | undefined)[] = []
    let step = after('begun')
    for (let n = 0; n < 12; n++) {
      step = nextBridgeState(step.state, { is: 'ended' }, n)
      rests.push(step.restMs)
    }
    expect(rests.slice(0, 4)).to.deep.equal([2_000, 4_000, 8_000, 16_000])
    expect(rests.at(-1)).to.equal(600_000)
    const online = nextBridgeState(step.state, { is: 'login' }, 0).state
    expect(nextBridgeState(online, { is: 'ended' }, 10_000).restMs).to.equal(600_000)
    expect(nextBridgeState(online, { is: 'ended' }, 301_000).restMs).to.equal(2_000)
  })

  it('what is not installed is looked for now and then', () => {
    const step = after('begun', 'missing', 'ended')
    expect(step).to.deep.include({ restMs: 600_000 })
    expect(step.state.phase).to.equal('missing')
  })
})
