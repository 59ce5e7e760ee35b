/** Several numbers on one machine: the one that was dialled decides the flow, the language and the prompts. */
import { expect } from 'chai'
import { textHash } from '../../../bots/flow/versions.ts'
import { SimulatedAgent } from '../../harness/agent.ts'
import { SimulatedPhone } from '../../harness/phone.ts'
import type { RunningProduct } from '../../harness/product.ts'
import { runProduct } from '../../harness/product.ts'
import { upload } from './upload.ts'
import { wavOfTone } from './wav-of-tone.ts'
import { publishFlow } from '../../harness/publish-flow.ts'

const ZH = 500
const EN = 900
const OTHER = 1300

describe('the called number', function () {
  this.timeout(60_000)
  let product: RunningProduct
  let tourist: SimulatedPhone
  let admin: SimulatedAgent

  before(async () => {
    ;[product, tourist] = await Promise.all([runProduct(), SimulatedPhone.start()])
    admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    await publish('tones', { 'zh-CN': ZH, en: EN })
    await publish('other', { 'zh-CN': OTHER })
    await number('chinese', ['12301'], 'tones', 'zh-CN')
    await number('english', ['12345', '0298888*'], 'tones', 'en')
    await number('other', ['121*'], 'other', 'zh-CN')
    // answered when calls go by all that
    await admin.get('/telephony/numbers')
  })
  after(async () => {
    await tourist?.stop()
    await product?.stop()
  })

  /** A flow that plays a tone, by language; the tone is its recorded prompt. */
  async function publish(id: string, tones: Record<string, number>): Promise<void> {
    const prompt: Record<string, object> = {}
    for (const [lang, hz] of Object.entries(tones)) {
      const mediaId = await upload(admin, wavOfTone(hz, 3000))
      prompt[lang] = { text: id, audio: { mediaId, ofText: textHash(id) } }
    }
    const doc = {
      ...{ schema: 1, id, name: id, kind: 'main', entry: 'say' },
      ...{ langs: Object.keys(tones), defaultLang: 'zh-CN' },
      blocks: {
        say: { type: 'say', prompt, out: { next: 'end' } },
        end: { type: 'end', reason: 'done' },
      },
    }
    await publishFlow(admin, doc)
  }
  async function number(id: string, numbers: string[], flowId: string, lang: string) {
    if (id === 'chinese') {
      const body = { numbers, flowId, lang, version: 1 }
      return done('PATCH', '/telephony/number-plan/phone', body)
    }
    return done('POST', '/telephony/number-plan', { id, name: id, numbers, flowId, lang })
  }
  async function done(method: string, path: string, body: object): Promise<void> {
    const response = await admin.rest(method, path, body)
    expect(response.ok, `${path} ${await response.clone().text()}`).to.be.true
  }

  for (const [called, tone, what] of [
    ['12301', ZH, 'the flow in Chinese'],
    ['12345', EN, 'the same flow in English'],
    ['02988881234', EN, 'the same, by the beginning of the number'],
    ['12121', OTHER, 'another flow'],
  ] as const) {
    it(`${called}: ${what}`, async () => {
      const call = await tourist.call(product.sipPort, called)
      await call.hearsTone(tone, 0.9)
      call.hangUp()
      await call.ended
    })
  }

  it('a number of nobody does not exist', async () => {
    const refused = await tourist.call(product.sipPort, '99999').catch((error: Error) => error)
    expect(String(refused)).to.match(/404/)
  })

  it('callers of all at once hear what their number plays', async () => {
    const expected = [
      ['12301', ZH],
      ['12345', EN],
      ['12120', OTHER],
    ] as const
    const calls = await Promise.all(
      expected.map(([called], n) => tourist.call(product.sipPort, called, `1390000010${n}`)),
    )
    await Promise.all(calls.map((call, n) => call.hearsTone(expected[n]![1], 0.9)))
    for (const call of calls) call.hangUp()
    await Promise.all(calls.map(({ ended }) => ended))
  })
})
