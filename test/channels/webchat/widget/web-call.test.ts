import { expect } from 'chai'
import { createWebCall, NoMicrophone } from '../../../../channels/webchat/widget/call/web-call.ts'
import type { CallPeer, CallState } from '../../../../channels/webchat/widget/call/web-call.ts'
import type { ClientFrame } from '../../../../channels/webchat/widget/wire.ts'
import { VirtualClock } from './visitor.ts'

class FakePeer implements CallPeer {
  onState?: (state: 'connected' | 'disconnected' | 'failed') => void
  answered = ''
  closed = false
  offer = async () => 'v=0 offer of the visitor'
  accept = async (answer: string) => {
    this.answered = answer
  }
  close = () => {
    this.closed = true
  }
}

function setUp() {
  const clock = new VirtualClock()
  const peers: FakePeer[] = []
  const sent: ClientFrame[] = []
  const microphone = { stopped: 0, muted: false, fault: undefined as NoMicrophone | undefined }
  const wire = { up: true }
  const phases: CallState['phase'][] = []
  const call = createWebCall({
    now: () => clock.nowMs,
    after: clock.after,
    microphone: async () => {
      if (microphone.fault) throw microphone.fault
      return {
        mute: (on: boolean) => void (microphone.muted = on),
        stop: () => void (microphone.stopped += 1),
      }
    },
    peer: () => {
      const peer = new FakePeer()
      peers.push(peer)
      return peer
    },
    send: (frame) => {
      if (wire.up) sent.push(frame)
      return wire.up
    },
  })
  call.subscribe(() => phases.push(call.state.phase))
  const all = (t: ClientFrame['t']) => sent.filter((frame) => frame.t === t)
  return { clock, peers, sent, all, microphone, wire, phases, call }
}

async function talking() {
  const visitor = setUp()
  await visitor.call.start()
  visitor.call.hear({ t: 'callAnswer', sdp: 'v=0 answer' })
  visitor.peers[0]!.onState?.('connected')
  return visitor
}

describe('web chat widget: a call in the browser', () => {
  it('asks for the microphone, proposes a line, talks when it stands', async () => {
    const { phases, all, peers } = await talking()
    expect(phases).to.deep.equal(['asking', 'connecting', 'talking'])
    expect(all('call')).to.deep.equal([{ t: 'call', sdp: 'v=0 offer of the visitor' }])
    expect(peers[0]!.answered).to.equal('v=0 answer')
  })

  it('without the microphone nothing is proposed, and the visitor learns why', async () => {
    const { call, microphone, sent } = setUp()
    microphone.fault = new NoMicrophone('Refused')
    await call.start()
    expect(call.state).to.deep.equal({ phase: 'over', why: 'Refused' })
    expect(sent).to.deep.equal([])
    microphone.fault = undefined
    await call.start()
    expect(call.state.phase).to.equal('connecting')
  })

  it('given up while the browser still asks: the microphone is let go', async () => {
    const { call, microphone, sent } = setUp()
    const starting = call.start()
    call.hangUp()
    await starting
    expect(microphone.stopped).to.equal(1)
    expect(call.state).to.deep.equal({ phase: 'idle' })
    expect(sent.filter(({ t }) => t === 'call')).to.deep.equal([])
  })

  it('hanging up tells the server and lets the microphone go', async () => {
    const { call, all, microphone, peers } = await talking()
    call.hangUp()
    expect(all('callEnd')).to.have.length(1)
    expect(microphone.stopped).to.equal(1)
    expect(peers[0]!.closed).to.equal(true)
  })

  it('the other side hangs up: said once, and one may call again', async () => {
    const { call, microphone } = await talking()
    call.hear({ t: 'callEnded', reason: 'hungUp' })
    expect(call.state).to.deep.equal({ phase: 'over', why: 'hungUp' })
    expect(microphone.stopped).to.equal(1)
    await call.start()
    expect(call.state.phase).to.equal('connecting')
  })

  it('all lines busy: the server’s sentence is shown', async () => {
    const { call } = setUp()
    await call.start()
    const error = { code: 'CALLS_FULL' as const, zh: '线路全忙', en: 'All lines are in use' }
    call.hear({ t: 'callEnded', reason: 'refused', error })
    expect(call.state).to.deep.equal({ phase: 'over', why: 'refused', error })
  })

  it('the end of a call of another page disturbs nobody', () => {
    const { call } = setUp()
    call.hear({ t: 'callEnded', reason: 'hungUp' })
    expect(call.state).to.deep.equal({ phase: 'idle' })
  })

  it('the path breaks: a new one in the same call, the clock runs on, still muted', async () => {
    const { call, peers, clock, all, microphone } = await talking()
    const { sinceMs } = call.state as Extract<CallState, { phase: 'talking' }>
    call.mute(true)
    peers[0]!.onState?.('failed')
    expect(call.state).to.deep.include({ phase: 'talking', broken: true })
    await clock.pass(1500)
    expect(all('call')).to.have.length(2)
    peers[1]!.onState?.('connected')
    expect(call.state).to.deep.equal({ phase: 'talking', sinceMs, muted: true, broken: false })
    expect(microphone).to.deep.include({ stopped: 0, muted: true })
  })

  it('a gap that mends itself costs nothing', async () => {
    const { peers, clock } = await talking()
    peers[0]!.onState?.('disconnected')
    await clock.pass(1000)
    peers[0]!.onState?.('connected')
    await clock.pass(20_000)
    expect(peers).to.have.length(1)
  })

  it('a network that stays away ends the call in the end, and the server is told', async () => {
    const { call, peers, clock, all, microphone } = await talking()
    peers[0]!.onState?.('failed')
    // each new path has ten seconds, and the next begins a second and a half later
    for (let round = 0; round < 8; round++) {
      expect(call.state.phase).to.equal('talking')
      await clock.pass(11_500)
    }
    expect(call.state).to.deep.equal({ phase: 'over', why: 'fault' })
    expect(all('callEnd')).to.have.length(1)
    expect(microphone.stopped).to.equal(1)
  })

  it('no wire at that moment: proposed again when it is back', async () => {
    const { call, wire, clock, all } = setUp()
    wire.up = false
    await call.start()
    expect(all('call')).to.have.length(0)
    wire.up = true
    await clock.pass(3000)
    expect(all('call')).to.have.length(1)
  })

  it('keys go out while one talks', async () => {
    const { call, all } = await talking()
    call.keys('1')
    expect(all('callKeys')).to.deep.equal([{ t: 'callKeys', digits: '1' }])
  })
})
