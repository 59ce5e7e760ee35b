import { expect } from 'chai'
import type { RouteFacts, RouteWorld } from '../../gateway/flow-routes/route-for.ts'
import { contains, routeFor } from '../../gateway/flow-routes/route-for.ts'
import type { FlowRoute, RouteConditions } from '../../gateway/flow-routes/schema.ts'
import { flowRouteSchema } from '../../gateway/flow-routes/schema.ts'
import { covers, routeWarnings } from '../../gateway/flow-routes/warnings.ts'

/** a Wednesday, 10:00 in Shanghai */
const NOON = Date.parse('2030-01-02T10:00:00+08:00')
const HOUR_MS = 3_600_000

const world: RouteWorld = {
  hours: (id) => (id === 'desk' ? 'closed' : undefined),
  isLive: (id) => id !== 'draft-only',
  timezone: 'Asia/Shanghai',
}
const call: RouteFacts = {
  channel: 'voice',
  accountId: 'line',
  called: '029-12301',
  lang: 'zh-CN',
  atMs: NOON,
  conversationId: 'c1',
}
const chat: RouteFacts = {
  channel: 'webchat',
  accountId: 'web',
  lang: 'en',
  text: 'I want to complain',
  atMs: NOON,
  conversationId: 'c1',
}
const rule = (id: string, when: RouteConditions = {}, more: Partial<FlowRoute> = {}): FlowRoute =>
  flowRouteSchema.parse({ id, name: id, enabled: true, when, flowId: `flow-${id}`, ...more })
const chosen = (routes: FlowRoute[], facts: RouteFacts) => routeFor(routes, facts, world).routeId

