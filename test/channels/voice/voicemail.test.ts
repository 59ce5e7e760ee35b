/** Callers who leave a message instead of waiting, ended in each way, and one that cannot be kept. */
import { expect } from 'chai'
import { rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { SimulatedAgent } from '../../harness/agent.ts'
import type { PhoneCall } from '../../harness/phone.ts'
import { sideBySide } from '../../harness/side-by-side.ts'
import type { VoicemailView } from '../../../gateway/voicemail/schema.ts'
import type { Voice } from '../../media/voice.ts'
import { createVoice } from '../../media/voice.ts'
import { callCardOf } from '../../harness/desk-calls.ts'
import { audioAt } from './recorded.ts'
import { CALLER, VoiceScene } from './scene.ts'

const BEEP = 1000

/** Somebody who leaves a message, and the number they are known by. */
interface Leaver {
  caller: PhoneCall
  number: string
}

describe('a message for the mailbox', function () {
  this.timeout(90_000)
  let scene: VoiceScene
  let lin: SimulatedAgent
  let voice: Voice

  before(async () => {
    voice = createVoice()
    scene = await VoiceScene.open()
    lin = await scene.agent('lin')
    await lin.do({ do: 'state', state: 'busy' })
  })
  after(async () => {
    await scene?.stop()
    await voice.stop()
  })
  afterEach(function () {
    if (this.currentTest?.state === 'failed')
      this.currentTest.err!.stack += `\n${scene.product.output.slice(-3000)}`
  })

  const cardOf = ({ number }: Leaver) => callCardOf(lin, (card) => card.number === number)
  const idOf = (leaver: Leaver) => cardOf(leaver)!.conversationId

  async function inQueue(): Promise<Leaver> {
    const from = scene.nextNumber()
    const caller = await scene.asksForPerson(from)
    const leaver = { caller, number: `+86${from}` }
    await lin.until(() => cardOf(leaver)?.phase === 'waiting', 'the queue')
    return leaver
  }

  /** Waits in the queue, presses 1, and hears the tone after which to speak. */
  async function tone(): Promise<Leaver> {
    const leaver = await inQueue()
    leaver.caller.press('1')
    await leaver.caller.hearsToneOnce(BEEP)
    return leaver
  }

  const isLeft = async ({ number }: Leaver) =>
    (await lin.get<{ items: VoicemailView[] }>('/voicemails')).items.find(
      (each) => each.number === number,
    )

  async function left(leaver: Leaver): Promise<VoicemailView> {
    let found = await isLeft(leaver)
    for (
      const deadline = Date.now() + 15_000;
      !found && Date.now() < deadline;
      found = await isLeft(leaver)
    )
      await new Promise((resolve) => setTimeout(resolve, 50))
    if (!found) throw new Error('nothing came to the mailbox')
    return found
  }

  const secondsOfTone = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

  sideBySide({
    'ended by the hash key: thanked, in the mailbox, with what was said, and in the conversation':
      async () => {
        const leaver = await tone()
        const { caller } = leaver
        caller.hum(CALLER)
        await secondsOfTone(3000)
        caller.hush()
        caller.press('#')
        const { id, seconds } = await left(leaver)
        expect(seconds).to.be.within(2, 5)
        caller.forget()
        await caller.hearsSound()
        await caller.ended
        const audio = await audioAt(lin, `/voicemails/${id}/audio`)
        expect(audio.msOf(CALLER)).to.be.within(2000, 4000)
        const { messages } = await lin.open(idOf(leaver))
        const parts = messages.flatMap((message) => message.parts)
        expect(parts.filter((part) => part.type === 'media')).to.have.length(1)
      },

    'ended by hanging up': async () => {
      const leaver = await tone()
      leaver.caller.hum(CALLER)
      await secondsOfTone(2500)
      leaver.caller.hangUp()
      const { seconds } = await left(leaver)
      expect(seconds).to.be.within(2, 4)
    },

    'ended by saying nothing more': async () => {
      const words = '您好,我姓王,我的行李落在大雁塔的旅游车上了,请给我回电话。'
      const pcm = await voice.say(words, 'zh-CN')
      const leaver = await tone()
      async function* spoken(): AsyncGenerator<Int16Array> {
        for (let at = 0; at < pcm.length; at += 800) yield pcm.slice(at, at + 800)
      }
      leaver.caller.leg.play({ stream: spoken() })
      const { seconds } = await left(leaver)
      expect(seconds).to.be.within(2, Math.ceil(pcm.length / 8000) + 2)
      await leaver.caller.ended
    },

    'too short: asked once more, and taken then': async () => {
      const leaver = await tone()
      const { caller } = leaver
      caller.press('#')
      await caller.hearsToneOnce(BEEP)
      caller.hum(CALLER)
      await secondsOfTone(3000)
      caller.hush()
      caller.press('#')
      const { id } = await left(leaver)
      const audio = await audioAt(lin, `/voicemails/${id}/audio`)
      expect(audio.msOf(CALLER)).to.be.within(2000, 4000)
      caller.hangUp()
      await caller.ended
    },

    'ended with the tone still in the ear: asked once more': async () => {
      const leaver = await inQueue()
      const { caller } = leaver
      caller.press('1')
      await caller.hearsTone(BEEP, 0.4)
      caller.press('#')
      await caller.hearsToneOnce(BEEP)
      await caller.hearsToneOnce(BEEP)
      caller.hangUp()
      await caller.ended
      expect(await isLeft(leaver)).to.equal(undefined)
    },

    'nothing said at all: no message, and the flow says goodbye': async () => {
      const leaver = await tone()
      await leaver.caller.ended
      expect(await isLeft(leaver)).to.equal(undefined)
    },
  })

  it('cannot be stored: the flow takes it another way, and nobody is thanked for it', async () => {
    const leaver = await inQueue()
    const { caller } = leaver
    const dir = path.join(scene.product.dataDir, 'recordings')
    await rename(dir, `${dir}.away`)
    await writeFile(dir, 'in the way')
    try {
      caller.press('1')
      await caller.hearsToneOnce(BEEP)
      const told = async () =>
        (await lin.open(idOf(leaver))).messages.some(({ parts, direction }) =>
          parts.some(
            (part) => direction === 'out' && part.type === 'text' && /留言|电话/.test(part.text),
          ),
        )
      caller.forget()
      await caller.hearsSound()
      expect(await told()).to.equal(true)
      const words = (await lin.open(idOf(leaver))).messages.flatMap(({ parts }) =>
        parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])),
      )
      expect(words.join()).to.not.include('已收到您的留言')
    } finally {
      await rm(dir)
      await rename(`${dir}.away`, dir)
      caller.hangUp()
      await caller.ended
    }
  })
})
