import { expect } from 'chai'
import { runTests } from '../../../bots/flow/run-tests.ts'
import type { FlowDoc, FlowTest } from '../../../bots/flow/schema.ts'
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
})
