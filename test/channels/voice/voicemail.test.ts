/** Callers who leave a message instead of waiting, ended in each way, and one that cannot be kept. */
import { expect } from 'chai'
import { rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { SimulatedAgent } from '../../harness/agent.ts'
import type { PhoneCall } from '../../harness/phone.ts'
import type { VoicemailView } from '../../../gateway/voicemail/schema.ts'
import type { Voice } from '../../media/voice.ts'
import { createVoice } from '../../media/voice.ts'
import { callCardOf } from '../../harness/desk-calls.ts'
import { audioAt } from './recorded.ts'
import { CALLER, VoiceScene } from './scene.ts'

const BEEP = 1000

describe('a message for the mailbox', function () {
  this.timeout(90_000)
  let scene: VoiceScene
  let lin: SimulatedAgent
  let voice: Voice
  let caller: PhoneCall
  let from: string

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
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      this.currentTest.err!.stack += `\n${scene.product.output.slice(-3000)}`
    caller.hangUp()
    await caller.ended
  })

  const idOf = () => callCardOf(lin, ({ number }) => number === `+86${from}`)!.conversationId

  /** Waits in the queue, presses 1, and hears the tone after which to speak. */
  async function tone(): Promise<void> {
    from = scene.nextNumber()
    caller = await scene.asksForPerson(from)
    await lin.until(
      () =>
        callCardOf(lin, ({ number, phase }) => number === `+86${from}` && phase === 'waiting') !==
        undefined,
      'the queue',
    )
    caller.press('1')
    await caller.hearsTone(BEEP, 0.4)
  }

  async function left(): Promise<VoicemailView> {
    const find = async () =>
      (await lin.get<{ items: VoicemailView[] }>('/voicemails')).items.find(
        ({ number }) => number === `+86${from}`,
      )
    let found = await find()
    for (
      const deadline = Date.now() + 15_000;
      !found && Date.now() < deadline;
      found = await find()
    )
      await new Promise((resolve) => setTimeout(resolve, 50))
    if (!found) throw new Error('nothing came to the mailbox')
    return found
  }

  const secondsOfTone = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

  it('ended by the hash key: thanked, in the mailbox, with what was said, and in the conversation', async () => {
    await tone()
    caller.hum(CALLER)
    await secondsOfTone(3000)
    caller.hush()
    caller.press('#')
    const { id, seconds } = await left()
    expect(seconds).to.be.within(2, 5)
    caller.forget()
    await caller.hearsSound()
    await caller.ended
    const audio = await audioAt(lin, `/voicemails/${id}/audio`)
    expect(audio.msOf(CALLER)).to.be.within(2000, 4000)
    const { messages } = await lin.open(idOf())
    const parts = messages.flatMap((message) => message.parts)
    expect(parts.filter((part) => part.type === 'media')).to.have.length(1)
  })

  it('ended by hanging up', async () => {
    await tone()
    caller.hum(CALLER)
    await secondsOfTone(2500)
    caller.hangUp()
    const { seconds } = await left()
    expect(seconds).to.be.within(2, 4)
  })

  it('ended by saying nothing more', async () => {
    await tone()
    const words = '您好,我姓王,我的行李落在大雁塔的旅游车上了,请给我回电话。'
    const pcm = await voice.say(words, 'zh-CN')
    async function* spoken(): AsyncGenerator<Int16Array> {
      for (let at = 0; at < pcm.length; at += 800) yield pcm.slice(at, at + 800)
    }
    caller.leg.play({ stream: spoken() })
    const { seconds } = await left()
    expect(seconds).to.be.within(2, Math.ceil(pcm.length / 8000) + 2)
    await caller.ended
  })

  it('too short: asked once more, and taken then', async () => {
    await tone()
    caller.press('#')
    caller.forget()
    await caller.hearsTone(BEEP, 0.4)
    caller.hum(CALLER)
    await secondsOfTone(3000)
    caller.hush()
    caller.press('#')
    const { id } = await left()
    const audio = await audioAt(lin, `/voicemails/${id}/audio`)
    expect(audio.msOf(CALLER)).to.be.within(2000, 4000)
  })

  it('nothing said at all: no message, and the flow says goodbye', async () => {
    await tone()
    await caller.ended
    const { items } = await lin.get<{ items: VoicemailView[] }>('/voicemails')
    expect(items.filter(({ number }) => number === `+86${from}`)).to.have.length(0)
  })

  it('cannot be stored: the flow takes it another way, and nobody is thanked for it', async () => {
    from = scene.nextNumber()
    caller = await scene.asksForPerson(from)
    await lin.until(
      () =>
        callCardOf(lin, ({ number, phase }) => number === `+86${from}` && phase === 'waiting') !==
        undefined,
      'the queue',
    )
    const dir = path.join(scene.product.dataDir, 'recordings')
    await rename(dir, `${dir}.away`)
    await writeFile(dir, 'in the way')
    try {
      caller.press('1')
      await caller.hearsTone(BEEP, 0.4)
      const told = async () =>
        (await lin.open(idOf())).messages.some(({ parts, direction }) =>
          parts.some(
            (part) => direction === 'out' && part.type === 'text' && /留言|电话/.test(part.text),
          ),
        )
      caller.forget()
      await caller.hearsSound()
      expect(await told()).to.equal(true)
      const words = (await lin.open(idOf())).messages.flatMap(({ parts }) =>
        parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])),
      )
      expect(words.join()).to.not.include('已收到您的留言')
    } finally {
      await rm(dir)
      await rename(`${dir}.away`, dir)
    }
  })
})
