/** Who speaks, chosen by content staff and heard by callers: the very sound of the preview. */
import { expect } from 'chai'
import { sampleFlows } from '../../bots/samples/hotline/index.ts'
import type { PromptView, VoiceView } from '../../gateway/prompts/schema.ts'
import type { Problem } from '../../gateway/flows/flows.ts'
import { pcmOf } from '../../media/tts/pcm-of.ts'
import { SimulatedAgent } from '../harness/agent.ts'
import { SimulatedPhone } from '../harness/phone.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'

const TEXT = '您好,欢迎致电旅游服务热线,很高兴为您服务'
const SLOW = 0.6
const QUICK = 1.8
/** a frame softer than that is a pause */
const LOUD = 200
const TENTH = 800

describe('the voice of a flow', function () {
  this.timeout(120_000)
  let product: RunningProduct
  let tourist: SimulatedPhone
  let admin: SimulatedAgent

  before(async () => {
    ;[product, tourist] = await Promise.all([runProduct(), SimulatedPhone.start()])
    admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    await admin.openAllHours()
  })
  after(async () => {
    await tourist?.stop()
    await product?.stop()
  })

  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await admin.rest(method, path, body)
    expect(response.ok, `${path} ${await response.clone().text()}`).to.equal(true)
    return (await response.json()) as T
  }
  const greeting = (voices: object) => ({
    ...{ schema: 1, id: 'greet', name: '问候', kind: 'main', entry: 'hello', langs: ['zh-CN'] },
    ...{ defaultLang: 'zh-CN', voices },
    blocks: {
      hello: { type: 'say', prompt: { 'zh-CN': { text: TEXT } }, out: { next: 'end' } },
      end: { type: 'end', reason: 'done' },
    },
  })
  const draft = () => admin.get<{ draftVersion: number; doc: unknown }>('/flows/greet/draft')
  const publish = async (voices: object) => {
    const { draftVersion } = await draft()
    await ask('PUT', '/flows/greet/draft', { draftVersion, doc: greeting(voices) })
    await ask('POST', '/flows/greet/publish', {})
  }
  const hello = async () => {
    const { items } = await admin.get<{ items: PromptView[] }>('/prompts?flowId=greet')
    return items.find(({ block }) => block === 'hello')!
  }
  /** Tenths of a second that are no silence, of a call from its answer to its end. */
  const heardByCaller = async (): Promise<number> => {
    const call = await tourist.call(product.sipPort, '12301')
    await call.ended
    return call.loudChunks
  }
  const heardBeforehand = async (wish: object): Promise<number> => {
    const response = await admin.rest('POST', '/prompts/preview', {
      ...{ text: TEXT, lang: 'zh-CN' },
      ...wish,
    })
    const pcm = pcmOf(Buffer.from(await response.arrayBuffer()))
    const tenths = Array.from({ length: Math.floor(pcm.length / TENTH) }, (_, at) =>
      pcm.subarray(at * TENTH, (at + 1) * TENTH),
    )
    return tenths.filter((part) => part.some((sample) => Math.abs(sample) > 2 * LOUD)).length
  }

  it('is chosen from those the engines have, by name, language and sex', async () => {
    const { items } = await admin.get<{ items: VoiceView[] }>('/prompts/voices?lang=zh-CN')
    expect(items.map(({ id, sex, lang }) => [id, sex, lang])).to.deep.equal([
      ['cmn-latn-pinyin', 'male', 'zh-CN'],
      ['cmn-latn-pinyin+f2', 'female', 'zh-CN'],
    ])
  })

  it('a slower flow lasts longer on the telephone than a quicker wording in it, each as the preview said', async () => {
    await ask('POST', '/flows', { id: 'greet', name: '问候' })
    await publish({ 'zh-CN': { speed: SLOW } })
    const { items } = await admin.get<{ items: { id: string; version: number }[] }>(
      '/telephony/number-plan',
    )
    const { id, version } = items[0]!
    await ask('PATCH', `/telephony/number-plan/${id}`, { flowId: 'greet', version })
    await admin.get('/telephony/numbers')
    const slow = await heardByCaller()
    expect(slow).to.be.closeTo(await heardBeforehand({ speed: SLOW }), 8)
    expect(await hello()).to.deep.include({ live: 'same', flowVoice: { speed: SLOW } })

    const { flowId, block, field, lang } = await hello()
    const place = { flowId, block, field, lang }
    await ask('PUT', '/prompts/voice', { ...place, speed: QUICK, voice: 'cmn-latn-pinyin+f2' })
    expect(await hello()).to.include({ live: 'differs', speed: QUICK, state: 'synthetic' })
    await ask('POST', '/flows/greet/publish', {})
    const quick = await heardByCaller()
    const foreseen = await heardBeforehand({ speed: QUICK, voice: 'cmn-latn-pinyin+f2' })
    expect(quick).to.be.closeTo(foreseen, 8)
    expect(slow).to.be.greaterThan(2 * quick)

    await ask('PUT', '/prompts/voice', place)
    expect(await hello()).to.not.have.any.keys('speed', 'voice')
  })

  it('that no engine has, or that speaks another language, is warned of; the flow can be published all the same', async () => {
    const check = async (voices: object) =>
      (
        await ask<{ items: Problem[] }>('POST', '/flows/greet/validate', { doc: greeting(voices) })
      ).items.filter(({ code }) => code.startsWith('VOICE_'))
    expect(await check({ 'zh-CN': { voice: 'cmn-latn-pinyin+f2' } })).to.deep.equal([])
    const [gone] = await check({ 'zh-CN': { voice: 'nobody' } })
    expect(gone).to.include({ code: 'VOICE_GONE', severity: 'warning', lang: 'zh-CN' })
    expect(gone!.zh).to.include('nobody')
    const [foreign] = await check({ 'zh-CN': { voice: 'en-us' } })
    expect(foreign).to.include({ code: 'VOICE_LANG', severity: 'warning', field: 'voices' })
    await publish({ 'zh-CN': { voice: 'nobody' } })
  })

  it('goes along when the flow is exported and imported; a document without any stays as it was', async () => {
    await publish({ 'zh-CN': { voice: 'cmn-latn-pinyin+f2', speed: 0.9 } })
    const file = await (await admin.rest('GET', '/flows/greet/export')).text()
    expect(JSON.parse(file).flows[0].voices).to.deep.equal({
      'zh-CN': { voice: 'cmn-latn-pinyin+f2', speed: 0.9 },
    })
    const imported = await admin.rest('POST', '/flows/-/import', {
      text: file,
      ids: { greet: 'greet-2' },
    })
    expect(imported.status, await imported.clone().text()).to.equal(200)
    const { doc } = await admin.get<{ doc: { voices?: object } }>('/flows/greet-2/draft')
    expect(doc.voices).to.deep.equal({ 'zh-CN': { voice: 'cmn-latn-pinyin+f2', speed: 0.9 } })
    for (const sample of sampleFlows) expect(sample).to.not.have.property('voices')
  })
})
