import { expect } from 'chai'
import { runTests } from '../../../bots/flow/run-tests.ts'
import type { FlowDoc, FlowTest } from '../../../bots/flow/schema.ts'
import { Simulation } from '../../../bots/flow/simulate.ts'
import { hotline } from './documents.ts'

const withTests = (...tests: FlowTest[]): FlowDoc => ({ ...hotline(), tests })

describe('the tests a flow carries inside', () => {
  const complaint: FlowTest = {
    name: '投诉走通',
    channel: 'voice',
    steps: [
      { expect: { say: '投诉请按2', block: 'menu', status: 'wait' } },
      { in: '2' },
      { in: '三个人' },
      { expect: { vars: { people: 3 }, block: 'story' } },
      { in: '导游强迫购物' },
      { expect: { effect: 'end', status: 'ended', say: ['再见'] } },
    ],
  }

  it('pass, and tell what they did not touch', () => {
    const report = runTests(withTests(complaint))
    expect(report.tests[0]?.failures).to.deep.equal([])
    expect(report.ok).to.equal(true)
    expect(report.untouchedBlocks).to.deep.equal(['facts', 'agent', 'rescue'])
    expect(report.untouchedExits).to.include('menu.info').and.not.include('menu.complain')
    expect(report.tests[0]?.transcript).to.include('person: 三个人')
  })

  it('fail with a sentence for each thing that is not so', () => {
    const expected = {
      say: '你好',
      notSay: '几位',
      block: 'menu',
      status: 'queued',
      lang: 'en',
      queue: 'x',
      effect: 'handoff',
      vars: { people: 4 },
    } as const
    const report = runTests(
      withTests({ name: '错', channel: 'webchat', steps: [{ in: '2' }, { expect: expected }] }),
    )
    expect(report.ok).to.equal(false)
    expect(report.tests[0]?.failures).to.have.length(Object.keys(expected).length)
    const [first] = report.tests[0]?.failures ?? []
    expect(first).to.deep.include({ code: 'SAY', step: 2, expected: '你好', found: '几位?' })
    expect(first?.en).to.equal('expected to hear “你好”, heard “几位?”')
    expect(first?.zh).to.equal('应听到“你好”,实际是“几位?”')
  })

  it('answer for the world with stubs, and play every kind of input', () => {
    const report = runTests(
      withTests({
        name: '问答与转接',
        channel: 'webchat',
        lang: 'en',
        stubs: { 'faq:tour': [{ id: 'a', question: 'q', answer: 'Forty yuan', score: 2 }] },
        steps: [
          { in: 'how much is a ticket?' },
          { expect: { say: 'Forty yuan', lang: 'en' } },
          { in: 'complain', as: 'choice' },
          { expect: { block: 'people' } },
          { in: '', as: 'silence', afterMs: 8000 },
          { in: 'human' },
          { expect: { queue: 'general', status: 'queued' } },
          { in: 'failed', as: 'event' },
          { expect: { status: 'ended', say: 'Goodbye' } },
        ],
      }),
    )
    expect(report.tests[0]?.failures).to.deep.equal([])
  })

  it('run on their own clock', () => {
    const doc = withTests({
      name: '日期',
      channel: 'webchat',
      at: '2027-02-01T09:00:00+08:00',
      steps: [{ in: '2' }, { in: '明天' }, { expect: { vars: { people: '2027-02-02' } } }],
    })
    Object.assign(doc.blocks.people ?? {}, { slot: { type: 'date' } })
    expect(runTests(doc).tests[0]?.failures).to.deep.equal([])
  })

  it('answer a service differently the second time, if they say so', () => {
    const hit = (answer: string) => [{ id: 'a', question: 'q', answer, score: 2 }]
    const report = runTests(
      withTests({
        name: '两次提问',
        channel: 'webchat',
        stubs: { 'faq:tour': { inTurn: [hit('四十元'), hit('九点')] } },
        steps: [
          { in: '门票多少钱?' },
          { expect: { say: '四十元' } },
          { in: '几点开门?' },
          { expect: { say: '九点' } },
          { in: '下雨呢?' },
          { expect: { say: '九点' } },
        ],
      }),
    )
    expect(report.tests[0]?.failures).to.deep.equal([])
  })

  it('name the blocks and exits they went through', () => {
    const [report] = runTests(withTests(complaint)).tests
    expect(report?.blocks).to.deep.equal(['menu', 'people', 'story', 'end'])
    expect(report?.exits).to.deep.equal(['menu.complain', 'people.next', 'story.next'])
  })

  it('that cannot be run fail with the reason and hold up no other', () => {
    const odd = { ...complaint, at: 'yesterday' }
    const report = runTests(withTests(odd, complaint))
    expect(report.tests.map(({ failures }) => failures.map(({ code }) => code))).to.deep.equal([
      ['BROKEN'],
      [],
    ])
  })

  it('say in both languages what is otherwise, for every kind of expectation', () => {
    const expected = { block: 'menu', status: 'queued', queue: 'x', vars: { people: 4 } } as const
    const doc = withTests({
      name: '错',
      channel: 'webchat',
      steps: [{ in: '2' }, { expect: expected }],
    })
    const sentences = runTests(doc).tests[0]!.failures.map(({ zh, en }) => [zh, en])
    expect(sentences).to.deep.equal([
      ['应走到“menu”,实际在“people”', 'expected to be at block “menu”, found “people”'],
      [
        '状态应为“排队中”,实际是“等待回答”',
        'expected the conversation to be in a queue, found it waiting for an answer',
      ],
      [
        '应转入队列“x”,实际没有转人工',
        'expected to be handed over to queue “x”, was not handed over',
      ],
      ['变量 people 应为 4,实际是 空', 'expected variable people = 4, found nothing'],
    ])
  })
})

describe('a trial that asks the world as it is', () => {
  const asks = () => {
    const asked: string[] = []
    const simulation = new Simulation(hotline(), {
      channel: 'webchat',
      services: (call) => {
        asked.push(call.kind)
        return call.kind === 'faq'
          ? Promise.resolve([{ id: 'a', answer: '四十元', score: 2 }])
          : undefined
      },
    })
    return { asked, simulation }
  }

  it('is answered for real, and keeps what it was told', async () => {
    const { asked, simulation } = asks()
    await simulation.feedLive({ in: 'start' })
    await simulation.feedLive({ in: 'text', text: '门票多少钱?' })
    expect(simulation.said).to.include('四十元')
    expect(asked).to.deep.equal(['faq'])
    expect(simulation.asked.map(({ name }) => name)).to.deep.equal(['faq:tour'])
  })

  it('takes the exit of a fault when the service fails', async () => {
    const simulation = new Simulation(hotline(), {
      channel: 'webchat',
      services: () => Promise.reject(Object.assign(new Error('away'), { code: 'SOURCE_FAILED' })),
    })
    await simulation.feedLive({ in: 'start' })
    await simulation.feedLive({ in: 'text', text: '门票多少钱?' })
    const failed = simulation.effects.find((fx) => fx.fx === 'track' && fx.event === 'fail')
    expect(failed).to.deep.include({ data: { code: 'SOURCE_FAILED' } })
    expect(simulation.block).to.equal('menu')
  })
})
