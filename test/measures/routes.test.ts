import { expect } from 'chai'
import { measureRoutes } from '../../gateway/measures/routes.ts'
import { WordsModel } from '../../gateway/measures/model.ts'
import type { MeasuresView, WordsView } from '../../gateway/measures/schema.ts'
import { member, openDoor } from '../harness/route-door.ts'
import type { Door } from '../harness/route-door.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'
import { Scene } from './scene.ts'

describe('figures of a flow over HTTP', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  let scene: Scene
  let door: Door

  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store.close())
  beforeEach(async () => {
    scene = new Scene()
    await scene.begin()
    door = await openDoor(measureRoutes(scene.measures), [
      member('writer', 'content'),
      member('lin', 'agent'),
    ])
  })
  afterEach(async () => {
    await door.close()
    await scene.rig.settled()
  })

  const get = async <T>(path: string) =>
    (await door.ask('writer', 'get', path)).json() as Promise<T>
  const today = () => new Date(scene.rig.nowMs).toISOString().slice(0, 10)

  it('are for those who keep the flows', async () => {
    expect((await door.ask('lin', 'get', '/flows/main/measures')).status).to.equal(403)
    expect((await door.ask('nobody', 'get', '/flows/main/measures.csv')).status).to.equal(401)
  })

  it('can be had of one version, channel or language, and say what else there is', async () => {
    await scene.visitor('v1', 'hello')
    const zh = await get<MeasuresView>('/flows/main/measures?lang=zh-CN')
    expect(zh.totals.started).to.equal(0)
    expect(zh).to.deep.include({ langs: ['en'], versions: [{ version: 1, started: 1 }] })
    const en = await get<MeasuresView>(
      `/flows/main/measures?lang=en&version=1&channel=webchat&from=${today()}&to=${today()}`,
    )
    expect(en.totals.started).to.equal(1)
    // it is ten in the morning in Shanghai; the hours in which nobody came stand there too
    expect(en.series.map(({ started }) => started)).to.deep.equal([...Array<number>(10).fill(0), 1])
    expect(en.step).to.equal('hour')
  })

  it('of a period that cannot be are refused with what to do', async () => {
    const bad = ['from=2026-02-31', 'from=2027-01-01&to=2026-01-01', 'from=1990-01-01', 'version=x']
    for (const query of bad) {
      const answer = await door.ask('writer', 'get', `/flows/main/measures?${query}`)
      expect(answer.status, query).to.equal(400)
    }
  })

  it('come as a table in which no cell is a formula', async () => {
    scene.published[0]!.doc = {
      ...scene.published[0]!.doc,
      hotkeys: [{ id: '=1+1', say: { en: ['agent'] }, target: 'people' }],
    }
    await scene.visitor('v1', 'hello', 'agent')
    const answer = await door.ask('writer', 'get', '/flows/main/measures.csv')
    expect(answer.headers.get('content-type')).to.contain('text/csv')
    expect(answer.headers.get('content-disposition')).to.contain('attachment')
    const text = await answer.text()
    const lines = text.split('\r\n')
    expect(lines).to.include.members(['menu,entered,,1', 'menu,askedForPerson,,1'])
    expect(lines).to.include("menu,hotkey,'=1+1,1")
  })

  it('words that were not understood are listed, most often first, and taken off the list', async () => {
    await scene.visitor('v1', 'hello', 'stripes', 'dots')
    await scene.visitor('v2', 'hello', 'dots')
    const { items } = await get<{ items: WordsView[] }>('/flows/main/measures/words')
    expect(items.map(({ text, count, block }) => [text, count, block])).to.deep.equal([
      ['dots', 2, 'menu'],
      ['stripes', 1, 'menu'],
    ])
    const path = `/flows/main/measures/words/${items[0]!.id}`
    expect(
      (await door.ask('writer', 'delete', `/flows/other/measures/words/${items[0]!.id}`)).status,
    ).to.equal(404)
    expect((await door.ask('writer', 'delete', path)).status).to.equal(204)
    expect((await door.ask('writer', 'delete', path)).status).to.equal(404)
    expect(await WordsModel.countDocuments()).to.equal(1)
  })
})
