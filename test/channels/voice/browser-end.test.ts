import { mock } from 'node:test'
import { expect } from 'chai'
import { browserEnd } from '../../../channels/voice/browser-end.ts'
import type { Call } from '../../../channels/voice/call.ts'
import type { WebRtcLeg } from '../../../media/media.ts'

/** A call whose contact is at whichever leg attached last. */
class FakeCall {
  isOver = false
  answers = 0
  ends: string[] = []
  at: WebRtcLeg | undefined
  contact: { leg?: WebRtcLeg | undefined } = {}
  parties = {
    contact: this.contact,
    disconnected: () => void delete this.contact.leg,
  }
  async answered(): Promise<void> {
    this.answers++
  }
  isAt(leg: WebRtcLeg): boolean {
    return this.at === leg
  }
  async over(by: string): Promise<void> {
    this.isOver = true
    this.ends.push(by)
  }
}

describe('voice: the page a visitor talks in', () => {
  let call: FakeCall
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] })
    call = new FakeCall()
  })
  afterEach(() => mock.timers.reset())

  function line(): WebRtcLeg {
    const leg = {} as WebRtcLeg
    call.at = leg
    call.contact.leg = leg
    browserEnd({
      call: call as unknown as Call,
      leg,
      hangUp: () => undefined,
      onError: (error) => expect.fail(String(error)),
    })
    return leg
  }

  it('a line that never comes up ends the call', () => {
    line()
    mock.timers.tick(19_999)
    expect(call.ends).to.deep.equal([])
    mock.timers.tick(1)
    expect(call.ends).to.deep.equal(['contact'])
  })

  it('a line that comes up is answered, and lasts', () => {
    line().onConnected!(true)
    mock.timers.tick(3_600_000)
    expect([call.answers, call.ends]).to.deep.equal([1, []])
  })

  it('a page that is gone is waited for, and then the caller has left', () => {
    const leg = line()
    leg.onConnected!(true)
    leg.onConnected!(false)
    expect(call.contact).to.deep.equal({})
    mock.timers.tick(20_000)
    expect(call.ends).to.deep.equal(['contact'])
  })

  it('who comes back on a new line goes on, whatever the old one tells', () => {
    const old = line()
    old.onConnected!(true)
    old.onConnected!(false)
    const fresh = line()
    fresh.onConnected!(true)
    old.onConnected!(false)
    mock.timers.tick(60_000)
    expect(call.contact.leg).to.equal(fresh)
    expect(call.ends).to.deep.equal([])
  })
})
