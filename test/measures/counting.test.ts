import { expect } from 'chai'
import type { StoredWords } from '../../gateway/measures/model.ts'
import { flowDocSchema } from '../../bots/flow/schema.ts'
import { MeasuresModel, WordsModel } from '../../gateway/measures/model.ts'
import { ConversationModel } from '../../gateway/intake/model.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'
import { doc, Scene } from './scene.ts'

describe('figures of a flow', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  let scene: Scene

  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store.close())
  beforeEach(async () => {
    scene = new Scene()
    await scene.begin()
  })
  afterEach(async () => {
    await scene.rig.settled()
    expect(scene.rig.errors).to.deep.equal([])
  })

  it('a visitor who answers all the way counts as completed, block by block and exit by exit', async () => {
    await scene.visitor('v1', 'hello', 'colour', 'red')
    const { totals, blocks, versions, channels, langs } = await scene.read()
    expect(totals).to.include({ started: 1, completed: 1, ended: 1, askedForPerson: 0, gaveUp: 0 })
    expect(totals.containment).to.equal(1)
    expect(blocks.find(({ block }) => block === 'menu')).to.deep.include({
      entered: 1,
      exits: { colour: 1 },
    })
    expect(blocks.find(({ block }) => block === 'colour')).to.deep.include({ exits: { next: 1 } })
    expect({ versions, channels, langs }).to.deep.equal({
      versions: [{ version: 1, started: 1 }],
      channels: ['webchat'],
      langs: ['en'],
    })
  })

  it('who asks for a person is counted at the block they stood on, once', async () => {
    await scene.visitor('v1', 'hello', 'colour', 'agent')
    const { totals } = await scene.read()
    expect(totals).to.include({ started: 1, askedForPerson: 1, completed: 0, containment: 0 })
    expect(await scene.block('colour')).to.include({ askedForPerson: 1 })
    expect((await scene.block('people'))!.askedForPerson).to.equal(0)
    expect((await scene.block('colour'))!.marks.hotkey).to.deep.equal({ agent: 1 })
  })

  it('who leaves in the middle gave up at the block that waited for them', async () => {
    await scene.visitor('v1', 'hello', 'colour')
    await scene.leaves('v1')
    expect((await scene.read()).totals).to.include({
      started: 1,
      gaveUp: 1,
      ended: 1,
      containment: 1,
    })
    expect(await scene.block('colour')).to.include({ gaveUp: 1 })
  })

  it('who gives up in a flow that was called gave up at the block that called it, too', async () => {
    const asks = { ...doc, id: 'inner', kind: 'sub' as const, hotkeys: [] }
    const calls = flowDocSchema.parse({
      ...doc,
      entry: 'call',
      blocks: {
        ...doc.blocks,
        call: { type: 'subflow', flow: 'inner', out: { next: 'bye', error: 'bye' } },
      },
    })
    scene.published.splice(
      0,
      1,
      { id: 'main', version: 1, doc: calls },
      { id: 'inner', version: 4, doc: asks },
    )
    await scene.visitor('v1', 'hello', 'colour')
    await scene.leaves('v1')
    await scene.visitor('v2', 'hello', 'agent')
    expect(await scene.block('call')).to.include({ entered: 2, gaveUp: 1, askedForPerson: 1 })
    const inner = await scene.measures.read('inner', {})
    expect(inner.totals.started).to.equal(0)
    expect(inner.blocks.find(({ block }) => block === 'colour')).to.include({ gaveUp: 1 })
    expect(inner.blocks.find(({ block }) => block === 'menu')).to.include({ askedForPerson: 1 })
  })

  it('marks of a survey are counted by score', async () => {
    await scene.visitor('v1', 'hello', 'score', '5')
    await scene.visitor('v2', 'hello', 'score', '2')
    expect((await scene.block('score'))!.marks.survey).to.deep.equal({ 5: 1, 2: 1 })
  })

  it('of two nodes on one conversation the loser counts nothing of its lost turn', async () => {
    await scene.visitor('v1', 'hello')
    const [conversation] = await ConversationModel.find().lean<{ _id: string }[]>()
    let meanwhile = true
    const { reply } = scene.rig
    scene.rig.reply = async (turn) => {
      if (meanwhile) {
        meanwhile = false
        // another node was faster
        await ConversationModel.updateOne({ _id: conversation!._id }, { $inc: { version: 1 } })
      }
      return reply(turn)
    }
    await scene.visitor('v1', 'blue with stripes')
    expect(await scene.block('menu')).to.include({ noMatch: 1 })
  })

  it('what was said where nothing matched is kept with its numbers masked, by wording', async () => {
    await scene.visitor('v1', 'hello', 'colour', 'as my room 4711')
    await scene.visitor('v2', 'hello', 'colour', 'as my ROOM 4712')
    await scene.measures.flush()
    const words = await WordsModel.find().lean<StoredWords[]>()
    expect(words).to.have.length(1)
    expect(words[0]).to.deep.include({
      block: 'colour',
      text: 'as my room •',
      count: 2,
      lang: 'en',
    })
  })

  it('no word is kept of an answer that names somebody', async () => {
    await scene.visitor('v1', 'hello', 'name', 'Zhang San of Hefei')
    await scene.measures.flush()
    expect(await scene.block('name')).to.include({ noMatch: 1 })
    expect(await WordsModel.countDocuments()).to.equal(0)
  })

  it('a flush that is repeated, also after an answer that got lost, counts nothing twice', async () => {
    await scene.visitor('v1', 'hello', 'stripes')
    await Promise.all([scene.measures.flush(), scene.measures.flush()])
    await scene.visitor('v2', 'hello', 'stripes')
    const written = MeasuresModel.collection.updateOne.bind(MeasuresModel.collection)
    let lost = 0
    MeasuresModel.collection.updateOne = (async (...args: Parameters<typeof written>) => {
      const answer = await written(...args)
      if (lost++ === 0) throw new Error('the answer got lost')
      return answer
    }) as typeof written
    try {
      await scene.measures.flush().catch((error: Error) => expect(error.message).to.contain('lost'))
      await scene.measures.flush()
    } finally {
      MeasuresModel.collection.updateOne = written
    }
    expect(lost).to.be.greaterThan(2)
    expect((await scene.read()).totals).to.include({ started: 2, noMatch: 2 })
    expect((await WordsModel.findOne().lean<StoredWords>())!.count).to.equal(2)
  })

  it('a process that dies loses what it had not flushed, and the next adds to what there is', async () => {
    await scene.visitor('v1', 'hello')
    await scene.measures.flush()
    await scene.visitor('v2', 'hello')
    scene.another()
    await scene.visitor('v3', 'hello')
    expect((await scene.read()).totals.started).to.equal(2)
  })

  it('a version that was never published, as in a trial, does not count', async () => {
    await scene.visitor('v1', 'hello')
    scene.published[0] = { id: 'main', version: 7, doc }
    await scene.visitor('v2', 'hello')
    scene.published.length = 0
    await scene.leaves('v2')
    expect((await scene.read()).versions).to.deep.equal([
      { version: 7, started: 1 },
      { version: 1, started: 1 },
    ])
    expect((await scene.read()).totals.gaveUp).to.equal(0)
  })

  it('figures are had by hour, and by day where the period is long or the hours are gone', async () => {
    await scene.visitor('v1', 'hello')
    await scene.measures.flush()
    const begun = scene.rig.nowMs
    const today = new Date(begun).toISOString().slice(0, 10)
    expect(await scene.read({ from: today, to: today })).to.deep.include({ step: 'hour' })
    const week = await scene.read()
    expect(week.step).to.equal('day')
    expect(week.series).to.have.length(7)
    expect(week.series.at(-1)).to.deep.include({ date: today, started: 1 })
    scene.rig.nowMs += 91 * 86_400_000
    await scene.measures.sweep()
    expect(await MeasuresModel.countDocuments({ step: 'hour' })).to.equal(0)
    const later = await scene.read({ from: today, to: today })
    expect(later).to.deep.include({ step: 'day' })
    expect(later.totals.started).to.equal(1)
    scene.rig.nowMs += 300 * 86_400_000
    await scene.measures.sweep()
    expect(await MeasuresModel.countDocuments()).to.equal(0)
  })
})
