/** A caller goes from one agent to another: by queue, by name, parked, after a question; and nobody gets two. */
import { expect } from 'chai'
import type { SimulatedAgent } from '../../harness/agent.ts'
import { BrowserLine } from '../../harness/browser-line.ts'
import type { Talk } from './scene.ts'
import {
  AGENT,
  CALLER,
  cardOf,
  eventsOf,
  THIRD,
  untilCall,
  untilState,
  VoiceScene,
  writeUp,
} from './scene.ts'

const LIN = '13811112222'
const AMY = '13833334444'

describe('a caller passed on within the house', function () {
  this.timeout(90_000)
  let scene: VoiceScene
  let lin: SimulatedAgent
  let amy: SimulatedAgent
  let talk: Talk

  before(async () => {
    scene = await VoiceScene.open()
    lin = await scene.agent('lin', LIN)
    amy = await scene.agent('amy', AMY)
  })
  after(() => scene?.stop())
  beforeEach(async () => {
    await amy.do({ do: 'phone', device: { kind: 'number', number: AMY } })
    await amy.do({ do: 'state', state: 'busy' })
    talk = await scene.talk(lin, LIN)
  })
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      this.currentTest.err!.stack += `\n${scene.product.output.slice(-3000)}`
    talk.caller.hangUp()
    const { conversationId } = talk
    for (const agent of [lin, amy]) {
      const me = agent.welcome.me.id
      const its = () => agent.card(({ id }) => id === conversationId)
      if (its()?.agentId === me) await untilState(agent, conversationId, 'wrapUp')
      if (its()?.wrapUp?.agentId === me) await writeUp(agent, conversationId)
    }
  })

  const idOf = (agent: SimulatedAgent) => agent.welcome.me.id
  const waiting = () =>
    amy.until(
      () =>
        amy.card(({ id, state }) => id === talk.conversationId && state === 'queued') !== undefined,
      'the queue',
    )

  it('to the queue: music, and the next agent gets it', async () => {
    const { caller, agent, conversationId } = talk
    await lin.do({ do: 'transfer', conversationId, toQueueId: 'general', note: '退票' })
    await agent.ended
    caller.forget()
    await caller.hearsOtherThan(AGENT)
    const rings = scene.outside.answer('answer', 0, AMY)
    await amy.ready()
    const next = await rings
    next.hum(THIRD)
    await Promise.all([caller.hearsTone(THIRD, 0.9), next.hearsTone(CALLER, 0.9)])
    expect(
      cardOf(amy, conversationId)!
        .parties.map(({ kind }) => kind)
        .sort(),
    ).to.deep.equal(['agent', 'contact'])
  })

  it('to a colleague by name, though others are free too', async () => {
    const { caller, agent, conversationId } = talk
    await amy.ready()
    const rings = scene.outside.answer('answer', 0, AMY)
    await lin.do({ do: 'transfer', conversationId, toAgentId: idOf(amy) })
    await agent.ended
    const next = await rings
    next.hum(THIRD)
    await caller.hearsTone(THIRD, 0.9)
  })

  it('parked in the queue, and taken back', async () => {
    const { caller, agent, conversationId } = talk
    await lin.do({ do: 'transfer', conversationId, toQueueId: 'general' })
    await agent.ended
    await waiting()
    caller.forget()
    await caller.hearsOtherThan(AGENT)
    const rings = scene.outside.answer('answer', 0, LIN)
    await lin.do({ do: 'take', conversationId })
    const back = await rings
    back.hum(AGENT)
    await Promise.all([caller.hearsTone(AGENT, 0.9), back.hearsTone(CALLER, 0.9)])
    back.hangUp()
    await untilState(lin, conversationId, 'wrapUp')
  })

  it('parked, and the caller gives up: it leaves the queue', async () => {
    const { caller, conversationId } = talk
    await lin.do({ do: 'transfer', conversationId, toQueueId: 'general' })
    await waiting()
    caller.hangUp()
    await amy.until(
      () => amy.card(({ id, state }) => id === conversationId && state === 'queued') === undefined,
      'it to leave',
    )
  })

  it('a colleague on a telephone is asked, and takes the call over', async () => {
    const { caller, agent, conversationId } = talk
    const rings = scene.outside.answer('answer', 0, AMY)
    const to = { kind: 'agent', agentId: idOf(amy) } as const
    await lin.do({ do: 'consult', conversationId, to })
    const asked = await rings
    asked.hum(THIRD)
    await Promise.all([agent.hearsTone(THIRD, 0.9), caller.hearsOtherThan(AGENT, THIRD)])
    await lin.do({ do: 'consultEnd', conversationId, how: 'transfer' })
    await agent.ended
    await Promise.all([caller.hearsTone(THIRD, 0.9), asked.hearsTone(CALLER, 0.9)])
    await untilCall(
      amy,
      conversationId,
      ({ parties }) =>
        parties.some(({ kind, agentId }) => kind === 'agent' && agentId === idOf(amy)),
      'amy to be the agent',
    )
    asked.hangUp()
    await untilState(amy, conversationId, 'wrapUp')
  })

  it('a colleague in the console is asked, sees the conversation, and takes the call over', async () => {
    const { caller, agent, conversationId } = talk
    await amy.do({ do: 'phone', device: { kind: 'browser' } })
    await lin.do({ do: 'consult', conversationId, to: { kind: 'agent', agentId: idOf(amy) } })
    await untilCall(amy, conversationId, () => true, 'the ringing')
    const line = await BrowserLine.open(amy, conversationId)
    line.hum(THIRD)
    await Promise.all([
      agent.hearsTone(THIRD, 0.9),
      line.hearsTone(AGENT, 0.9),
      caller.hearsOtherThan(AGENT, THIRD),
    ])
    await lin.do({ do: 'consultEnd', conversationId, how: 'transfer' })
    await agent.ended
    await Promise.all([caller.hearsTone(THIRD, 0.9), line.hearsTone(CALLER, 0.9)])
    await untilState(amy, conversationId, 'agent')
    await amy.do({ do: 'hangUp', conversationId })
    await untilState(amy, conversationId, 'wrapUp')
    line.close()
  })

  it('a colleague in the console declines: the agent is back with the caller', async () => {
    const { caller, agent, conversationId } = talk
    await amy.do({ do: 'phone', device: { kind: 'browser' } })
    await lin.do({ do: 'consult', conversationId, to: { kind: 'agent', agentId: idOf(amy) } })
    const ringing = await untilCall(
      amy,
      conversationId,
      ({ parties }) => parties.some(({ agentId }) => agentId === idOf(amy)),
      'the ringing',
    )
    const own = ringing.parties.find(({ agentId }) => agentId === idOf(amy))!
    await amy.do({ do: 'dropParty', conversationId, partyId: own.id })
    await Promise.all([caller.hearsTone(AGENT, 0.9), agent.hearsTone(CALLER, 0.9)])
  })

  it('who was asked in may be silent, but not hang up for others', async () => {
    const { caller, conversationId } = talk
    await amy.do({ do: 'phone', device: { kind: 'browser' } })
    await lin.do({ do: 'consult', conversationId, to: { kind: 'agent', agentId: idOf(amy) } })
    await untilCall(amy, conversationId, () => true, 'the ringing')
    const line = await BrowserLine.open(amy, conversationId)
    await lin.do({ do: 'consultEnd', conversationId, how: 'conference' })
    line.hum(THIRD)
    await caller.hearsTone(THIRD, 0.3)
    await amy.do({ do: 'mute', conversationId, on: true })
    await caller.hearsTone(AGENT, 0.9)
    const refused = await amy.do({ do: 'hangUp', conversationId }).catch(String)
    expect(refused).to.include('NOT_YOURS')
    line.close()
  })

  it('the agent hangs up in a conference with a colleague: theirs from here on', async () => {
    const { caller, agent, conversationId } = talk
    const rings = scene.outside.answer('answer', 0, AMY)
    await lin.do({ do: 'consult', conversationId, to: { kind: 'agent', agentId: idOf(amy) } })
    const asked = await rings
    asked.hum(THIRD)
    await agent.hearsTone(THIRD, 0.9)
    await lin.do({ do: 'consultEnd', conversationId, how: 'conference' })
    await caller.hearsTone(THIRD, 0.3)
    await lin.do({ do: 'hangUp', conversationId })
    await agent.ended
    await caller.hearsTone(THIRD, 0.9)
    await untilState(amy, conversationId, 'agent')
  })

  it('who is not at a console cannot be asked in it', async () => {
    const { caller, conversationId } = talk
    const { agents } = lin.welcome
    const away = agents.find(({ id, connected }) => !connected && id !== amy.welcome.me.id)!
    const refused = await lin
      .do({ do: 'consult', conversationId, to: { kind: 'agent', agentId: away.id } })
      .catch(String)
    expect(refused).to.include('AGENT_AWAY')
    await caller.hearsTone(AGENT, 0.9)
  })

  it('who talks or writes up is offered no second call', async () => {
    const { agent, conversationId } = talk
    await lin.ready()
    const second = await scene.asksForPerson()
    await amy.until(
      () => amy.card(({ id, state }) => id !== conversationId && state === 'queued') !== undefined,
      'the second caller in the queue',
    )
    agent.hangUp()
    await untilState(lin, conversationId, 'wrapUp')
    // a free one gets it, so that it is known that nobody did before
    const rings = scene.outside.answer('answer', 0, AMY)
    await amy.ready()
    await rings
    const offers = lin.frames.filter(
      (frame) =>
        frame.t === 'conversation' &&
        frame.card.id !== conversationId &&
        frame.card.offer?.agentId === idOf(lin) &&
        frame.card.openedAtMs > cardOf(lin, conversationId)!.startedAtMs,
    )
    expect(offers).to.have.length(0)
    const theirs = () =>
      amy.card(({ id, agentId }) => id !== conversationId && agentId === idOf(amy))
    await amy.until(() => theirs() !== undefined, 'the second caller')
    const { id } = theirs()!
    second.hangUp()
    await writeUp(amy, id)
    const events = await eventsOf(lin, conversationId)
    expect(events.map(({ event }) => event)).to.include('finished')
  })
})
