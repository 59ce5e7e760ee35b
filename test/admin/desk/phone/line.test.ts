import { expect } from 'chai'
import { ApiError, offline } from '../../../../admin/src/api/error.ts'
import { Line } from '../../../../admin/src/desk/phone/line.ts'
import type { LineView } from '../../../../admin/src/desk/phone/line.ts'
import { Clockwork, settle } from '../clockwork.ts'
import { FakeBrowser } from './browser.ts'
import type { FakeTrack } from './browser.ts'

function setUp() {
  const browser = new FakeBrowser()
  const timers = new Clockwork()
  const signalled: string[] = []
  const views: LineView<string>[] = []
  const server: { answer: () => Promise<string> } = { answer: async () => 'v=0 answer' }
  const line = new Line<FakeTrack, string>({
    microphone: () => browser.microphone(),
    peer: browser.peer,
    signal: (sdp) => {
      signalled.push(sdp)
      return server.answer()
    },
    timers,
    onChange: (view) => views.push(view),
  })
  const states = () => views.map(({ state }) => state)
  return { browser, timers, signalled, server, line, states }
}

async function connected() {
  const all = setUp()
  all.line.open()
  await settle()
  all.browser.newestPeer.becomes('connected')
  return all
}

describe('admin desk: a line into a call', () => {
  it('asks for the microphone, tells the server, takes its answer', async () => {
    const { states, signalled, browser } = await connected()
    expect(states()).to.deep.equal(['askingMicrophone', 'connecting', 'connected'])
    expect(signalled).to.have.length(1)
    expect(browser.newestPeer.answered).to.equal('v=0 answer')
  })

  it('prepared while it rings, it is silent until one speaks', async () => {
    const { browser, line } = await connected()
    expect(browser.track.enabled).to.equal(false)
    line.speak(true)
    expect(browser.track.enabled).to.equal(true)
  })

  it('without a microphone it says why and waits for the person', async () => {
    const { browser, line, timers, signalled } = setUp()
    browser.fault = 'refused'
    line.open()
    await settle()
    expect(line.view).to.deep.equal({
      state: 'lost',
      fault: { kind: 'microphone', why: 'refused' },
    })
    timers.pass(60_000)
    await settle()
    expect(signalled).to.deep.equal([])
    browser.fault = undefined
    line.open()
    await settle()
    expect(line.view.state).to.equal('connecting')
  })

  it('a broken path is replaced by a new one over the same microphone', async () => {
    const { browser, line, timers, signalled } = await connected()
    browser.newestPeer.becomes('failed')
    expect(line.view).to.deep.include({ state: 'lost', fault: { kind: 'network' } })
    expect(browser.peers[0]!.closed).to.equal(true)
    timers.pass(500)
    await settle()
    browser.newestPeer.becomes('connected')
    expect(line.view.state).to.equal('connected')
    expect(line.view).to.not.have.property('fault')
    expect(browser.tracks).to.have.length(1)
    expect(signalled).to.have.length(2)
  })

  it('a short gap mends itself, a longer one gets a new line', async () => {
    const { browser, line, timers } = await connected()
    browser.newestPeer.becomes('disconnected')
    timers.pass(1000)
    browser.newestPeer.becomes('connected')
    timers.pass(10_000)
    expect(browser.peers).to.have.length(1)
    browser.newestPeer.becomes('disconnected')
    timers.pass(1500)
    expect(line.view.state).to.equal('lost')
  })

  it('packets that go nowhere are a broken line too', async () => {
    const { line, timers } = setUp()
    line.open()
    await settle()
    timers.pass(8000)
    expect(line.view).to.deep.include({ state: 'lost', fault: { kind: 'network' } })
  })

  it('the server’s refusal is shown in its words, and tried again ever more slowly', async () => {
    const { line, server, timers, signalled } = setUp()
    const error = { code: 'NO_CALL', zh: '没有通话', en: 'no call' } as const
    server.answer = () => Promise.reject(new ApiError(0, error))
    line.open()
    await settle()
    expect(line.view.fault).to.deep.equal({
      kind: 'server',
      error: { zh: '没有通话', en: 'no call' },
    })
    for (const waitMs of [500, 1000, 2000, 4000, 5000, 5000]) {
      const before = signalled.length
      timers.pass(waitMs - 1)
      await settle()
      expect(signalled).to.have.length(before)
      timers.pass(1)
      await settle()
      expect(signalled).to.have.length(before + 1)
    }
  })

  it('while the desk is offline the line comes back when the desk does', async () => {
    const { line, server, timers } = setUp()
    server.answer = () => Promise.reject(offline())
    line.open()
    await settle()
    expect(line.view.fault).to.deep.equal({ kind: 'network' })
    server.answer = async () => 'v=0 answer'
    timers.pass(500)
    await settle()
    expect(line.view.state).to.equal('connecting')
  })

  it('closed while the browser still asks, the microphone is let go', async () => {
    const { browser, line, signalled } = setUp()
    line.open()
    line.close()
    await settle()
    expect(browser.track.stopped).to.equal(true)
    expect(signalled).to.deep.equal([])
    expect(line.view).to.deep.equal({ state: 'idle' })
  })

  it('the headset is unplugged: the next microphone takes over, just as loud or silent', async () => {
    const { browser, line } = await connected()
    line.speak(true)
    const [first] = browser.tracks
    first!.unplug()
    await settle()
    expect(first!.stopped).to.equal(true)
    expect(browser.newestPeer.sending).to.equal(browser.track)
    expect(browser.tracks).to.have.length(2)
    expect(browser.track.enabled).to.equal(true)
    expect(line.view.state).to.equal('connected')
  })

  it('the last microphone is unplugged: said, and the peer let go', async () => {
    const { browser, line } = await connected()
    browser.fault = 'none'
    browser.track.unplug()
    await settle()
    expect(line.view).to.deep.equal({ state: 'lost', fault: { kind: 'microphone', why: 'none' } })
    expect(browser.newestPeer.closed).to.equal(true)
  })
})
