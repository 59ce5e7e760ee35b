import { expect } from 'chai'
import { migrateCategories } from '../../gateway/knowledge/categories.ts'
import { CategoryModel, KnowledgeModel } from '../../gateway/knowledge/model.ts'
import type {
  AlikeView,
  CategoryView,
  KnowledgeView,
  MissView,
  SynonymsView,
} from '../../gateway/knowledge/schema.ts'
import type { Room } from './room.ts'
import { openRoom } from './room.ts'

describe('words around the knowledge', function () {
  this.timeout(30_000)
  let room: Room
  before(async () => {
    room = await openRoom()
  })
  after(() => room.close())
  beforeEach(() => room.empty())

  const approve = ({ id, version }: KnowledgeView) =>
    room.ask('chen', 'PATCH', `/knowledge/${id}`, { version, approved: true })

  describe('synonyms', () => {
    it('are used by the search as soon as they are kept, and no more once they are gone', async () => {
      await approve(await room.add('城墙上可以骑自行车吗', '可以'))
      await approve(await room.add('城墙门票多少钱', '五十四元'))
      const score = () => room.knowledge.search('能蹬脚踏车不', 'zh-CN', 1)[0]?.score ?? 0
      expect(score()).to.be.below(0.2)
      const group = await room.ask<SynonymsView>('su', 'POST', '/knowledge/synonyms', {
        words: ['骑自行车', '蹬脚踏车'],
      })
      expect(score()).to.be.greaterThan(0.25)
      await room.ask('su', 'DELETE', `/knowledge/synonyms/${group.id}`)
      expect(score()).to.be.below(0.2)
    })

    it('a word belongs to one group, however it is written', async () => {
      const one = await room.ask<SynonymsView>('su', 'POST', '/knowledge/synonyms', {
        words: ['Metro', 'subway', '地铁'],
      })
      expect(
        await room.ask('su', 'POST', '/knowledge/synonyms', { words: ['metro', 'tube'] }),
      ).to.include({ code: 'SYNONYM_TAKEN' })
      const kept = await room.ask<SynonymsView>('su', 'PATCH', `/knowledge/synonyms/${one.id}`, {
        version: 1,
        words: ['metro', '地铁', 'tube'],
      })
      expect(kept.version).to.equal(2)
    })
  })

  describe('categories', () => {
    it('of before they had names in two languages become ids once, and nobody is left without', async () => {
      const insert = (category: string) =>
        KnowledgeModel.create({
          ...{ _id: category, category, question: {}, answer: {}, source: '' },
          ...{ approved: true, version: 1, updatedAt: new Date(0) },
        })
      await Promise.all(['景点 Sights', '景点', 'Food', '停车', 'spots', ''].map(insert))
      const samples = [
        { id: 'spots', name: { zh: '景点', en: 'Sights' } },
        { id: 'food', name: { zh: '美食', en: 'Food' } },
      ]
      await migrateCategories(samples)
      await migrateCategories(samples)
      const entries = await KnowledgeModel.find().lean()
      const category = (id: string) => entries.find(({ _id }) => _id === id)!.category
      expect(['景点 Sights', '景点', 'Food', 'spots', ''].map(category)).to.deep.equal(['spots', 'spots', 'food', 'spots', '']) // prettier-ignore
      const known = await CategoryModel.find().lean()
      expect(known).to.have.length(3)
      expect(known.find(({ _id }) => _id === category('停车'))!.name).to.deep.equal({ zh: '停车', en: '停车' }) // prettier-ignore
    })

    it('are added, renamed and counted; one with entries is not removed', async () => {
      const made = await room.ask<CategoryView>('su', 'POST', '/knowledge/categories', {
        name: { zh: '停车', en: 'Parking' },
      })
      await room.add('哪里停车', '南门', { category: made.id })
      const path = `/knowledge/categories/${made.id}`
      const renamed = await room.ask<CategoryView>('su', 'PATCH', path, {
        version: 1,
        name: { zh: '停车场', en: 'Parking' },
      })
      expect(renamed).to.deep.include({ entries: 1, name: { zh: '停车场', en: 'Parking' } })
      expect(await room.ask('su', 'DELETE', path)).to.include({ code: 'CATEGORY_IN_USE' })
    })
  })

  describe('what nobody answered', () => {
    const list = async () =>
      (await room.ask<{ items: MissView[] }>('su', 'GET', '/knowledge/misses')).items
    const asked = async (...texts: string[]) => {
      for (const text of texts) await room.knowledge.answer(text, 'zh-CN', 3)
    }

    it('stands together when it is one question in other words, counted as one', async () => {
      await asked(
        '兵马俑能带宠物狗进去吗',
        '能带宠物狗进兵马俑吗',
        '哪里可以理发',
        '能带宠物狗进兵马俑吗',
      )
      const items = await list()
      expect(items.map(({ count, wordings }) => [count, wordings.length])).to.deep.equal([[3, 2], [1, 1]]) // prettier-ignore
      expect(items[0]!.text).to.equal('能带宠物狗进兵马俑吗')
    })

    it('becomes a wording of the nearest entry by one request, and is gone from the list', async () => {
      const entry = await room.add('景区可以带宠物吗', '不可以')
      await approve(entry)
      await asked('狗狗让进不')
      expect((await list())[0]!.text).to.equal('狗狗让进不')
      const changed = await room.ask<KnowledgeView>(
        'su',
        'POST',
        `/knowledge/${entry.id}/variants`,
        {
          lang: 'zh-CN',
          texts: ['狗狗让进不', '狗狗让进不', '景区可以带宠物吗'],
        },
      )
      expect(changed.variants).to.deep.equal({ 'zh-CN': ['狗狗让进不'] })
      expect(await list()).to.deep.equal([])
    })

    it('names the entry that comes closest', async () => {
      for (const place of ['城墙', '钟楼', '碑林', '华山'])
        await approve(await room.add(`${place}门票多少钱`, '五十四元'))
      await asked('城墙管理处的厕所在哪个位置')
      expect((await list())[0]!.nearest!.question).to.equal('城墙门票多少钱')
    })

    it('is dismissed for good, also when it is asked again', async () => {
      await asked('附近哪里理发')
      const [miss] = await list()
      await room.ask('su', 'POST', '/knowledge/misses/dismiss', { ids: [miss!.id] })
      await asked('附近哪里理发')
      expect(await list()).to.deep.equal([])
    })

    it('keeps no number that tells who asked', async () => {
      await asked('我叫王芳电话13892001122身份证610113199001011234查快递')
      expect((await list())[0]!.text).to.equal('我叫王芳电话***身份证***查快递')
    })
  })

  it('an entry that answers the same question is named', async () => {
    const one = await room.add('兵马俑门票多少钱', '一百二', {
      variants: { 'zh-CN': ['秦俑票价'] },
    })
    await room.add('城墙门票多少钱', '五十四元')
    const alike = async (text: string, not?: string) =>
      (
        await room.ask<{ items: AlikeView[] }>('su', 'POST', '/knowledge/alike', {
          question: { 'zh-CN': text },
          not,
        })
      ).items
    expect(await alike('秦俑票价?')).to.deep.equal([{ id: one.id, question: '秦俑票价', asked: '秦俑票价?', lang: 'zh-CN', score: 1 }]) // prettier-ignore
    expect(await alike('兵马俑门票多少钱', one.id)).to.deep.equal([])
    expect(await alike('华山索道几点停')).to.deep.equal([])
  })
})
