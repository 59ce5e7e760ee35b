import { expect } from 'chai'
import type { FlowDoc } from '../../bots/flow/schema.ts'
import type { FlowCheckView } from '../../gateway/flows/schema.ts'
import { FlowModel, FlowVersionModel } from '../../gateway/flows/model.ts'
import { AccountModel } from '../../gateway/intake/model.ts'
import { expecting, FlowHouse, saying } from './house.ts'

const DAY_MS = 86_400_000

describe('the life of a flow', function () {
  this.timeout(30_000)
  const house = new FlowHouse()
  before(() => house.open())
  after(() => house.close())
  beforeEach(() => house.empty())

  it('one made from nothing is sound and can be published as it is', async () => {
    for (const kind of ['main', 'sub'] as const) {
      await house.must('POST', '/flows', { id: kind, name: '新流程', kind })
      const { items } = await house.must('POST', `/flows/${kind}/validate`, {})
      expect(items!.filter(({ severity }) => severity === 'error')).to.deep.equal([])
      expect(await house.publish(kind)).to.equal(1)
    }
    expect(house.greeting('main')).to.include('您好')
  })

  it('a copy is a flow of its own, from the draft or from a version', async () => {
    await house.draw(saying('第一版'))
    await house.publish('talk')
    await house.redraw(saying('草稿'))
    const copy = (id: string, version?: number) =>
      house.must('POST', '/flows', { id, name: id, copyOf: { id: 'talk', version } })
    await copy('of-draft')
    await copy('of-version', 1)
    await house.publish('of-draft')
    await house.publish('of-version')
    expect([house.greeting('of-draft'), house.greeting('of-version')]).to.deep.equal([
      '草稿',
      '第一版',
    ])
    expect(house.flows.get('of-version', 'live')!.doc).to.include({
      id: 'of-version',
      name: 'of-version',
    })
  })

  it('an id twice, an id that is none, somebody who may not: refused', async () => {
    await house.must('POST', '/flows', { id: 'talk', name: '一' })
    const make = (id: string, who?: string) => house.ask('POST', '/flows', { id, name: '二' }, who)
    expect((await make('talk')).body.code).to.equal('DUPLICATE')
    for (const id of ['-', '', 'a b', '../x', '__proto__'])
      expect((await make(id)).status, id).to.equal(400)
    expect((await make('other', 'lin')).status).to.equal(403)
  })

  it('a new name is in the list and in the draft', async () => {
    await house.draw(saying('您好'))
    await house.must('PATCH', '/flows/talk', { name: '新名字' })
    const { items } = await house.must('GET', '/flows')
    expect(items![0]).to.include({ id: 'talk', name: '新名字' })
    const draft = await house.must<{ doc: { name: string } }>('GET', '/flows/talk/draft')
    expect(draft.doc.name).to.equal('新名字')
  })

  it('what somebody uses is not put away, and everybody who uses it is named', async () => {
    await house.draw(saying('甲', { id: 'used' }))
    await house.publish('used')
    await house.draw(
      saying('乙', {
        blocks: {
          hello: { type: 'goto', flow: 'used' },
        },
      }),
    )
    await AccountModel.create([
      { _id: 'web', channel: 'webchat', name: '网页', flowId: 'used' },
      { _id: 'line', channel: 'voice', name: '热线', flowId: 'used' },
    ])
    await house.must('PUT', '/flow-routes', {
      version: 0,
      routes: [{ id: 'r', name: '规则', enabled: true, when: {}, flowId: 'used' }],
    })
    house.inside = new Map([[1, 3]])
    const refused = await house.ask<{ code: string; details: { uses: object[] } }>(
      'DELETE',
      '/flows/used',
    )
    expect(refused.status).to.equal(409)
    expect(refused.body.code).to.equal('FLOW_IN_USE')
    expect(refused.body.details.uses).to.have.deep.members([
      { kind: 'route', id: 'r', name: '规则' },
      { kind: 'account', id: 'web', name: '网页' },
      { kind: 'number', id: 'line', name: '热线' },
      { kind: 'flow', id: 'talk', name: '问候' },
      { kind: 'inside', id: 'used', name: '', count: 3 },
    ])
    expect(house.greeting('used')).to.equal('甲')
    const { items } = await house.must('GET', '/flows')
    const listed = items!.find(({ id }) => id === 'used')!.usedBy as { kind: string }[]
    expect(listed.map(({ kind }) => kind)).to.have.members(['route', 'account', 'number', 'flow'])
  })

  it('what was put away begins no conversation, and comes back live within 30 days', async () => {
    await house.draw(saying('还在'))
    await house.publish('talk')
    await house.must('DELETE', '/flows/talk')
    expect(house.flows.get('talk', 'live')).to.equal(undefined)
    expect((await house.must('GET', '/flows')).items).to.deep.equal([])
    expect((await house.ask('GET', '/flows/talk/draft')).status).to.equal(404)
    expect((await house.ask('POST', '/flows/talk/publish', {})).status).to.equal(404)
    expect((await house.ask('POST', '/flows', { id: 'talk', name: '新' })).body.code).to.equal(
      'DUPLICATE',
    )
    const { items } = await house.must('GET', '/flows/-/removed')
    expect(items![0]).to.include({ id: 'talk', deletedBy: 'SU' })
    house.nowMs += 29 * DAY_MS
    await house.room.library.purge()
    await house.must('POST', '/flows/talk/restore')
    expect(house.greeting('talk')).to.equal('还在')
  })

  it('after 30 days it is gone for good', async () => {
    await house.draw(saying('再见'))
    await house.publish('talk')
    await house.must('DELETE', '/flows/talk')
    house.nowMs += 31 * DAY_MS
    expect((await house.ask('POST', '/flows/talk/restore')).status).to.equal(404)
    await house.room.library.purge()
    expect(await FlowModel.countDocuments()).to.equal(0)
    expect(await FlowVersionModel.countDocuments()).to.equal(0)
  })

  it('two people in one flow are told of each other, until one leaves or falls silent', async () => {
    await house.draw(saying('您好'))
    const beat = (who: string, leave?: boolean) =>
      house.ask<{ others: { name: string; sinceMs: number }[] }>(
        ...(['PUT', '/flows/talk/presence', { leave }, who] as const),
      )
    expect((await beat('su')).body.others).to.deep.equal([])
    const sinceMs = house.nowMs
    house.nowMs += 10_000
    expect((await beat('li')).body.others).to.deep.equal([{ name: 'SU', sinceMs }])
    house.nowMs += 10_000
    expect((await beat('su')).body.others[0]!.name).to.equal('LI')
    const { items } = await house.must('GET', '/flows')
    expect((items![0]!.editors as { name: string }[]).map(({ name }) => name)).to.deep.equal([
      'SU',
      'LI',
    ])
    await beat('li', true)
    expect((await beat('su')).body.others).to.deep.equal([])
    await beat('li')
    house.nowMs += 31_000
    expect((await beat('su')).body.others).to.deep.equal([])
    expect((await house.ask('PUT', '/flows/nobody/presence', {})).status).to.equal(404)
  })

  describe('publishing', () => {
    it('is refused by a rule, by a test that fails, by tests that never end; mended it goes through', async () => {
      await house.draw(saying('您好', { entry: 'nowhere' }))
      const publish = () =>
        house.ask<{ code: string; details: { tests: object[] } }>('POST', '/flows/talk/publish', {
          note: '第一次',
        })
      expect((await publish()).body.code).to.equal('FLOW_INVALID')
      await house.redraw(saying('您好', { tests: expecting('欢迎') }))
      const refused = await publish()
      expect(refused.status).to.equal(422)
      expect(refused.body.code).to.equal('FLOW_TESTS_FAILED')
      expect(refused.body.details.tests).to.have.length(1)
      expect(JSON.stringify(refused.body.details.tests)).to.include('欢迎')
      expect(house.flows.get('talk', 'live')).to.equal(undefined)
      await house.redraw(saying('欢迎您', { tests: expecting('欢迎') }))
      expect((await publish()).status).to.equal(200)
      expect(house.greeting('talk')).to.equal('欢迎您')
      const { items } = await house.must('GET', '/flows/talk/versions')
      expect(items).to.have.length(1)
      expect(items![0]).to.include({
        version: 1,
        live: true,
        by: 'SU',
        note: '第一次',
        conversations: 0,
      })
    })

    it('tests that take too long are stopped, and meanwhile the event loop goes on', async () => {
      const steps = Array.from({ length: 400_000 }, () => ({ in: '你好' }))
      const doc = saying('您好', {
        entry: 'ask',
        blocks: {
          ask: {
            type: 'ask',
            prompt: { 'zh-CN': { text: '请讲' } },
            slot: { type: 'text' },
            set: 'said',
            out: { next: 'ask', noMatch: 'bye' },
          },
          bye: { type: 'end', reason: 'done' },
        },
        vars: [{ name: 'said', type: 'text' }],
        tests: [{ name: '没完没了', channel: 'webchat', steps }],
      })
      const { runSuite } = await import('../../gateway/flows/run-suite.ts')
      let beats = 0
      const beat = setInterval(() => beats++, 10)
      const outcome = await runSuite(doc, [], 1500)
      clearInterval(beat)
      expect(outcome.state).to.equal('slow')
      expect(beats).to.be.greaterThan(10)
    })

    it('the tests run against sub-flows as callers get them', async () => {
      const sub = (text: string) =>
        saying(text, {
          id: 'part',
          kind: 'sub',
          blocks: {
            hello: { type: 'say', prompt: { 'zh-CN': { text } }, out: { next: 'bye' } },
            bye: { type: 'end', reason: 'return' },
          },
        })
      await house.draw(sub('子流程'))
      await house.publish('part')
      await house.redraw(sub('没有发布'))
      await house.draw(
        saying('', {
          entry: 'call',
          blocks: {
            call: { type: 'subflow', flow: 'part', out: { next: 'bye', error: 'bye' } },
            bye: { type: 'end', reason: 'done' },
          },
          tests: expecting('子流程'),
        }),
      )
      const check = await house.must<{ tests: { state: string } }>('POST', '/flows/talk/check')
      expect(check.tests.state).to.equal('passed')
      await house.publish('part')
      expect(
        (await house.must<{ tests: { state: string } }>('POST', '/flows/talk/check')).tests.state,
      ).to.equal('failed')
    })

    describe('a sub-flow others call', function () {
      // every suite begins with a thread, which takes seconds on a busy machine
      this.timeout(120_000)
      const sub = (text: string) =>
        saying(text, {
          id: 'part',
          kind: 'sub',
          blocks: {
            hello: { type: 'say', prompt: { 'zh-CN': { text } }, out: { next: 'bye' } },
            bye: { type: 'end', reason: 'return' },
          },
        })
      const caller = (id: string, flow: string, tests: FlowDoc['tests']) =>
        saying('', {
          ...{ id, entry: 'call', tests },
          blocks: {
            call: { type: 'subflow', flow, out: { next: 'bye', error: 'bye' } },
            bye: { type: 'end', reason: 'done' },
          },
        })
      type Check = Pick<FlowCheckView, 'callers'>

      beforeEach(async () => {
        await house.draw(sub('子流程'))
        await house.publish('part')
        await house.draw(caller('talk', 'part', expecting('子流程')))
        await house.publish('talk')
      })

      it('is not published when a caller’s test would no longer hold; it is named', async () => {
        await house.redraw(sub('改了'))
        const { callers } = await house.must<Check>('POST', '/flows/part/check')
        expect(callers).to.have.length(1)
        expect(callers[0]).to.include({ flow: 'talk', state: 'failed', count: 1 })
        expect(callers[0]!.failed[0]).to.include({ name: '听到子流程' })
        const refused = await house.ask<{ code: string; details: { callers: object[] } }>(
          'POST',
          '/flows/part/publish',
          {},
        )
        expect(refused.body.code).to.equal('FLOW_CALLERS_TESTS_FAILED')
        expect(refused.body.details.callers[0]).to.include({ flow: 'talk', state: 'failed' })
        await house.redraw(sub('子流程'))
        expect(await house.publish('part')).to.equal(2)
      })

      it('one called through another is looked at as well', async () => {
        await house.draw({ ...caller('between', 'part', []), kind: 'sub' })
        await house.publish('between')
        await house.redraw(caller('talk', 'between', expecting('子流程')))
        await house.publish('talk')
        await house.redraw(sub('改了'))
        const { callers } = await house.must<Check>('POST', '/flows/part/check')
        expect(callers.map(({ flow, state }) => [flow, state])).to.deep.equal([['talk', 'failed']])
      })

      it('what fails today too does not keep it from being mended', async () => {
        await house.redraw(sub('子流程,新'))
        await house.publish('part')
        await house.redraw(caller('talk', 'part', expecting('新')))
        await house.publish('talk')
        // a version of before is there at once, whatever was built on the later one
        await house.must('POST', '/flows/part/rollback', { version: 1, note: '' })
        await house.redraw(sub('子流程,改了'))
        expect(await house.publish('part')).to.equal(3)
      })
    })

    it('a draft that changed since it was looked at is not published', async () => {
      await house.draw(saying('您好'))
      const { draftVersion } = await house.must<{ draftVersion: number }>(
        'POST',
        '/flows/talk/check',
      )
      await house.redraw(saying('别人改了'))
      const refused = await house.ask('POST', '/flows/talk/publish', { draftVersion })
      expect(refused.body.code).to.equal('CONFLICT')
    })

    it('says which flows it leads to that nobody has published', async () => {
      await house.must('POST', '/flows', { id: 'part', name: '部分', kind: 'sub' })
      await house.draw(saying('', { blocks: { hello: { type: 'goto', flow: 'part' } } }))
      const check = await house.must<{ unpublished: string[] }>('POST', '/flows/talk/check')
      expect(check.unpublished).to.deep.equal(['part'])
    })
  })

  describe('versions', () => {
    const twoVersions = async () => {
      await house.draw(saying('一'))
      await house.publish('talk')
      await house.redraw(saying('二'))
      await house.publish('talk')
    }
    const ids = Array.from({ length: 2000 }, (_, at) => `conversation-${at}`)
    const shareOfOne = () =>
      ids.filter((id) => house.greeting('talk', id) === '一').length / ids.length

    it('two side by side share the conversations, each conversation always the same, on every node', async () => {
      await twoVersions()
      const { items } = await house.must('PUT', '/flows/talk/split', {
        version: 1,
        percent: 30,
        note: '试试',
      })
      expect(items!.map(({ version, live, percent }) => [version, live, percent])).to.deep.equal([
        [2, true, 70],
        [1, false, 30],
      ])
      expect(shareOfOne()).to.be.within(0.26, 0.34)
      const chosen = ids.filter((id) => house.greeting('talk', id) === '一')
      const other = house.anotherNode()
      await other.start((error) => {
        throw error
      })
      other.stop()
      for (const id of ids)
        expect(other.get('talk', 'live', id)).to.deep.equal(house.flows.get('talk', 'live', id))
      // a larger share takes more, and gives none back
      await house.must('PUT', '/flows/talk/split', { version: 1, percent: 50 })
      expect(chosen.every((id) => house.greeting('talk', id) === '一')).to.equal(true)
      expect(shareOfOne()).to.be.within(0.46, 0.54)
    })

    it('choosing one of two ends the split; who, when and why stay known', async () => {
      await twoVersions()
      await house.must('PUT', '/flows/talk/split', { version: 1, percent: 50, note: '对比' })
      await house.must('POST', '/flows/talk/rollback', { version: 1, note: '旧的更好' })
      expect(shareOfOne()).to.equal(1)
      const { items } = await house.must('GET', '/flows/talk/history')
      expect(
        items!.map(({ version, split, note, by }) => ({ version, split, note, by })),
      ).to.deep.equal([
        { version: 1, split: undefined, note: '旧的更好', by: 'SU' },
        { version: 2, split: { version: 1, percent: 50 }, note: '对比', by: 'SU' },
        { version: 2, split: undefined, note: '', by: 'SU' },
        { version: 1, split: undefined, note: '', by: 'SU' },
      ])
    })

    it('publishing ends a split too', async () => {
      await twoVersions()
      await house.must('PUT', '/flows/talk/split', { version: 1, percent: 50 })
      await house.redraw(saying('三'))
      await house.publish('talk')
      expect(new Set(ids.map((id) => house.greeting('talk', id)))).to.deep.equal(new Set(['三']))
    })

    it('no split with itself, with what is not published, or of a flow that is not live', async () => {
      await twoVersions()
      const split = (version: number, percent = 50) =>
        house.ask('PUT', '/flows/talk/split', { version, percent })
      expect((await split(2)).status).to.equal(400)
      expect((await split(9)).status).to.equal(404)
      for (const percent of [0, 100, -1, 50.5])
        expect((await split(1, percent)).status).to.equal(400)
      await house.must('POST', '/flows', { id: 'new', name: '新' })
      expect(
        (await house.ask('PUT', '/flows/new/split', { version: 1, percent: 5 })).status,
      ).to.equal(400)
    })

    it('who is inside which version is counted', async () => {
      await twoVersions()
      house.inside = new Map([[1, 4]])
      const { items } = await house.must('GET', '/flows/talk/versions')
      expect(items!.map(({ version, conversations }) => [version, conversations])).to.deep.equal([
        [2, 0],
        [1, 4],
      ])
    })

    it('another node switches with the word of the bus', async () => {
      await house.draw(saying('一'))
      await house.publish('talk')
      const other = house.anotherNode()
      await other.start((error) => {
        throw error
      })
      await house.redraw(saying('二'))
      const seen = new Promise<void>((resolve) => {
        const end = house.bus.subscribe('flows', () => {
          end()
          resolve()
        })
      })
      await house.publish('talk')
      await seen
      // its reading began with the word; one more begins after it and ends later
      await other.changed('talk')
      other.stop()
      expect(other.get('talk', 'live')!.version).to.equal(2)
    })
  })
})