describe('which flow a conversation begins with', () => {
  it('the first rule that fits decides, and each one before says why it did not', () => {
    const routes = [
      rule('off', {}, { enabled: false }),
      rule('mail', { channels: ['email'] }),
      rule('other', { accounts: ['web'] }),
      rule('abroad', { numbers: ['+44*'] }),
      rule('english', { langs: ['en'] }),
      rule('words', { keywords: ['投诉'] }),
      rule('poster', { scenes: ['gate-*'] }),
      rule('later', { fromMs: NOON + 1 }),
      rule('night', { times: { fromMinute: 22 * 60, toMinute: 6 * 60 } }),
      rule('open', { schedule: { id: 'desk', is: ['open'] } }),
      rule('draft', {}, { flowId: 'draft-only' }),
      rule('nobody', { percent: 0 }),
      rule('all'),
      rule('never'),
    ]
    const routed = routeFor(routes, call, world)
    expect(routed.flowId).to.equal('flow-all')
    expect(routed.steps.map(({ verdict }) => verdict)).to.deep.equal([
      ...['off', 'channel', 'account', 'number', 'lang', 'keyword', 'scene', 'date', 'time'],
      ...['schedule', 'notLive', 'percent', 'chosen'],
    ])
  })

  it('none fits: the account’s own flow is for the caller to take', () => {
    expect(routeFor([rule('mail', { channels: ['email'] })], chat, world)).to.deep.equal({
      steps: [{ route: 'mail', verdict: 'channel' }],
    })
    expect(routeFor([], chat, world)).to.deep.equal({ steps: [] })
  })

  it('a called number, however it is written, whole or by its beginning', () => {
    for (const number of ['02912301', '029 123 01', '029*', '*'])
      expect(chosen([rule('r', { numbers: [number] })], call), number).to.equal('r')
    for (const number of ['12301', '0291230', '010*'])
      expect(chosen([rule('r', { numbers: [number] })], call), number).to.equal(undefined)
    expect(chosen([rule('r', { numbers: ['*'] })], chat)).to.equal(undefined)
  })

  it('a word of the first message: Latin ones whole, in any case and width', () => {
    expect(contains('我要投诉导游', ['投诉'])).to.equal(true)
    expect(contains('I want to COMPLAIN!', ['complain'])).to.equal(true)
    expect(contains('complain', ['complain'])).to.equal(true)
    expect(contains('start', ['art'])).to.equal(false)
    expect(contains('start of art', ['art'])).to.equal(true)
    expect(contains('', ['投诉'])).to.equal(false)
    expect(chosen([rule('r', { keywords: ['投诉'] })], call)).to.equal(undefined)
  })

  it('a language without a region is every region of it', () => {
    expect(chosen([rule('r', { langs: ['zh'] })], call)).to.equal('r')
    expect(chosen([rule('r', { langs: ['zh-TW'] })], call)).to.equal(undefined)
  })

  it('by the clock: on those days, and across midnight the night belongs to the day it began', () => {
    const at = (hours: number) => ({ ...call, atMs: NOON + hours * HOUR_MS })
    const day = [rule('r', { times: { days: [3], fromMinute: 9 * 60, toMinute: 18 * 60 } })]
    expect([0, 7, 8, -1, -2, 24].map((hours) => chosen(day, at(hours)))).to.deep.equal([
      ...['r', 'r', undefined, 'r', undefined, undefined],
    ])
    const night = [rule('r', { times: { days: [3], fromMinute: 22 * 60, toMinute: 6 * 60 } })]
    // Wednesday 23:00, Thursday 05:00, Thursday 06:00, Wednesday 05:00
    expect([13, 19, 20, -5].map((hours) => chosen(night, at(hours)))).to.deep.equal([
      ...['r', 'r', undefined, undefined],
    ])
  })

  it('from then, until then', () => {
    const routes = [rule('r', { fromMs: NOON, untilMs: NOON + HOUR_MS })]
    expect(
      [-1, 0, HOUR_MS - 1, HOUR_MS].map((ms) => chosen(routes, { ...chat, atMs: NOON + ms })),
    ).to.deep.equal([undefined, 'r', 'r', undefined])
  })

  it('a share takes that share, the same conversations each time, others go on down the list', () => {
    const routes = [rule('some', { percent: 25 }), rule('rest')]
    const ids = Array.from({ length: 4000 }, (_, at) => `c-${at}`)
    const taken = ids.filter(
      (conversationId) => chosen(routes, { ...chat, conversationId }) === 'some',
    )
    expect(taken.length / ids.length).to.be.within(0.22, 0.28)
    expect(
      taken.every((conversationId) => chosen(routes, { ...chat, conversationId }) === 'some'),
    ).to.equal(true)
    expect(chosen([rule('r', { percent: 100 })], chat)).to.equal('r')
  })

  it('unknown working hours fit nobody', () => {
    expect(
      chosen([rule('r', { schedule: { id: 'gone', is: ['open', 'closed', 'holiday'] } })], call),
    ).to.equal(undefined)
    expect(chosen([rule('r', { schedule: { id: 'desk', is: ['closed'] } })], call)).to.equal('r')
  })

  describe('rules that can never fit', () => {
    const surroundings = {
      accounts: [
        {
          id: 'web',
          name: '网页',
          channel: 'webchat' as const,
          enabled: true,
          flowId: 'main',
          numbers: [],
          lang: 'zh-CN',
        },
        {
          id: 'line',
          name: '热线',
          channel: 'voice' as const,
          enabled: true,
          flowId: 'main',
          numbers: ['029*'],
          lang: 'zh-CN',
        },
        {
          id: 'old',
          name: '旧号',
          channel: 'sms' as const,
          enabled: false,
          flowId: 'main',
          numbers: [],
          lang: 'zh-CN',
        },
      ],
      schedules: new Set(['desk']),
      flows: new Set(['flow-a', 'flow-b', 'flow-c', 'draft-only']),
      isLive: (id: string) => id !== 'draft-only',
      nowMs: NOON,
    }
    const warned = (...routes: FlowRoute[]) =>
      routeWarnings(routes, surroundings).map(({ route, code, what }) => [route, code, what])

    const alone: [RouteConditions, code: string | undefined][] = [
      [{}, undefined],
      [{ accounts: ['web'] }, undefined],
      [{ accounts: ['gone'] }, 'noAccount'],
      [{ accounts: ['old'] }, 'accountOff'],
      [{ accounts: ['web'], channels: ['voice'] }, 'otherChannel'],
      [{ numbers: ['02912301'] }, undefined],
      [{ numbers: ['0*'] }, undefined],
      [{ numbers: ['010*'] }, 'numberUnknown'],
      [{ numbers: ['029*'], channels: ['webchat'] }, 'numberNoCall'],
      [{ keywords: ['投诉'], channels: ['voice'] }, 'keywordNoText'],
      [{ keywords: ['投诉'], accounts: ['line'] }, 'keywordNoText'],
      [{ schedule: { id: 'gone', is: ['open'] } }, 'noSchedule'],
      [{ fromMs: NOON, untilMs: NOON }, 'periodEmpty'],
      [{ untilMs: NOON - 1 }, 'over'],
      [{ percent: 0 }, 'percentZero'],
    ]
    for (const [when, code] of alone)
      it(`${JSON.stringify(when)}: ${code ?? 'sound'}`, () => {
        expect(warned(rule('a', when)).map(([, found]) => found)).to.deep.equal(code ? [code] : [])
      })

    it('to a flow that is not there, or not published', () => {
      expect(warned(rule('a', {}, { flowId: 'nothing' }))).to.deep.equal([
        ['a', 'noFlow', 'nothing'],
      ])
      expect(warned(rule('a', {}, { flowId: 'draft-only' }))).to.deep.equal([
        ['a', 'notLive', 'draft-only'],
      ])
    })

    it('behind one that takes everybody they fit', () => {
      expect(warned(rule('a'), rule('b', { channels: ['voice'] }))).to.deep.equal([
        ['b', 'covered', 'a'],
      ])
      expect(warned(rule('a', { percent: 50 }), rule('b'))).to.deep.equal([])
      expect(warned(rule('a', {}, { enabled: false }), rule('b'))).to.deep.equal([])
      expect(warned(rule('a', {}, { flowId: 'draft-only' }), rule('b'))).to.deep.equal([
        ['a', 'notLive', 'draft-only'],
      ])
    })

    it('covering is never claimed of a rule that still fits somebody', () => {
      // all pairs of a field of conditions against all facts of a field of situations
      const conditions: RouteConditions[] = [
        {},
        { channels: ['voice'] },
        { channels: ['voice', 'webchat'] },
        { accounts: ['web'] },
        { langs: ['en'] },
        { langs: ['zh'] },
        { langs: ['zh-CN'] },
        { numbers: ['029*'] },
        { numbers: ['02912301'] },
        { keywords: ['complain'] },
        { keywords: ['complain', '投诉'] },
        { fromMs: NOON },
        { fromMs: NOON, untilMs: NOON + HOUR_MS },
        { schedule: { id: 'desk', is: ['closed'] } },
        { schedule: { id: 'desk', is: ['open', 'closed'] } },
        { times: { fromMinute: 0, toMinute: 1440 } },
        { percent: 50 },
        { channels: ['webchat'], langs: ['en'] },
      ]
      const situations = [call, chat].flatMap((facts) =>
        [0, -1, HOUR_MS].flatMap((ms) =>
          ['c1', 'c2', 'c3'].map((conversationId) => ({
            ...facts,
            atMs: facts.atMs + ms,
            conversationId,
          })),
        ),
      )
      let covered = 0
      for (const first of conditions)
        for (const second of conditions) {
          if (!covers(first, second)) continue
          covered++
          for (const facts of situations)
            if (chosen([rule('b', second)], facts))
              expect(chosen([rule('a', first)], facts), JSON.stringify([first, second])).to.equal(
                'a',
              )
        }
      expect(covered).to.be.greaterThan(30)
    })
  })
})
