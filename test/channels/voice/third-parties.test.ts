/** An agent asks somebody else, talks with both, passes the caller on: who hears whom, told by tones. */
import { expect } from 'chai'
import type { SimulatedAgent } from '../../harness/agent.ts'
import type { PhoneCall } from '../../harness/phone.ts'
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
const OFFICE = '02987654321'

describe('somebody else in the call', function () {
  this.timeout(90_000)
  let scene: VoiceScene
  let lin: SimulatedAgent
  let talk: Talk
  const to = { kind: 'number', number: OFFICE } as const

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
    const { conversationId } = talk
    if (lin.card(({ id, agentId }) => id === conversationId && agentId === lin.welcome.me.id))
      await untilState(lin, conversationId, 'wrapUp')
    if (lin.card(({ id, wrapUp }) => id === conversationId && wrapUp !== undefined))
      await writeUp(lin, conversationId)
  })

  /** The office answers; the agent talks to it, the caller hears music. */
  async function consult(): Promise<PhoneCall> {
    const rings = scene.outside.answer('answer', 0, OFFICE)
    await lin.do({ do: 'consult', conversationId: talk.conversationId, to })
    const third = await rings
    third.hum(THIRD)
    await untilCall(lin, talk.conversationId, thirdIs('connected'), 'the office')
    return third
  }

  const thirdIs =
    (state: string) =>
    ({ parties }: NonNullable<ReturnType<typeof cardOf>>): boolean =>
      parties.some((party) => party.kind === 'third' && party.state === state)
  const noThird = ({ parties }: NonNullable<ReturnType<typeof cardOf>>): boolean =>
    parties.every(({ kind }) => kind !== 'third')

  it('is asked while the caller hears music, and the agent comes back', async () => {
    const { caller, agent, conversationId } = talk
    const third = await consult()
    await Promise.all([
      caller.hearsOtherThan(AGENT, THIRD),
      agent.hearsTone(THIRD, 0.9),
      third.hearsTone(AGENT, 0.9),
    ])
    await lin.do({ do: 'consultEnd', conversationId, how: 'back' })
    await third.ended
    await Promise.all([caller.hearsTone(AGENT, 0.9), agent.hearsTone(CALLER, 0.9)])
    const events = await eventsOf(lin, conversationId)
    expect(events.filter(({ event }) => event === 'callParty')).to.deep.equal([
      { event: 'callParty', name: OFFICE, joined: true },
      { event: 'callParty', name: OFFICE, joined: false },
    ])
  })

  it('all three talk in a conference, and two go on when the third leaves', async () => {
    const { caller, agent, conversationId } = talk
    const third = await consult()
    await lin.do({ do: 'consultEnd', conversationId, how: 'conference' })
    await Promise.all([
      caller.hearsTone(AGENT, 0.3),
      caller.hearsTone(THIRD, 0.3),
      agent.hearsTone(CALLER, 0.3),
      agent.hearsTone(THIRD, 0.3),
      third.hearsTone(AGENT, 0.3),
      third.hearsTone(CALLER, 0.3),
    ])
    third.hangUp()
    await untilCall(lin, conversationId, noThird, 'the office to be gone')
    await Promise.all([caller.hearsTone(AGENT, 0.9), agent.hearsTone(CALLER, 0.9)])
  })

  it('hears neither while on hold in a conference is no more, but the agent and the office do', async () => {
    const { caller, agent, conversationId } = talk
    const third = await consult()
    await lin.do({ do: 'consultEnd', conversationId, how: 'conference' })
    await lin.do({ do: 'hold', conversationId, on: true })
    await Promise.all([
      caller.hearsOtherThan(AGENT, THIRD),
      agent.hearsTone(THIRD, 0.9),
      third.hearsTone(AGENT, 0.9),
    ])
    await lin.do({ do: 'hold', conversationId, on: false })
    await caller.hearsTone(THIRD, 0.3)
  })

  it('takes over: the agent leaves and writes up, the office hangs up and the call ends', async () => {
    const { caller, agent, conversationId } = talk
    const third = await consult()
    await lin.do({ do: 'consultEnd', conversationId, how: 'transfer' })
    await agent.ended
    await untilState(lin, conversationId, 'wrapUp')
    await Promise.all([caller.hearsTone(THIRD, 0.9), third.hearsTone(CALLER, 0.9)])
    await writeUp(lin, conversationId)
    third.forget()
    await third.hearsTone(CALLER, 0.9)
    // for the menu of the company the caller was passed on to
    caller.hush()
    caller.press('5')
    await third.until(() => third.digits === '5', 'the key')
    third.hangUp()
    await caller.ended
  })

  it('takes over, and the caller hangs up: the office is hung up too', async () => {
    const { caller, agent, conversationId } = talk
    const third = await consult()
    await lin.do({ do: 'consultEnd', conversationId, how: 'transfer' })
    await agent.ended
    caller.hangUp()
    await third.ended
    await untilState(lin, conversationId, 'wrapUp')
  })

  it('the agent hangs up in a conference: the two others go on', async () => {
    const { caller, agent, conversationId } = talk
    const third = await consult()
    await lin.do({ do: 'consultEnd', conversationId, how: 'conference' })
    await lin.do({ do: 'hangUp', conversationId })
    await agent.ended
    await Promise.all([caller.hearsTone(THIRD, 0.9), third.hearsTone(CALLER, 0.9)])
    third.hangUp()
    await caller.ended
  })

  for (const [status, outcome] of [
    [486, 'busy'],
    [480, 'unavailable'],
    [404, 'unknownNumber'],
    [603, 'declined'],
  ] as const)
    it(`is ${outcome}: the agent is told, and the caller back`, async () => {
      const { caller, agent, conversationId } = talk
      void scene.outside.answer(status, 0, OFFICE)
      await lin.do({ do: 'consult', conversationId, to })
      await lin.until(() => cardOf(lin, conversationId) !== undefined, 'the call')
      const isTold = async () =>
        (await eventsOf(lin, conversationId)).some((each) => each.outcome === outcome)
      while (!(await isTold())) await caller.hearsSound()
      await Promise.all([caller.hearsTone(AGENT, 0.9), agent.hearsTone(CALLER, 0.9)])
    })

  it('is an extension nobody has registered: refused at once, and nothing changed', async () => {
    const { caller, conversationId } = talk
    const away = { kind: 'extension', number: '8099' } as const
    const refused = await lin.do({ do: 'consult', conversationId, to: away }).catch(String)
    expect(refused).to.include('EXTENSION_AWAY')
    caller.forget()
    await caller.hearsTone(AGENT, 0.9)
    const again = await lin.do({ do: 'consultEnd', conversationId, how: 'transfer' }).catch(String)
    expect(again).to.include('WRONG_STATE')
  })

  it('does not pick up: the agent stops the ringing and is back with the caller', async () => {
    const { caller, agent, conversationId } = talk
    const rings = scene.outside.rings(OFFICE)
    await lin.do({ do: 'consult', conversationId, to })
    const ringing = await rings
    await lin.do({ do: 'consultEnd', conversationId, how: 'back' })
    expect((await ringing.call.ended).status).to.equal(487)
    await Promise.all([caller.hearsTone(AGENT, 0.9), agent.hearsTone(CALLER, 0.9)])
  })

  it('the caller hangs up while it rings there: the ringing stops, the agent writes up', async () => {
    const { caller, agent, conversationId } = talk
    const rings = scene.outside.rings(OFFICE)
    await lin.do({ do: 'consult', conversationId, to })
    const ringing = await rings
    caller.hangUp()
    expect((await ringing.call.ended).status).to.equal(487)
    await agent.ended
    await untilState(lin, conversationId, 'wrapUp')
  })

  it('the caller hangs up while the agent asks: everybody is hung up', async () => {
    const { caller, agent, conversationId } = talk
    const third = await consult()
    caller.hangUp()
    await Promise.all([third.ended, agent.ended])
    await untilState(lin, conversationId, 'wrapUp')
  })

  it('the agent hangs up while asking: the survey speaks to the caller, the office is gone', async () => {
    const { caller, agent } = talk
    const third = await consult()
    agent.hangUp()
    await third.ended
    caller.forget()
    await caller.hearsOtherThan(AGENT, THIRD)
  })

  it('gets the caller blindly', async () => {
    const { caller, agent, conversationId } = talk
    const rings = scene.outside.rings(OFFICE)
    await lin.do({ do: 'passOn', conversationId, to })
    await agent.ended
    const ringing = await rings
    await caller.hearsOtherThan(AGENT)
    const third = await ringing.answer()
    third.hum(THIRD)
    await Promise.all([caller.hearsTone(THIRD, 0.9), third.hearsTone(CALLER, 0.9)])
    caller.hangUp()
    await third.ended
    await untilState(lin, conversationId, 'wrapUp')
  })

  it('gets the caller blindly and is busy: the caller comes back to the agent', async () => {
    const { caller, agent, conversationId } = talk
    const rings = scene.outside.rings(OFFICE)
    await lin.do({ do: 'passOn', conversationId, to })
    await agent.ended
    const back = scene.outside.answer('answer', 0, LIN)
    ;(await rings).refuse(486)
    const again = await back
    again.hum(AGENT)
    await Promise.all([caller.hearsTone(AGENT, 0.9), again.hearsTone(CALLER, 0.9)])
    await untilState(lin, conversationId, 'agent')
  })

  it('is a flow: it speaks to the caller again', async () => {
    const { caller, agent, conversationId } = talk
    await lin.do({ do: 'passOn', conversationId, to: { kind: 'flow', flowId: 'main' } })
    await agent.ended
    caller.forget()
    await caller.hearsOtherThan(AGENT)
    const events = await eventsOf(lin, conversationId)
    expect(events.map(({ event }) => event)).to.include('handedBack')
    caller.press('0')
    const again = scene.outside.answer('answer', 0, LIN)
    await lin.ready()
    await (await again).hearsTone(CALLER)
    await lin.do({ do: 'state', state: 'busy' })
  })
})
