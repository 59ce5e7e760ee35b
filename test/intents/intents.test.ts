import { expect } from 'chai'
import { sampleIntents } from '../../bots/samples/hotline/index.ts'
import { createBus } from '../../gateway/bus/bus.ts'
import { Intents } from '../../gateway/intents/intents.ts'
import { IntentSetModel, IntentVersionModel, UnsortedModel } from '../../gateway/intents/model.ts'
import { intentRoutes } from '../../gateway/intents/routes.ts'
import type {
  EvaluationView,
  IntentSetDetail,
  IntentSetView,
  IntentVersionView,
  UnsortedView,
} from '../../gateway/intents/schema.ts'
import { seedIntents } from '../../gateway/intents/seed.ts'
import type { Door } from '../harness/route-door.ts'
import { member, openDoor } from '../harness/route-door.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'

describe('intents that staff keep', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  let door: Door
  let intents: Intents
  let flows: string[] = []
  const bus = createBus((_topic, error) => {
    throw error
  })
  const onError = (error: unknown) => {
    throw error
  }

  before(async () => {
    store = await openTemporaryStore()
    intents = new Intents({ now: () => Date.UTC(2026, 10, 22), usedBy: async () => flows })
    await intents.start(bus, onError)
    door = await openDoor(intentRoutes(intents), [member('su', 'content'), member('lin', 'agent')])
  })
  after(async () => {
    await door.close()
    await store.close()
  })
  beforeEach(async () => {
    flows = []
    for (const model of [IntentSetModel, IntentVersionModel, UnsortedModel])
      await (model as typeof IntentSetModel).deleteMany({})
  })

  async function ask<T = { code?: string }>(
    method: string,
    path: string,
    body?: unknown,
    who = 'su',
  ) {
    const response = await door.ask(who, method, path, { body })
    const text = await response.text()
    return (text ? JSON.parse(text) : {}) as T
  }
  const intent = (id: string, zh: string[], en: string[] = []) => ({
    id,
    name: { zh: id, en: id },
    examples: { 'zh-CN': zh, ...(en.length && { en }) },
    keywords: {},
  })
  const weather = intent('weather', [
    '明天会下雨吗',
    '今天多少度',
    '要带伞吗',
    '冷不冷',
    '气温多少',
  ])
  const complaint = intent('complaint', [
    '我要投诉导游',
    '导游强迫购物',
    '旅行社骗人',
    '被宰了',
    '服务太差',
  ])

  async function made(id: string, list = [weather, complaint]): Promise<IntentSetDetail> {
    await ask('POST', '/intents', { id, name: { zh: '事由', en: 'Matters' } })
    return ask('PATCH', `/intents/${id}`, { version: 1, intents: list })
  }
  const sort = async (id: string, text: string) =>
    (await intents.classify(id, text, 'zh-CN', 3))[0]!

  it('are a draft until they are trained; then callers are sorted by them and flows may name them', async () => {
    const set = await made('tour')
    expect(set.changed).to.equal(true)
    expect(set.live).to.equal(undefined)
    expect(intents.ids).to.deep.equal(['tour'])
    expect(await intents.classify('tour', '下雨', 'zh-CN', 3).catch(({ code }) => code as string)).to.equal('NO_SUCH_INTENTS') // prettier-ignore
    const trained = await ask<IntentVersionView>('POST', '/intents/tour/train', { note: '第一版' })
    expect(trained).to.deep.include({
      number: 1,
      live: true,
      note: '第一版',
      by: 'SU',
      examples: 10,
    })
    expect(trained.figures.asked).to.equal(10)
    expect((await sort('tour', '后天下雨不')).intent).to.equal('weather')
    const { items } = await ask<{ items: IntentSetView[] }>('GET', '/intents', undefined, 'lin')
    expect(items).to.deep.include.members([
      {
        id: 'tour',
        name: { zh: '事由', en: 'Matters' },
        intents: ['weather', 'complaint'].map((id) => ({
          id,
          name: { zh: id, en: id },
          examples: 5,
        })),
        version: 2,
        live: 1,
        changed: false,
        updatedAtMs: Date.UTC(2026, 10, 22),
      },
    ])
  })

  it('a change is tried in the draft while callers meet the trained version; rolling back is at once', async () => {
    await made('moved')
    await ask('POST', '/intents/moved/train', {})
    const lost = intent('lost', ['包丢了', '手机不见了', '护照掉了', '钱包找不到', '丢东西了'])
    await ask('PATCH', '/intents/moved', { version: 2, intents: [weather, complaint, lost] })
    const tried = await ask<{ items: { intent: string }[] }>('POST', '/intents/moved/try', { text: '我的包丢了', lang: 'zh-CN' }) // prettier-ignore
    expect(tried.items[0]!.intent).to.equal('lost')
    expect((await sort('moved', '我的包丢了')).intent).not.to.equal('lost')
    await ask('POST', '/intents/moved/train', {})
    expect((await sort('moved', '我的包丢了')).intent).to.equal('lost')
    await ask('POST', '/intents/moved/rollback', { number: 1 })
    expect((await sort('moved', '我的包丢了')).intent).not.to.equal('lost')
    const { items } = await ask<{ items: IntentVersionView[] }>('GET', '/intents/moved/versions')
    expect(items.map(({ number, live }) => [number, live])).to.deep.equal([[2, false], [1, true]]) // prettier-ignore
    expect(await ask('POST', '/intents/moved/rollback', { number: 7 })).to.include({
      code: 'NOT_FOUND',
    })
  })

  it('another process meets what was trained here', async () => {
    await made('shared')
    await ask('POST', '/intents/shared/train', {})
    const other = new Intents({ now: Date.now })
    await other.start(createBus(onError as never), onError)
    expect((await other.classify('shared', '要不要带伞', 'zh-CN', 1))[0]!.intent).to.equal(
      'weather',
    )
  })

  it('what no intent is likely for goes on a list without numbers of persons, and becomes an example by one request', async () => {
    await made('gather')
    await ask('POST', '/intents/gather/train', {})
    await sort('gather', '充电宝电话13892001122')
    await sort('gather', '充电宝电话13892001122')
    await sort('gather', '明天会下雨吗')
    const list = async () => (await ask<{ items: UnsortedView[] }>('GET', '/intents/gather/unsorted')).items // prettier-ignore
    const [unsorted, ...more] = await list()
    expect(more).to.deep.equal([])
    // a trial is sorted alike, and is on no list
    expect((await intents.sort('gather', '唱首歌', 'zh-CN', 1))[0]!.intent).to.be.a('string')
    expect(await list()).to.have.length(1)
    expect(unsorted).to.include({ text: '充电宝电话***', count: 2 })
    const added = await ask<IntentSetDetail>('POST', '/intents/gather/examples', {
      intent: 'weather',
      lang: 'zh-CN',
      texts: [unsorted!.text, '要带伞吗'],
    })
    expect(added.intents[0]!.examples['zh-CN']).to.have.length(6)
    expect(added.changed).to.equal(true)
    expect(await list()).to.deep.equal([])
    await sort('gather', '唱首歌')
    await ask('POST', '/intents/gather/unsorted/dismiss', { ids: [(await list())[0]!.id] })
    await sort('gather', '唱首歌')
    expect(await list()).to.deep.equal([])
  })

  it('an evaluation names what is taken for what, pairs that are alike and intents with too few examples', async () => {
    const twin = intent('twin', [
      '后天会下雨吗',
      '今天气温多少度',
      '用带伞吗',
      '外面冷不冷',
      '现在气温多少',
    ])
    await made('judged', [weather, twin, complaint, intent('thin', ['喂'])])
    const figures = await ask<EvaluationView>('GET', '/intents/judged/evaluation')
    expect(figures.asked).to.equal(16)
    expect(figures.first).to.be.below(figures.amongThree)
    expect(figures.alike.map(({ one, other }) => [one, other])).to.deep.equal([['twin', 'weather']])
    expect(figures.confusions[0]!.texts.length).to.be.greaterThan(0)
    expect(figures.thin).to.deep.equal([{ intent: 'thin', lang: 'zh-CN', examples: 1 }])
  })

  it('two editors at once: the second is told', async () => {
    await made('edited')
    expect(await ask('PATCH', '/intents/edited', { version: 1, intents: [] })).to.include({ code: 'CONFLICT' }) // prettier-ignore
  })

  it('refuses what cannot be trained, is too much, is there already or is still used', async () => {
    await made('refused', [weather])
    const code = async (method: string, path: string, body?: unknown, who?: string) =>
      (await ask(method, path, body, who)).code
    expect(await code('POST', '/intents/refused/train', {})).to.equal('INTENTS_TOO_FEW')
    expect(await code('POST', '/intents', { id: 'refused', name: { zh: 'x', en: 'x' } })).to.equal('INTENTS_TAKEN') // prettier-ignore
    expect(await code('PATCH', '/intents/refused', { version: 2, intents: [weather, weather] })).to.equal('BAD_REQUEST') // prettier-ignore
    expect(await code('POST', '/intents', { id: '$where', name: { zh: 'x', en: 'x' } })).to.equal('BAD_REQUEST') // prettier-ignore
    expect(await code('POST', '/intents/refused/train', {}, 'lin')).to.equal('FORBIDDEN')
    flows = ['主流程']
    expect(await code('DELETE', '/intents/refused')).to.equal('INTENTS_IN_USE')
    flows = []
    await ask('DELETE', '/intents/refused')
    expect(intents.ids).not.to.include('refused')
  })

  it('the sample set tells its matters apart on wording it has not seen', async () => {
    await seedIntents(sampleIntents, 0)
    bus.publish('intents', {})
    const figures = await ask<EvaluationView>('GET', `/intents/${sampleIntents.id}/evaluation`)
    expect(figures.asked).to.equal(120)
    expect(figures.first / figures.asked).to.be.at.least(0.55)
    expect(figures.amongThree / figures.asked).to.be.at.least(0.8)
  })
})
