/** What an agent does with a caller on the line: hold, mute, keys, playing, pausing the recording. */
import { expect } from 'chai'
import type { SimulatedAgent } from '../../harness/agent.ts'
import type { RecordingView } from '../../../gateway/recordings/schema.ts'
import { recordingOf } from './recorded.ts'
import type { Talk } from './scene.ts'
import { AGENT, CALLER, eventsOf, untilCall, untilState, VoiceScene, writeUp } from './scene.ts'
import { upload } from './upload.ts'
import { wavOfTone } from './wav-of-tone.ts'

const LIN = '13811112222'

describe('an agent and a caller talk', function () {
  this.timeout(90_000)
  let scene: VoiceScene
  let lin: SimulatedAgent
  let talk: Talk

  before(async () => {
    scene = await VoiceScene.open()
    lin = await scene.agent('lin', LIN)
  })
  after(() => scene?.stop())
  beforeEach(async () => {
    talk = await scene.talk(lin, LIN)
  })
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      this.currentTest.err!.stack += `\n${scene.product.output.slice(-3000)}`
    talk.caller.hangUp()
    await writeUp(lin, talk.conversationId)
  })

  it('holds: the caller hears music, the agent nothing; and comes back', async () => {
    const { caller, agent, conversationId } = talk
    await lin.do({ do: 'hold', conversationId, on: true })
    await untilCall(lin, conversationId, ({ held }) => held, 'the hold')
    await Promise.all([caller.hearsOtherThan(AGENT), agent.hearsSilence()])
    await lin.do({ do: 'hold', conversationId, on: false })
    await Promise.all([caller.hearsTone(AGENT, 0.9), agent.hearsTone(CALLER, 0.9)])
    const held = (await eventsOf(lin, conversationId)).filter(({ event }) => event === 'callHeld')
    expect(held.map(({ on }) => on)).to.deep.equal([true, false])
  })

  it('hold pressed twice is one hold, and one release frees it', async () => {
    const { caller, conversationId } = talk
    await lin.do({ do: 'hold', conversationId, on: true })
    await lin.do({ do: 'hold', conversationId, on: true })
    await lin.do({ do: 'hold', conversationId, on: false })
    await caller.hearsTone(AGENT, 0.9)
    const held = (await eventsOf(lin, conversationId)).filter(({ event }) => event === 'callHeld')
    expect(held.map(({ on }) => on)).to.deep.equal([true, false])
  })

  it('the caller hangs up while on hold: the agent writes up', async () => {
    const { caller, agent, conversationId } = talk
    await lin.do({ do: 'hold', conversationId, on: true })
    caller.hangUp()
    await agent.ended
    await untilState(lin, conversationId, 'wrapUp')
  })

  it('mutes: the caller does not hear the agent, the agent hears on', async () => {
    const { caller, agent, conversationId } = talk
    await lin.do({ do: 'mute', conversationId, on: true })
    await caller.hearsSilence()
    agent.forget()
    await agent.hearsTone(CALLER)
    await lin.do({ do: 'mute', conversationId, on: false })
    await caller.hearsTone(AGENT)
  })

  it('presses keys for the menu at the other end', async () => {
    await lin.do({ do: 'keys', conversationId: talk.conversationId, digits: '12#' })
    await talk.caller.until(() => talk.caller.digits === '12#', 'the keys')
  })

  it('keys of the caller are not taken for the flow', async () => {
    const { caller, agent, conversationId } = talk
    caller.press('0')
    // what is pressed takes 100 ms to be told; the end of the call comes after it
    caller.forget()
    await caller.hearsTone(AGENT)
    caller.hangUp()
    await agent.ended
    await untilState(lin, conversationId, 'wrapUp')
    const { messages } = await lin.open(conversationId)
    expect(messages.filter(({ direction }) => direction === 'in')).to.have.length(1)
  })

  it('reads a text out to the caller, and stops when told to', async () => {
    const { caller, agent, conversationId } = talk
    agent.hush()
    await caller.hearsSilence()
    const text = '您的投诉已经登记,处理结果会在五个工作日之内用短信通知您,请您留意。'.repeat(4)
    await lin.do({ do: 'playTo', conversationId, source: { kind: 'text', text } })
    await untilCall(lin, conversationId, ({ playing }) => playing, 'the reading')
    caller.forget()
    await caller.hearsOtherThan(AGENT)
    await lin.do({ do: 'playStop', conversationId })
    await untilCall(lin, conversationId, ({ playing }) => !playing, 'the end of it')
    await caller.hearsSilence()
  })

  it('plays an uploaded file to both', async () => {
    const { caller, agent, conversationId } = talk
    const blobId = await upload(lin, wavOfTone(1700, 3000))
    agent.hush()
    caller.hush()
    await caller.hearsSilence()
    await lin.do({ do: 'playTo', conversationId, source: { kind: 'file', blobId } })
    await Promise.all([caller.hearsTone(1700), agent.hearsTone(1700)])
    await untilCall(lin, conversationId, ({ playing }) => !playing, 'the end of it')
  })

  it('plays an earlier recording to the caller', async () => {
    const { caller, agent, conversationId } = talk
    const { items } = await lin.get<{ items: RecordingView[] }>('/recordings?kind=call&limit=100')
    const earlier = items.find((each) => each.state === 'stored' && each.durationMs > 2000)!
    agent.hush()
    await caller.hearsSilence()
    const source = { kind: 'recording', recordingId: earlier.id } as const
    await lin.do({ do: 'playTo', conversationId, source })
    caller.forget()
    await caller.hearsSound()
    await lin.do({ do: 'playStop', conversationId })
    await untilCall(lin, conversationId, ({ playing }) => !playing, 'the end of it')
  })

  it('a text read out while on hold: the music goes on after it', async () => {
    const { caller, conversationId } = talk
    await lin.do({ do: 'hold', conversationId, on: true })
    await lin.do({ do: 'playTo', conversationId, source: { kind: 'text', text: '请稍等。' } })
    await untilCall(lin, conversationId, ({ playing }) => playing, 'the reading')
    await untilCall(lin, conversationId, ({ playing }) => !playing, 'the end of it')
    caller.forget()
    await caller.hearsOtherThan(AGENT)
    await lin.do({ do: 'hold', conversationId, on: false })
    await caller.hearsTone(AGENT, 0.9)
  })

  it('a file that is not there is refused, and nothing is stuck', async () => {
    const { caller, conversationId } = talk
    const source = { kind: 'file', blobId: 'nothing' } as const
    const refused = await lin.do({ do: 'playTo', conversationId, source }).catch(String)
    expect(refused).to.include('NOT_FOUND')
    await caller.hearsTone(AGENT)
  })

  it('pauses the recording: what is said meanwhile is not in it', async () => {
    const { caller, agent, conversationId } = talk
    agent.hush()
    await lin.do({ do: 'recordingPause', conversationId, on: true })
    await untilCall(lin, conversationId, ({ recording }) => recording === 'paused', 'the pause')
    caller.hum(1300)
    agent.forget()
    await agent.hearsTone(1300)
    caller.hum(CALLER)
    agent.forget()
    await agent.hearsTone(CALLER, 0.9)
    await lin.do({ do: 'recordingPause', conversationId, on: false })
    await untilCall(lin, conversationId, ({ recording }) => recording === 'on', 'it to go on')
    agent.forget()
    await agent.hearsTone(CALLER)
    caller.hangUp()
    await agent.ended
    const { view, audio } = await recordingOf(scene.admin, conversationId)
    expect(audio.msOf(CALLER)).to.be.greaterThan(500)
    expect(audio.msOf(1300)).to.equal(0)
    expect(view.pauses).to.have.length(1)
    expect(view.pauses[0]!.toMs).to.be.greaterThan(view.pauses[0]!.fromMs)
  })
})
