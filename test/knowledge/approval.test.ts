import { expect } from 'chai'
import type { ChangeView, KnowledgeView } from '../../gateway/knowledge/schema.ts'
import type { Room } from './room.ts'
import { openRoom } from './room.ts'

describe('an entry and its approval', function () {
  this.timeout(30_000)
  let room: Room
  before(async () => {
    room = await openRoom()
  })
  after(() => room.close())
  beforeEach(() => room.empty())

  const told = (text: string) => room.knowledge.search(text, 'zh-CN', 1)[0]?.answer
  const patch = (who: string, { id, version }: KnowledgeView, body: object) =>
    room.ask<KnowledgeView & { code?: string }>(who, 'PATCH', `/knowledge/${id}`, {
      version,
      ...body,
    })
  const history = async (id: string) =>
    (await room.ask<{ items: ChangeView[] }>('su', 'GET', `/knowledge/${id}/history`)).items

  it('is a draft first, found in the trial box and told to nobody', async () => {
    const draft = await room.add('城墙几点关门', '晚上十点')
    expect(draft.approved).to.equal(false)
    expect(told('城墙几点关门')).to.equal(undefined)
    expect(room.knowledge.try('城墙几点关门', 'zh-CN', 1)[0]!.id).to.equal(draft.id)
  })

  it('is approved by another role without a word, by its own role with a note only', async () => {
    const draft = await room.add('城墙几点关门', '晚上十点')
    expect(await patch('su', draft, { approved: true })).to.include({ code: 'APPROVAL_NEEDS_NOTE' })
    expect(await patch('bai', draft, { approved: true, note: '  ' })).to.include({
      code: 'APPROVAL_NEEDS_NOTE',
    })
    expect(told('城墙几点关门')).to.equal(undefined)
    const approved = await patch('chen', draft, { approved: true })
    expect(approved).to.include({ approved: true })
    expect(approved.approval!.by).to.deep.equal({ id: 'chen', name: 'CHEN', role: 'teamLeader' })
    expect(told('城墙几点关门')).to.equal('晚上十点')
    const other = await room.add('钟楼几点关门', '晚上九点')
    const noted = await patch('bai', other, { approved: true, note: '与管委会公告核对过' })
    expect(noted.approval!.note).to.equal('与管委会公告核对过')
  })

  it('a new wording waits while callers are told the old one, and is told once approved', async () => {
    const draft = await room.add('城墙几点关门', '晚上十点')
    const approved = await patch('chen', draft, { approved: true })
    const waiting = await patch('su', approved, { answer: { 'zh-CN': '晚上八点' } })
    expect(waiting).to.include({ approved: false })
    expect(waiting.live!.answer).to.deep.equal({ 'zh-CN': '晚上十点' })
    expect(told('城墙几点关门')).to.equal('晚上十点')
    const { items } = await room.ask<{ items: KnowledgeView[] }>(
      'su',
      'GET',
      '/knowledge?state=waiting',
    )
    expect(items.map(({ id }) => id)).to.deep.equal([draft.id])
    await patch('chen', waiting, { approved: true })
    expect(told('城墙几点关门')).to.equal('晚上八点')
  })

  it('what is only moved to another category or source stays approved', async () => {
    const approved = await patch('chen', await room.add('城墙几点关门', '晚上十点'), {
      approved: true,
    })
    const moved = await patch('su', approved, { category: 'transport', source: '公告' })
    expect(moved).to.include({ approved: true, category: 'transport', source: '公告' })
  })

  it('withdrawn, it is told to nobody at once', async () => {
    const approved = await patch('chen', await room.add('城墙几点关门', '晚上十点'), {
      approved: true,
    })
    const withdrawn = await patch('su', approved, { approved: false })
    expect(withdrawn.live).to.equal(undefined)
    expect(told('城墙几点关门')).to.equal(undefined)
  })

  it('its validity counts by the local day, both ends included', async () => {
    const draft = await room.add('灯会几点开始', '七点', { validUntil: '2026-11-22' })
    await patch('chen', draft, { approved: true })
    expect(told('灯会几点开始')).to.equal('七点')
    room.at.nowMs = Date.UTC(2026, 10, 22, 15, 59)
    expect(told('灯会几点开始')).to.equal('七点')
    room.at.nowMs = Date.UTC(2026, 10, 22, 16, 1)
    expect(told('灯会几点开始')).to.equal(undefined)
    const expired = await room.ask<{ items: KnowledgeView[] }>(
      'su',
      'GET',
      '/knowledge?state=expired',
    )
    expect(expired.items).to.have.length(1)
    room.at.nowMs = Date.UTC(2026, 10, 22, 4)
  })

  it('its history says who did what, and undoing makes it what it was', async () => {
    const draft = await room.add('城墙几点关门', '晚上十点')
    const approved = await patch('chen', draft, { approved: true })
    const wrong = await patch('bai', approved, { answer: { 'zh-CN': '不关门' } })
    const lines = await history(draft.id)
    expect(lines.map(({ did, by, version }) => [did, by.id, version])).to.deep.equal([
      ['edit', 'bai', 3],
      ['approve', 'chen', 2],
      ['create', 'su', 1],
    ])
    expect(lines[0]!.before!.answer).to.deep.equal({ 'zh-CN': '晚上十点' })
    const undone = await room.ask<KnowledgeView>('su', 'POST', `/knowledge/${draft.id}/undo`, {
      version: wrong.version,
    })
    // it says again what was approved
    expect(undone).to.deep.include({ approved: true, answer: { 'zh-CN': '晚上十点' } })
    expect(await room.ask('su', 'POST', `/knowledge/${draft.id}/undo`, { version: 1 })).to.include({
      code: 'NOTHING_TO_UNDO',
    })
  })

  it('undoing an approval does not leave a way around the next one', async () => {
    const draft = await room.add('城墙几点关门', '晚上十点')
    const approved = await patch('chen', draft, { approved: true })
    const withdrawn = await patch('chen', approved, { approved: false })
    const undone = await room.ask<KnowledgeView>('su', 'POST', `/knowledge/${draft.id}/undo`, {
      version: withdrawn.version,
    })
    expect(undone.approved).to.equal(false)
    expect(told('城墙几点关门')).to.equal(undefined)
  })

  it('taken out by mistake, it comes back as it was', async () => {
    const approved = await patch('chen', await room.add('城墙几点关门', '晚上十点'), {
      approved: true,
    })
    await room.ask('su', 'DELETE', `/knowledge/${approved.id}`)
    expect(told('城墙几点关门')).to.equal(undefined)
    expect((await room.ask<{ items: [] }>('su', 'GET', '/knowledge')).items).to.deep.equal([])
    const removed = await room.ask<{ items: KnowledgeView[] }>(
      'su',
      'GET',
      '/knowledge?state=removed',
    )
    expect(removed.items).to.have.length(1)
    expect(await patch('su', removed.items[0]!, { source: 'x' })).to.include({ code: 'NOT_FOUND' })
    await room.ask('su', 'POST', `/knowledge/${approved.id}/undo`, {
      version: removed.items[0]!.version,
    })
    expect(told('城墙几点关门')).to.equal('晚上十点')
  })

  it('two editors at once: the second is told, and loses nothing of the first', async () => {
    const draft = await room.add('城墙几点关门', '晚上十点')
    const answers = await Promise.all([
      patch('su', draft, { answer: { 'zh-CN': '甲' } }),
      patch('bai', draft, { answer: { 'zh-CN': '乙' } }),
    ])
    expect(answers.filter(({ code }) => code === 'CONFLICT')).to.have.length(1)
    expect((await history(draft.id)).map(({ version }) => version)).to.deep.equal([2, 1])
  })

  it('many are approved, dated, moved and taken out in one step', async () => {
    const ids: string[] = []
    for (const n of ['一', '二', '三']) ids.push((await room.add(`第${n}展厅在哪`, n)).id)
    const bulk = (who: string, body: object) =>
      room.ask<{ changed?: number; code?: string }>(who, 'POST', '/knowledge/bulk', {
        ids,
        ...body,
      })
    expect(await bulk('bai', { do: 'approve' })).to.include({ code: 'APPROVAL_NEEDS_NOTE' })
    expect(await bulk('chen', { do: 'approve' })).to.deep.equal({ changed: 3 })
    expect(await bulk('su', { do: 'category', category: 'food' })).to.deep.equal({ changed: 3 })
    expect(await bulk('su', { do: 'validity', validUntil: '2027-01-01' })).to.deep.equal({
      changed: 3,
    })
    const { items } = await room.ask<{ items: KnowledgeView[] }>('su', 'GET', '/knowledge')
    expect(
      items.map(({ category, validUntil, approved }) => [category, validUntil, approved]),
    ).to.deep.equal([0, 1, 2].map(() => ['food', '2027-01-01', false]))
    expect(await bulk('su', { do: 'remove' })).to.deep.equal({ changed: 3 })
    expect(await bulk('su', { do: 'remove' })).to.deep.equal({ changed: 0 })
  })

  it('an agent reads and changes nothing; words for the store are no languages', async () => {
    const draft = await room.add('城墙几点关门', '晚上十点')
    expect(await patch('lin', draft, { source: 'x' })).to.include({ code: 'FORBIDDEN' })
    for (const key of ['$where', 'a.b', '__proto__x', ''])
      expect(await room.add('x', 'y', { question: { [key]: 'x' } })).to.include({
        code: 'BAD_REQUEST',
      })
  })
})
