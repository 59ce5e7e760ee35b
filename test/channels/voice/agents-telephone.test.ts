/** Agents who take calls on a telephone of their own: it rings, and what they do with it is what they do with the call. */
import { expect } from 'chai'
import type { SimulatedAgent } from '../../harness/agent.ts'
import type { PhoneCall } from '../../harness/phone.ts'
import { AGENT, CALLER, eventsOf, THIRD, untilState, VoiceScene, writeUp } from './scene.ts'

const LIN = '13811112222'
const AMY = '13833334444'

describe("an agent's telephone", function () {
  this.timeout(90_000)
  let scene: VoiceScene
  let lin: SimulatedAgent
  let amy: SimulatedAgent
  let caller: PhoneCall

  before(async () => {
    scene = await VoiceScene.open()
    lin = await scene.agent('lin', LIN)
    amy = await scene.agent('amy', AMY)
  })
  after(() => scene?.stop())
  beforeEach(async () => {
    await lin.do({ do: 'phone', device: { kind: 'number', number: LIN } })
    await amy.do({ do: 'state', state: 'busy' })
    await lin.ready()
  })
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      this.currentTest.err!.stack += `\n${scene.product.output.slice(-3000)}`
    await lin.do({ do: 'state', state: 'busy' })
    caller.hangUp()
    for (const agent of [lin, amy]) {
      const me = agent.welcome.me.id
      await agent.until(
        () =>
          agent.card(
            ({ state, agentId }) => ['queued', 'offered'].includes(state) || agentId === me,
          ) === undefined,
        'the desk to be empty',
      )
      const written = agent.card(({ wrapUp }) => wrapUp?.agentId === me)
      if (written) await writeUp(agent, written.id)
    }
  })

  /** Somebody waits, and this number rings. */
  async function rings(number = LIN) {
    const ringing = scene.outside.rings(number)
    caller = await scene.asksForPerson()
    return ringing
  }
  const standing = (agent: SimulatedAgent) => {
    const me = agent.welcome.me.id
    const told = agent.frames.findLast((frame) => frame.t === 'agent' && frame.agent.id === me)
    return (told as { agent: { state: string; reason?: string } } | undefined)?.agent
  }
  const served = async (agent: SimulatedAgent) => {
    const me = agent.welcome.me.id
    const its = () => agent.card(({ agentId }) => agentId === me)
    await agent.until(() => its() !== undefined, 'the call')
    return its()!.id
  }

  it('is picked up: the call is theirs, and hung up it is finished and the survey speaks', async () => {
    const agent = await (await rings()).answer()
    const conversationId = await served(lin)
    agent.hum(AGENT)
    await caller.hearsTone(AGENT, 0.9)
    agent.hangUp()
    await untilState(lin, conversationId, 'wrapUp')
    caller.forget()
    await caller.hearsOtherThan(AGENT)
    // the best score; the flow says goodbye and hangs up
    caller.press('5')
    await caller.ended
    const { messages } = await lin.open(conversationId)
    const keys = messages.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.type === 'keys' ? [part.digits] : [])),
    )
    expect(keys).to.deep.equal(['0', '5'])
  })

  it('shows the number of the caller', async () => {
    const ringing = await rings()
    expect(ringing.from).to.match(/^\+?\d+$/)
    ringing.refuse(486)
  })

  it('is taken in the console while it rings: it rings on, and is talked', async () => {
    const ringing = await rings()
    const card = await lin.offered()
    await lin.do({ do: 'accept', conversationId: card.id, offerId: card.offer!.id })
    const agent = await ringing.answer()
    agent.hum(AGENT)
    caller.hum(CALLER)
    await Promise.all([caller.hearsTone(AGENT, 0.9), agent.hearsTone(CALLER, 0.9)])
  })

  for (const [what, status] of [
    ['is declined', 603],
    ['is busy', 486],
  ] as const)
    it(`${what}: the next agent's rings`, async () => {
      const ringing = await rings()
      await amy.ready()
      const next = scene.outside.answer('answer', 0, AMY)
      ringing.refuse(status)
      const agent = await next
      agent.hum(THIRD)
      await caller.hearsTone(THIRD, 0.9)
      expect(standing(lin)).to.include({ state: 'ready' })
    })

  it('is not picked up in time: it stops, and the next agent’s rings', async () => {
    const ringing = await rings()
    await amy.ready()
    const next = scene.outside.answer('answer', 0, AMY)
    expect((await ringing.call.ended).status).to.equal(487)
    const agent = await next
    agent.hum(THIRD)
    await caller.hearsTone(THIRD, 0.9)
  })

  it('stops ringing when the offer is declined in the console', async () => {
    const ringing = await rings()
    const card = await lin.offered()
    await lin.do({ do: 'decline', conversationId: card.id, offerId: card.offer!.id })
    expect((await ringing.call.ended).status).to.equal(487)
  })

  it('stops ringing when the caller hangs up', async () => {
    const ringing = await rings()
    caller.hangUp()
    expect((await ringing.call.ended).status).to.equal(487)
  })

  it('stops ringing when a colleague takes the call out of turn', async () => {
    const ringing = await rings()
    const { id } = await lin.offered()
    const next = scene.outside.answer('answer', 0, AMY)
    await amy.do({ do: 'take', conversationId: id })
    expect((await ringing.call.ended).status).to.equal(487)
    const agent = await next
    agent.hum(THIRD)
    await caller.hearsTone(THIRD, 0.9)
  })

  for (const [what, status] of [
    ['is switched off', 480],
    ['does not exist', 404],
  ] as const)
    it(`${what}: the caller goes on, and its agent is not asked again`, async () => {
      const ringing = await rings()
      ringing.refuse(status)
      await lin.until(() => standing(lin)?.state === 'busy', 'the agent to be busy')
      expect(standing(lin)).to.include({ state: 'busy', reason: 'noLine' })
      const next = scene.outside.answer('answer', 0, AMY)
      await amy.ready()
      const agent = await next
      agent.hum(THIRD)
      await caller.hearsTone(THIRD, 0.9)
    })

  it('is an extension that has not registered: the same', async () => {
    await lin.do({ do: 'phone', device: { kind: 'extension', number: '8010' } })
    caller = await scene.asksForPerson()
    await lin.until(() => standing(lin)?.reason === 'noLine', 'the agent to be busy')
    expect(standing(lin)).to.include({ state: 'busy' })
  })

  it('breaks off at once after picking up: the caller is asked how it was', async () => {
    const agent = await (await rings()).answer()
    const conversationId = await served(lin)
    agent.hangUp()
    await untilState(lin, conversationId, 'wrapUp')
    const events = await eventsOf(lin, conversationId)
    expect(events.map(({ event }) => event)).to.include.members(['accepted', 'finished'])
  })

  it('passes the caller on by its transfer key (REFER), and the agent writes up', async () => {
    const agent = await (await rings()).answer()
    const conversationId = await served(lin)
    const third = scene.outside.rings('02988886666')
    const status = agent.sip.refer('sip:02988886666@127.0.0.1')
    const other = await (await third).answer()
    other.hum(THIRD)
    await caller.hearsTone(THIRD)
    // their call ends with the transfer, maybe before it is told how that went
    expect(await status).to.be.oneOf([200, 202])
    await untilState(lin, conversationId, 'wrapUp')
    other.hangUp()
    await caller.ended
  })
})
