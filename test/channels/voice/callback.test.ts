/** Callers who would rather be called than wait: the place is kept, and an agent who takes it is connected. */
import { expect } from 'chai'
import type { SimulatedAgent } from '../../harness/agent.ts'
import { callCardOf } from '../../harness/desk-calls.ts'
import {
  AGENT,
  CALLER,
  cardOf,
  eventsOf,
  untilCall,
  untilState,
  VoiceScene,
  writeUp,
} from './scene.ts'

const LIN = '13811112222'

describe('a call back', function () {
  this.timeout(90_000)
  let scene: VoiceScene
  let lin: SimulatedAgent

  before(async () => {
    scene = await VoiceScene.open({ YILU_AGENT_GONE_SECONDS: '60' })
    lin = await scene.agent('lin', LIN)
  })
  after(() => scene?.stop())
  beforeEach(() => lin.do({ do: 'state', state: 'busy' }))
  afterEach(function () {
    if (this.currentTest?.state === 'failed')
      this.currentTest.err!.stack += `\n${scene.product.output.slice(-3000)}`
  })

  /** Asks for a person, then to be called, and hangs up. @returns the number as we will dial it */
  async function asked(): Promise<{ number: string; conversationId: string }> {
    const from = scene.nextNumber()
    const number = `+86${from}`
    const caller = await scene.asksForPerson(from)
    const its = () => callCardOf(lin, (card) => card.number === number && card.phase === 'waiting')
    await lin.until(() => its() !== undefined, 'the queue')
    const { conversationId } = its()!
    caller.press('0')
    await heardBy(conversationId, /回电|给您打|号码/)
    caller.press('1')
    // told that it is noted, the line is hung up
    await caller.ended
    await untilCallEnded(conversationId)
    return { number, conversationId }
  }

  const untilCallEnded = (conversationId: string) =>
    untilCall(lin, conversationId, ({ phase }) => phase === 'ended', 'the end of the call')

  async function heardBy(conversationId: string, what: RegExp): Promise<void> {
    const told = async () =>
      (await lin.open(conversationId)).messages.some(
        ({ parts, direction }) =>
          direction === 'out' && parts.some((part) => part.type === 'text' && what.test(part.text)),
      )
    for (const deadline = Date.now() + 10_000; !(await told());) {
      if (Date.now() > deadline) throw new Error(`never said: ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  async function take(conversationId: string): Promise<void> {
    await lin.ready()
    const { id, offer } = await lin.offered()
    expect(id).to.equal(conversationId)
    await lin.do({ do: 'accept', conversationId, offerId: offer!.id })
    await lin.do({ do: 'state', state: 'busy' })
  }

  async function talkedAndDone(
    number: string,
    conversationId: string,
    begin: () => Promise<unknown>,
  ) {
    const theirs = scene.outside.answer('answer', 0, number)
    const ours = scene.outside.answer('answer', 0, LIN)
    await begin()
    const [caller, agent] = await Promise.all([theirs, ours])
    caller.hum(CALLER)
    agent.hum(AGENT)
    await Promise.all([caller.hearsTone(AGENT, 0.9), agent.hearsTone(CALLER, 0.9)])
    agent.hangUp()
    caller.hangUp()
    await writeUp(lin, conversationId)
  }

  it('is kept when the caller hangs up, and made when an agent takes it', async () => {
    const { number, conversationId } = await asked()
    await untilState(lin, conversationId, 'queued')
    await talkedAndDone(number, conversationId, () => take(conversationId))
  })

  it('is taken in the very moment the caller has hung up', async () => {
    const { number, conversationId } = await asked()
    await talkedAndDone(number, conversationId, () => take(conversationId))
  })

  afterEach(async () => {
    // what a failed one left behind shall not fail the next
    const own = lin.card(({ agentId }) => agentId === lin.welcome.me.id)
    if (own) await lin.do({ do: 'finish', conversationId: own.id })
    const written = lin.card(({ wrapUp }) => wrapUp !== undefined)
    if (written) await lin.do({ do: 'wrapUpDone', conversationId: written.id })
  })

  for (const [status, outcome] of [
    [486, 'busy'],
    [480, 'unavailable'],
  ] as const)
    it(`finds ${outcome}: the agent sees it, dials again, and talks`, async () => {
      const { number, conversationId } = await asked()
      void scene.outside.answer(status, 0, number)
      const ours = scene.outside.answer('answer', 0, LIN)
      await take(conversationId)
      await untilCall(lin, conversationId, (card) => card.outcome === outcome, outcome)
      const isTold = async () =>
        (await eventsOf(lin, conversationId)).some(
          ({ event, by }) => event === 'callEnded' && by === outcome,
        )
      for (const deadline = Date.now() + 10_000; !(await isTold());) {
        if (Date.now() > deadline) throw new Error('the timeline does not say so')
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      void ours.catch(() => undefined)
      await untilState(lin, conversationId, 'agent')
      await talkedAndDone(number, conversationId, () =>
        lin.do({ do: 'dial', number, conversationId }),
      )
    })

  it('finds nobody, and the agent lets it be: written up and closed', async () => {
    const { number, conversationId } = await asked()
    void scene.outside.answer(480, 0, number)
    // the agent's own rings meanwhile
    void scene.outside.rings(LIN)
    await take(conversationId)
    await untilCall(lin, conversationId, (card) => card.outcome === 'unavailable', 'the outcome')
    await lin.do({ do: 'finish', conversationId })
    await writeUp(lin, conversationId)
    await lin.until(() => lin.card(({ id }) => id === conversationId) === undefined, 'its end')
  })

  it('survives kill -9 while it waits', async () => {
    const { number, conversationId } = await asked()
    await untilState(lin, conversationId, 'queued')
    lin.cut()
    await scene.product.kill()
    await scene.product.start()
    await lin.connect()
    await untilState(lin, conversationId, 'queued')
    await talkedAndDone(number, conversationId, () => take(conversationId))
    expect(cardOf(lin, conversationId)).to.not.equal(undefined)
  })
})
