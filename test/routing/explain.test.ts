import { expect } from 'chai'
import { expectedWaitMs } from '../../gateway/routing/estimate.ts'
import type { ReasonCode } from '../../gateway/routing/explain.ts'
import { queue, settled, START_MS, World } from './world.ts'

const reasonsOf = (world: World, conversationId: string): Record<string, ReasonCode[]> =>
  Object.fromEntries(
    world.router
      .explain(conversationId)!
      .agents.map(({ agentId, reasons }) => [agentId, reasons.map((r) => r.code)]),
  )

describe('why nobody comes', () => {
  it('each agent’s reasons are named, all of them', async () => {
    const world = new World([queue({ _id: 'q', skills: [{ skill: 'en', minLevel: 2 }] })])
    world.agent('away', { state: 'wrapUp', load: 1 })
    world.agent('stranger', { queueIds: ['other'] })
    world.agent('beginner', { queueIds: [], skills: { en: 1 } })
    world.agent('unskilled', { skills: { ja: 1 } })
    world.agent('ringing')
    world.enqueue('first')
    await settled()
    world.agent('ringing', { skills: { ja: 3 } })
    world.agent('tired', { skills: { ja: 5 } })
    world.enqueue('a', {
      skills: [{ skill: 'ja', minLevel: 3 }],
      passedOver: [{ agentId: 'tired', untilMs: START_MS + 9_500 }],
    })
    await settled()
    const { agents } = world.router.explain('a')!
    expect(reasonsOf(world, 'a')).to.deep.equal({
      away: ['notReady', 'skill', 'full'],
      stranger: ['notMember', 'skill'],
      beginner: ['queueSkill', 'skill'],
      unskilled: ['skill'],
      ringing: ['reserved'],
      tired: ['passedOver'],
    })
    const said = agents.find((a) => a.agentId === 'tired')!.reasons[0]!
    expect(said.zh).to.include('10 秒')
    expect(said.en).to.include('10 s')
    expect(world.router.explain('a')!.summary.en).to.match(/^2 agent/)
  })

  it('held for the last agent: the others are told how long', async () => {
    const world = new World()
    world.agent('li', { state: 'busy' })
    world.agent('wang')
    world.enqueue('a', { preferredAgentId: 'li' })
    await world.clock.pass(10_000)
    expect(reasonsOf(world, 'a')).to.deep.equal({ li: ['notReady'], wang: ['heldForOther'] })
    expect(world.router.explain('a')!.heldFor).to.deep.equal({
      agentId: 'li',
      untilMs: START_MS + 30_000,
    })
  })

  it('skills nobody has: a mistake of the settings, said as one', async () => {
    const world = new World()
    world.agent('li')
    world.enqueue('a', { skills: [{ skill: 'ko', minLevel: 1 }] })
    await settled()
    expect(world.router.explain('a')!.summary.zh).to.include('请调整坐席设置')
    expect(world.router.explain('nobody')).to.equal(undefined)
  })
})

describe('expected wait', () => {
  it('follows the rate of answers lately, and is silent when too few are known', () => {
    const answers = [0, 10_000, 20_000, 30_000]
    expect(expectedWaitMs(1, answers, 30_000)).to.equal(10_000)
    expect(
      expectedWaitMs(3, answers, 60_000),
      'slower with every second without an answer',
    ).to.equal(60_000)
    expect(expectedWaitMs(1, answers.slice(2), 30_000)).to.equal(undefined)
    expect(expectedWaitMs(1, answers, 30 * 60_000), 'an hour ago is not lately').to.equal(undefined)
  })
})
