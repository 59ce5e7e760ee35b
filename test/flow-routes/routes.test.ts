import { expect } from 'chai'
import type { FlowRoutesView, RoutedView } from '../../gateway/flow-routes/schema.ts'
import { AccountModel } from '../../gateway/intake/model.ts'
import { ScheduleModel } from '../../gateway/routing/model.ts'
import { FlowHouse, saying } from '../flows/house.ts'

const rule = (id: string, when: object = {}, flowId = 'talk') => ({
  ...{ id, name: id, enabled: true, when, flowId },
})

describe('rules to flows, by REST', function () {
  this.timeout(30_000)
  const house = new FlowHouse()
  before(() => house.open())
  after(() => house.close())
  beforeEach(async () => {
    await house.empty()
    await ScheduleModel.deleteMany({})
    await AccountModel.create([
      {
        _id: 'web',
        channel: 'webchat',
        name: '网页',
        flowId: 'home',
        lang: 'zh-CN',
        enabled: true,
      },
      {
        _id: 'line',
        channel: 'voice',
        name: '热线',
        flowId: 'home',
        lang: 'zh-CN',
        enabled: true,
        numbers: ['*'],
      },
    ])
    await house.draw(saying('甲'))
    await house.publish('talk')
  })
  const put = (version: number, ...routes: object[]) =>
    house.ask<FlowRoutesView & { code: string }>('PUT', '/flow-routes', { version, routes })
  const tried = (facts: object) => house.must<RoutedView>('POST', '/flow-routes/try', facts)

  it('begin empty, and are replaced as a whole; who edited an older list is told', async () => {
    const first = await house.must<FlowRoutesView>('GET', '/flow-routes')
    expect(first).to.deep.include({ version: 0, routes: [], warnings: [] })
    expect(first.accounts.map(({ id }) => id)).to.deep.equal(['line', 'web'])
    const saved = await put(0, rule('a', { channels: ['voice'] }), rule('b'))
    expect(saved.body.version).to.equal(1)
    expect((await put(0, rule('c'))).body.code).to.equal('CONFLICT')
    expect(
      (await put(1, rule('b'), rule('a', { channels: ['voice'] }))).body.warnings,
    ).to.deep.equal([{ route: 'a', code: 'covered', what: 'b' }])
  })

  it('to a flow nobody made, twice the same id, or with something else in it: refused', async () => {
    expect((await put(0, rule('a', {}, 'nothing'))).body.code).to.equal('FLOW_NOT_FOUND')
    expect((await put(0, rule('a'), rule('a'))).body.code).to.equal('DUPLICATE')
    for (const when of [
      { spell: 1 },
      { percent: 101 },
      { numbers: ['abc'] },
      { channels: [] },
      { keywords: [' '] },
    ])
      expect((await put(0, rule('a', when))).status, JSON.stringify(when)).to.equal(400)
    expect((await house.ask('GET', '/flow-routes', undefined, 'lin')).status).to.equal(403)
  })

  it('what would happen if: with the stored rules, and with those being edited', async () => {
    await put(0, rule('a', { keywords: ['投诉'] }))
    expect(await tried({ accountId: 'web', text: '我要投诉' })).to.deep.equal({
      flowId: 'talk',
      routeId: 'a',
      steps: [{ route: 'a', verdict: 'chosen' }],
    })
    expect(await tried({ accountId: 'web', text: '你好' })).to.deep.equal({
      flowId: 'home',
      steps: [{ route: 'a', verdict: 'keyword' }],
    })
    const edited = { routes: [rule('b', { numbers: ['029*'] })] }
    expect((await tried({ accountId: 'line', called: '02912301', ...edited })).routeId).to.equal(
      'b',
    )
    expect((await tried({ accountId: 'line', called: '0101', ...edited })).flowId).to.equal('home')
    expect((await house.ask('POST', '/flow-routes/try', { accountId: 'gone' })).status).to.equal(
      404,
    )
  })

  it('hold for the next conversation at once, and on other nodes with the word of the bus', async () => {
    const facts = {
      channel: 'webchat',
      accountId: 'web',
      lang: 'zh-CN',
      atMs: house.nowMs,
      conversationId: 'c',
    }
    expect(house.routing.route(facts).flowId).to.equal(undefined)
    await put(0, rule('a'))
    expect(house.routing.route(facts).flowId).to.equal('talk')
    await put(1)
    expect(house.routing.route(facts).flowId).to.equal(undefined)
  })

  it('the flow of a rule is not put away; of a rule that is gone it may be', async () => {
    await put(0, rule('a'))
    expect((await house.ask('DELETE', '/flows/talk')).body.code).to.equal('FLOW_IN_USE')
    await put(1)
    await house.must('DELETE', '/flows/talk')
    expect((await put(2, rule('a'))).body.code).to.equal('FLOW_NOT_FOUND')
  })
})
