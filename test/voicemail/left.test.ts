/** A message left for a mailbox, by telephone and in writing: the same people find both in the same place. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect } from 'chai'
import type { VoicemailView } from '../../gateway/voicemail/schema.ts'
import { SimulatedAgent } from '../harness/agent.ts'
import { simulateChat } from '../harness/chat.ts'
import { SimulatedPhone } from '../harness/phone.ts'
import { RunningProduct } from '../harness/product.ts'
import { addTestModel, noLibvosk } from '../media/asr/test-models.ts'
import { createVoice } from '../media/voice.ts'
import { writeWavHeader } from '../../media/prompts/wav-header.ts'
import { publishFlow } from '../harness/publish-flow.ts'

describe('messages left', function () {
  this.timeout(60_000)
  let product: RunningProduct
  let admin: SimulatedAgent

  before(async () => {
    product = new RunningProduct()
    if (!noLibvosk()) addTestModel(path.join(product.dataDir, 'models'), 'zh')
    await product.start()
    admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    const prompt = (text: string) => ({ 'zh-CN': { text } })
    const doc = {
      ...{ schema: 1, id: 'leave', name: 'Message', kind: 'main', entry: 'leave' },
      ...{ langs: ['zh-CN'], defaultLang: 'zh-CN' },
      blocks: {
        leave: {
          ...{ type: 'voicemail', mailbox: 'general', minSeconds: 0 },
          ...{ prompt: prompt('请留言'), out: { next: 'thanks' } },
        },
        thanks: { type: 'end', reason: 'done', prompt: prompt('谢谢,我们收到了') },
      },
    }
    await publishFlow(admin, doc)
    await done('PATCH', '/telephony/number-plan/phone', { flowId: 'leave', version: 1 })
    await done('PATCH', '/accounts/web', { flowId: 'leave', version: 1 })
    await admin.get('/telephony/numbers')
  })
  after(() => product?.stop())

  async function done(method: string, path_: string, body: object): Promise<void> {
    const response = await admin.rest(method, path_, body)
    expect(response.ok, `${path_} ${await response.clone().text()}`).to.be.true
  }
  const messages = async () => (await admin.get<{ items: VoicemailView[] }>('/voicemails')).items
  async function message(fits: (one: VoicemailView) => boolean): Promise<VoicemailView> {
    for (;;) {
      const found = (await messages()).find(fits)
      if (found) return found
      await new Promise((later) => setTimeout(later, 50))
    }
  }

  it('in writing: its words are in the mailbox, once, and reading them is hearing them', async () => {
    const visitor = await simulateChat(product.url)
    await visitor.ask('你好', /请留言/)
    await visitor.ask('我的钱包丢在兵马俑了', /谢谢/)
    const { id, ...left } = await message(({ transcript }) => transcript === '我的钱包丢在兵马俑了')
    expect(left).to.include({ mailbox: 'general', state: 'new', seconds: 0 })
    expect(left).to.not.have.property('recordingId')
    expect((await messages()).length).to.equal(1)
    expect((await admin.get<VoicemailView>(`/voicemails/${id}`)).state).to.equal('heard')
    expect((await message((one) => one.id === id)).state).to.equal('heard')
    expect((await admin.rest('GET', `/voicemails/${id}/audio`)).status).to.equal(410)
    visitor.cut()
  })

  it('by telephone: it is written down where the language is understood', async function () {
    if (noLibvosk()) this.skip()
    const voice = createVoice()
    const phone = await SimulatedPhone.start()
    try {
      const call = await phone.call(product.sipPort)
      await call.hearsTone(1000)
      await call.hearsSilence()
      const pcm = await voice.say('门票', 'zh')
      const file = path.join(product.dataDir, 'words.wav')
      const bytes = Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength)
      await writeFile(file, Buffer.concat([writeWavHeader(1, 8000, bytes.length), bytes]))
      await call.leg.play({ files: [file] }).ended
      call.press('#')
      await call.ended
      const left = await message(({ seconds, transcript }) => seconds > 0 && Boolean(transcript))
      expect(left.recordingId).to.be.a('string')
      expect(left.transcript).to.equal('门票')
    } finally {
      await voice.stop()
      await phone.stop()
    }
  })
})
