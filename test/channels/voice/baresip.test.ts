/** A telephone no one here wrote: as an agent's extension, and in a tourist's hand. */
import { expect } from 'chai'
import type { SimulatedAgent } from '../../harness/agent.ts'
import { Baresip, noBaresip } from '../../harness/baresip.ts'
import { callCardOf, isTalked } from '../../harness/desk-calls.ts'
import { RecordedAudio } from './recorded.ts'
import { AGENT, CALLER, eventsOf, untilCall, untilState, VoiceScene, writeUp } from './scene.ts'
import { wavOfTone } from './wav-of-tone.ts'
import { describeWhere } from '../../harness/needs.ts'

const LIN = '13811112222'
const EXTENSION = '8010'
const PASSWORD = 'desk-phone-of-lin'

describeWhere(noBaresip(), 'baresip', function () {
  this.timeout(60_000)
  let scene: VoiceScene
  let lin: SimulatedAgent
  let phone: Baresip | undefined

  before(async () => {
    scene = await VoiceScene.open()
    lin = await scene.agent('lin', LIN)
    const body = { id: EXTENSION, name: '林的话机', password: PASSWORD }
    const made = await scene.admin.rest('POST', '/telephony/extensions', body)
    if (!made.ok) throw new Error(await made.text())
  })
  after(() => scene?.stop())
  beforeEach(() => lin.do({ do: 'state', state: 'busy' }))
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      this.currentTest.err!.stack += `\n${phone?.events.map(({ type, param }) => `${type} ${param}`).join('\n')}\n${scene.product.output.slice(-3000)}`
    phone?.command('hangup')
    await phone?.stop()
    phone = undefined
    await scene.settle()
  })

  const extension = (answers: 'auto' | 'manual') =>
    Baresip.start({
      account:
        `<sip:${EXTENSION}@127.0.0.1:${scene.product.sipPort};transport=udp>` +
        `;auth_user=${EXTENSION};auth_pass=${PASSWORD};regint=60;answermode=${answers}`,
      microphone: wavOfTone(AGENT, 60_000),
    })

  describe("is an agent's extension", () => {
    beforeEach(async () => {
      await lin.do({ do: 'phone', device: { kind: 'extension', number: EXTENSION } })
    })

    it('it registers by its password, rings, is picked up and hung up: the call is written up', async () => {
      phone = await extension('manual')
      await registered()
      await lin.ready()
      const caller = await scene.asksForPerson()
      await phone.told('CALL_INCOMING')
      phone.command('accept')
      await lin.until(() => callCardOf(lin, isTalked) !== undefined, 'the talk')
      const { conversationId } = callCardOf(lin, isTalked)!
      caller.hum(CALLER)
      await caller.hearsTone(AGENT, 0.9)
      // two seconds for its ears
      await new Promise((resolve) => setTimeout(resolve, 2000))
      phone.command('hangup')
      await untilState(lin, conversationId, 'wrapUp')
      await phone.told('CALL_CLOSED')
      expect(new RecordedAudio(phone.heard()).msOf(CALLER)).to.be.greaterThan(1000)
      caller.hangUp()
      await writeUp(lin, conversationId)
    })

    it('it is held and taken back in the console', async () => {
      phone = await extension('auto')
      await registered()
      await lin.ready()
      const caller = await scene.asksForPerson()
      await caller.hearsTone(AGENT, 0.9)
      await lin.until(() => callCardOf(lin, isTalked) !== undefined, 'the talk')
      const { conversationId } = callCardOf(lin, isTalked)!
      await lin.do({ do: 'hold', conversationId, on: true })
      await caller.hearsOtherThan(AGENT)
      await lin.do({ do: 'hold', conversationId, on: false })
      await caller.hearsTone(AGENT, 0.9)
      caller.hangUp()
      await phone.told('CALL_CLOSED')
      await writeUp(lin, conversationId)
    })

    it('it declines: the caller waits on', async () => {
      phone = await extension('manual')
      await registered()
      await lin.ready()
      const caller = await scene.asksForPerson()
      await phone.told('CALL_INCOMING')
      phone.command('hangup')
      await lin.until(() => lin.card(({ state }) => state === 'queued') !== undefined, 'the queue')
      caller.hangUp()
    })

    it('it is gone without a word: its agent is not asked, and the caller waits on', async () => {
      phone = await extension('manual')
      await registered()
      phone.command('quit')
      await phone.stop()
      phone = undefined
      await lin.ready()
      const caller = await scene.asksForPerson()
      const me = lin.welcome.me.id
      await lin.until(
        () =>
          lin.frames.some(
            (frame) =>
              frame.t === 'agent' && frame.agent.id === me && frame.agent.reason === 'noLine',
          ),
        'the agent to be busy',
      )
      caller.hangUp()
    })
  })

  describe("is a tourist's telephone", () => {
    beforeEach(async () => {
      await lin.do({ do: 'phone', device: { kind: 'number', number: LIN } })
      phone = await Baresip.start({
        account: '<sip:13912345678@127.0.0.1>;regint=0',
        microphone: wavOfTone(CALLER, 60_000),
      })
    })

    it('it calls, presses a key, talks, holds and resumes, and hangs up', async () => {
      const rings = scene.outside.answer('answer', 0, LIN)
      await lin.ready()
      phone!.command('dial', `sip:12301@127.0.0.1:${scene.product.sipPort}`)
      await phone!.told('CALL_ESTABLISHED')
      phone!.command('sndcode', '0')
      const agent = await rings
      agent.hum(AGENT)
      await agent.hearsTone(CALLER, 0.9)
      const { conversationId } = await untilTalked()
      phone!.command('hold')
      await agent.hearsSilence()
      phone!.command('resume')
      await agent.hearsTone(CALLER, 0.9)
      phone!.command('hangup')
      await agent.ended
      await writeUp(lin, conversationId)
      expect(new RecordedAudio(phone!.heard()).msOf(AGENT)).to.be.greaterThan(100)
      const events = await eventsOf(lin, conversationId)
      expect(events.find(({ event }) => event === 'callEnded')!.by).to.equal('contact')
    })
  })

  async function registered(): Promise<void> {
    const isThere = async () =>
      (
        await scene.admin.get<{ bindings: { extension: string }[] }>('/telephony/status')
      ).bindings.some((binding) => binding.extension === EXTENSION)
    for (const deadline = Date.now() + 10_000; !(await isThere());) {
      if (Date.now() > deadline) throw new Error('baresip did not register')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  async function untilTalked() {
    await lin.until(() => callCardOf(lin, isTalked) !== undefined, 'the talk')
    const { conversationId } = callCardOf(lin, isTalked)!
    return untilCall(lin, conversationId, isTalked, 'the talk')
  }
})
