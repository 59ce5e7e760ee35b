import { expect } from 'chai'
import { Softphone } from '../../../../admin/src/desk/phone/softphone.ts'
import { firstState, reduce } from '../../../../admin/src/desk/state.ts'
import type { DeskAction, DeskState } from '../../../../admin/src/desk/state.ts'
import { offline } from '../../../../admin/src/api/error.ts'
import type { CallCard, ConversationCard, DeskCommand } from '../../../../gateway/desk/protocol.ts'
import { Clockwork, settle } from '../clockwork.ts'
import { card, welcome } from '../samples.ts'
import { FakeBrowser } from './browser.ts'
import type { FakeTrack } from './browser.ts'
import { call, contact, mePresent, offeredToMe, onExtension, party, voiceCard } from './samples.ts'

class FakeDesk {
  state: DeskState = firstState
  readonly commands: DeskCommand[] = []
  refusal: Error | undefined
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
  async request(command: DeskCommand): Promise<unknown> {
    this.commands.push(command)
    if (this.refusal) throw this.refusal
    return command.do === 'line' ? { sdp: 'v=0 answer' } : undefined
  }
  async told(...actions: DeskAction[]): Promise<void> {
    for (const action of actions) {
      this.state = reduce(this.state, action, 0)
      for (const listener of [...this.#listeners]) listener()
    }
    await settle()
  }
  all(what: DeskCommand['do']): DeskCommand[] {
    return this.commands.filter((command) => command.do === what)
  }
}

function setUp() {
  const desk = new FakeDesk()
  const browser = new FakeBrowser()
  const timers = new Clockwork()
  const phone = new Softphone<FakeTrack, string>({
    myId: 'a1',
    desk,
    timers,
    microphone: browser.microphone,
    peer: browser.peer,
    play: browser.play,
    devices: { load: () => ({}), save: () => undefined },
  })
  phone.own(true)
  const arrive = (cards: ConversationCard[], calls: CallCard[]) =>
    desk.told({ ...welcome(cards), calls })
  return { desk, browser, timers, phone, arrive }
}

describe('admin desk: the telephone', () => {
  it('a call offered to me prepares a silent line; answering only opens the mouth', async () => {
    const { desk, browser, arrive } = setUp()
    await arrive([offeredToMe('c1')], [call('c1', { phase: 'waiting', parties: [contact] })])
    expect(desk.all('line')).to.deep.include({
      do: 'line',
      conversationId: 'c1',
      sdp: 'v=0 offer of the console',
    })
    expect(browser.track.enabled).to.equal(false)
    await desk.told({ t: 'conversation', card: voiceCard('c1', { version: 2 }) })
    await desk.told({ t: 'call', call: call('c1') })
    expect(browser.track.enabled).to.equal(true)
    expect(desk.all('line')).to.have.length(1)
  })

  it('an offer that goes on to a colleague lets the microphone go at once', async () => {
    const { desk, browser, arrive, phone } = setUp()
    await arrive([offeredToMe('c1')], [call('c1', { phase: 'waiting', parties: [contact] })])
    await desk.told({ t: 'gone', conversationId: 'c1', why: 'elsewhere' })
    expect(browser.track.stopped).to.equal(true)
    expect(desk.all('lineDown')).to.have.length(1)
    expect(phone.state.lines).to.deep.equal({})
  })

  it('after a reload the line into my call opens again by itself', async () => {
    const { desk, browser, arrive } = setUp()
    await arrive([voiceCard('c1')], [call('c1')])
    expect(desk.all('line')).to.have.length(1)
    expect(browser.track.enabled).to.equal(true)
  })

  it('muted before the reload is muted after it', async () => {
    const { browser, arrive } = setUp()
    const muted = { ...mePresent, muted: true }
    await arrive([voiceCard('c1')], [call('c1', { parties: [contact, muted] })])
    expect(browser.track.enabled).to.equal(false)
  })

  it('mute is silence at once, even while the desk is offline', async () => {
    const { desk, browser, phone, arrive } = setUp()
    await arrive([voiceCard('c1')], [call('c1')])
    desk.refusal = offline()
    await phone.mute('c1', true).catch(() => undefined)
    expect(browser.track.enabled).to.equal(false)
    expect(phone.isMuted('c1')).to.equal(true)
    desk.refusal = undefined
    await phone.mute('c1', false)
    expect(browser.track.enabled).to.equal(true)
    expect(desk.all('mute').at(-1)).to.deep.include({ on: false })
  })

  it('when the call has ended one is silent at once and hears the last word', async () => {
    const { desk, browser, timers, arrive } = setUp()
    await arrive([voiceCard('c1')], [call('c1')])
    browser.newestPeer.onAudio?.('voice of the caller')
    await desk.told({ t: 'call', call: call('c1', { phase: 'ended', endedAtMs: 1 }) })
    expect(browser.track.enabled).to.equal(false)
    expect(browser.track.stopped).to.equal(false)
    expect(browser.heard.get('c1')?.stream).to.equal('voice of the caller')
    timers.pass(3000)
    expect(browser.track.stopped).to.equal(true)
    expect(browser.heard.size).to.equal(0)
  })

  it('who takes calls on an extension gets no line and no microphone question', async () => {
    const { desk, browser, arrive } = setUp()
    await arrive([], [])
    await desk.told(
      { t: 'agent', agent: onExtension },
      { t: 'conversation', card: offeredToMe('c1') },
      { t: 'call', call: call('c1', { phase: 'waiting', parties: [contact] }) },
    )
    expect(browser.tracks).to.deep.equal([])
    expect(desk.all('line')).to.deep.equal([])
  })

  it('a call I began in the browser stays there when I choose an extension meanwhile', async () => {
    const { desk, browser, arrive } = setUp()
    await arrive([voiceCard('c1')], [call('c1')])
    await desk.told({ t: 'agent', agent: onExtension })
    expect(browser.track.stopped).to.equal(false)
  })

  it('chats and other people’s calls open nothing', async () => {
    const { desk, arrive } = setUp()
    await arrive(
      [card('c1'), voiceCard('c2', { agentId: 'a2' })],
      [call('c2', { parties: [contact, party('p2', { agentId: 'a2' })] })],
    )
    expect(desk.all('line')).to.deep.equal([])
  })

  it('listening in: the line first, then the server is asked; silent until one whispers', async () => {
    const { desk, browser, phone, arrive } = setUp()
    await arrive([voiceCard('c2', { agentId: 'a2' })], [call('c2', { parties: [contact] })])
    phone.join('c2')
    await settle()
    let ready = false
    void phone.signalled('c2').then(() => (ready = true))
    await settle()
    expect(ready).to.equal(false)
    browser.newestPeer.becomes('connected')
    await settle()
    expect(ready).to.equal(true)
    const leader = party('p9', { agentId: 'a1', kind: 'supervisor', mode: 'listen' })
    const supervised = (more: Partial<typeof leader>) =>
      desk.told({ t: 'call', call: call('c2', { parties: [contact, { ...leader, ...more }] }) })
    await supervised({})
    expect(browser.track.enabled).to.equal(false)
    await supervised({ mode: 'whisper' })
    expect(browser.track.enabled).to.equal(true)
    await supervised({ state: 'gone' })
    phone.leave('c2')
    expect(desk.all('lineDown')).to.have.length(1)
  })

  it('listening in is done in the console, whatever telephone one takes calls on', async () => {
    const { desk, phone, arrive } = setUp()
    await arrive([voiceCard('c2', { agentId: 'a2' })], [call('c2', { parties: [contact] })])
    await desk.told({ t: 'agent', agent: onExtension })
    phone.join('c2')
    await settle()
    expect(desk.all('line')).to.have.length(1)
  })

  it('a colleague asks me in: no line before I answer', async () => {
    const { desk, phone, arrive } = setUp()
    const asked = party('p-me', { agentId: 'a1', kind: 'third', state: 'ringing' })
    await arrive([voiceCard('c2', { agentId: 'a2' })], [call('c2', { parties: [contact, asked] })])
    expect(desk.all('line')).to.deep.equal([])
    phone.join('c2')
    await settle()
    expect(desk.all('line')).to.have.length(1)
  })

  it('a second window stays silent until it has the telephone', async () => {
    const { desk, browser, phone, arrive } = setUp()
    phone.own(false)
    await arrive([voiceCard('c1')], [call('c1')])
    expect(desk.all('line')).to.deep.equal([])
    phone.own(true)
    await settle()
    expect(desk.all('line')).to.have.length(1)
    phone.own(false)
    expect(browser.track.stopped).to.equal(true)
    // the other window’s line must not be taken down
    expect(desk.all('lineDown')).to.deep.equal([])
  })

  it('the desk comes back: a broken line does not wait for its next try', async () => {
    const { desk, browser, timers, phone, arrive } = setUp()
    desk.refusal = offline()
    await arrive([voiceCard('c1')], [call('c1')])
    for (const waitMs of [500, 1000, 2000, 4000]) {
      timers.pass(waitMs)
      await settle()
    }
    expect(phone.line('c1').state).to.equal('lost')
    await desk.told({ t: 'link', link: 'lost' })
    desk.refusal = undefined
    await arrive([voiceCard('c1')], [call('c1')])
    browser.newestPeer.becomes('connected')
    expect(phone.line('c1').state).to.equal('connected')
  })

  it('the device test has a line of its own, also without any call', async () => {
    const { desk, phone, browser } = setUp()
    phone.test(true)
    await settle()
    expect(desk.all('line')).to.deep.include({
      do: 'line',
      conversationId: 'test',
      sdp: 'v=0 offer of the console',
    })
    phone.test(false)
    expect(browser.track.stopped).to.equal(true)
    expect(desk.all('lineDown')).to.have.length(1)
  })

  it('another headset is used from the next syllable on', async () => {
    const { browser, phone, arrive } = setUp()
    await arrive([voiceCard('c1')], [call('c1')])
    browser.newestPeer.onAudio?.('voice')
    phone.choose({ microphone: 'headset', speaker: 'ear' })
    await settle()
    expect(browser.newestPeer.sending?.deviceId).to.equal('headset')
    expect(browser.peers).to.have.length(1)
    expect(browser.heard.get('c1')).to.deep.equal({ stream: 'voice', speaker: 'ear' })
  })
})
