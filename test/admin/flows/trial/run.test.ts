import { expect } from 'chai'
import { compareRuns, strayed } from '../../../../admin/src/flows/trial/divergence.ts'
import { pastTrial } from '../../../../admin/src/flows/trial/past-trial.ts'
import { proposeTest } from '../../../../admin/src/flows/trial/propose.ts'
import { runTrial } from '../../../../admin/src/flows/trial/run.ts'
import { trialOf } from '../../../../admin/src/flows/trial/setup.ts'
import { tryable } from '../../../../admin/src/flows/trial/tryable.ts'
import { wayOverlay } from '../../../../admin/src/flows/trial/way.ts'
import { createWorld } from '../../../../admin/src/flows/trial/world.ts'
import { runTests } from '../../../../bots/flow/run-tests.ts'
import { flowTestSchema } from '../../../../bots/flow/flow-test.ts'
import type { FlowDoc } from '../../../../bots/flow/schema.ts'
import type { RecordedView } from '../../../../gateway/trials/schema.ts'
import { hotline, setup } from './documents.ts'

const complains = [
  { in: '2', as: 'dtmf' },
  { in: '三个人', as: 'speech', confidence: 0.8 },
  { in: '导游强迫购物', as: 'speech' },
] as const

const byPhone = (doc: FlowDoc) =>
  runTrial({ doc, setup: setup({ channel: 'voice' }), inputs: complains, others: [] })

const hit = [{ id: 'a', question: '门票?', answer: '四十元。', score: 2 }]

describe('a trial of a draft', () => {
  it('runs the engine from the start, and lights the way it took', async () => {
    const moments = await byPhone(hotline())
    expect(moments.map(({ at }) => at?.block)).to.deep.equal(['menu', 'people', 'story', 'end'])
    expect(moments[0]!.said[0]!.speak ?? moments[0]!.said[0]!.text).to.include('投诉')
    const overlay = wayOverlay(moments.slice(0, 2), 'main')
    expect(overlay).to.deep.equal({
      kind: 'path',
      blocks: new Set(['menu', 'people']),
      exits: new Set(['menu/complain']),
      at: 'people',
    })
    expect(wayOverlay(moments, 'main')).to.not.have.property('at')
  })

  it('goes the same way again from the same inputs, and another one when the flow was changed', async () => {
    const [first, again] = [await byPhone(hotline()), await byPhone(hotline())]
    expect(compareRuns(first, again)).to.deep.equal({})
    const changed = hotline()
    Object.assign(changed.blocks.people!, { out: { next: 'end', noMatch: 'agent' } })
    expect(compareRuns(first, await byPhone(changed))).to.deep.equal({ way: 2, words: 2 })
    const reworded = hotline()
    Object.assign(reworded.blocks.story!, { prompt: { 'zh-CN': { text: '请讲' } } })
    expect(compareRuns(first, await byPhone(reworded))).to.deep.equal({ words: 2 })
  })

  it('asks the world once for the same thing, and again where it had failed', async () => {
    let calls = 0
    const world = createWorld([], () => {
      calls++
      return calls === 1 ? Promise.reject(new Error('away')) : Promise.resolve(hit)
    })
    const options = {
      doc: hotline(),
      setup: setup(),
      inputs: [{ in: '门票多少钱?' }],
      others: [],
      world,
    }
    const [failed] = (await runTrial(options)).slice(-1)
    expect(failed!.effects.some((fx) => fx.fx === 'track' && fx.event === 'fail')).to.equal(true)
    for (let run = 0; run < 3; run++)
      expect((await runTrial(options)).at(-1)!.said[0]!.text).to.equal('四十元。')
    expect(calls).to.equal(2)
  })

  it('follows the schedules of the house on the clock of the trial', () => {
    const office = {
      id: 'office',
      name: { zh: '', en: '' },
      timezone: 'Asia/Shanghai',
      week: [0, 1, 2, 3, 4, 5, 6].map(() => [{ fromMinute: 540, toMinute: 1080 }]),
      exceptions: [],
    }
    const world = createWorld([office], () => Promise.resolve(null))
    expect(world.hours('office', Date.parse('2026-10-09T10:00:00+08:00'))).to.equal('open')
    expect(world.hours('office', Date.parse('2026-10-09T20:00:00+08:00'))).to.equal('closed')
    expect(world.hours('other', 0)).to.equal(undefined)
  })
})

describe('a trial kept as a test', () => {
  it('passes at once, and says in words what broke when the flow is changed', async () => {
    const doc = hotline()
    const moments = await byPhone(doc)
    const test = flowTestSchema.parse(
      proposeTest('投诉', doc, setup({ channel: 'voice' }), moments),
    )
    expect(runTests({ ...doc, tests: [test] }).tests[0]!.failures).to.deep.equal([])
    const broken = hotline()
    Object.assign(broken.blocks.menu!.out!, { complain: 'agent' })
    const { failures } = runTests({ ...broken, tests: [test] }).tests[0]!
    expect(failures.map(({ code }) => code)).to.include.members(['SAY', 'BLOCK', 'STATUS'])
    expect(failures.find(({ code }) => code === 'BLOCK')!.zh).to.equal(
      '应走到“people”,实际在“agent”',
    )
  })

  it('holds on to what knowledge and schedules answered then, one after the other where they differ', async () => {
    const answers = [hit, [{ ...hit[0]!, answer: '九点。' }]]
    let at = 0
    const world = createWorld([], () => Promise.resolve(answers[at++]))
    const doc = hotline()
    const inputs = [{ in: '门票多少钱?' }, { in: '几点开门?' }]
    const moments = await runTrial({ doc, setup: setup(), inputs, others: [], world })
    const test = proposeTest('问', doc, setup(), moments)
    expect(test.stubs).to.deep.equal({ 'faq:tour': { inTurn: answers } })
    expect(runTests({ ...doc, tests: [test] }).tests[0]!.failures).to.deep.equal([])
    expect(trialOf(test, setup()).inputs).to.deep.equal(inputs)
  })

  it('keeps no personal value as an expectation', async () => {
    const doc = hotline()
    doc.vars = doc.vars!.map((each) => (each.name === 'answer' ? { ...each, pii: true } : each))
    const test = proposeTest('投诉', doc, setup(), await byPhone(doc))
    expect(JSON.stringify(test.steps)).to.include('"people":3').and.not.include('"answer"')
  })
})

describe('a half written draft', () => {
  it('is tried up to the block that is not finished, which says so', async () => {
    const draft = hotline() as unknown as Record<string, Record<string, unknown>>
    draft.blocks!.people = { type: 'ask' }
    const { doc, unfinished } = tryable(draft)
    expect(unfinished).to.deep.equal(['people'])
    const moments = await runTrial({ doc: doc!, setup: setup(), inputs: [{ in: '2' }], others: [] })
    expect(moments.at(-1)!.said[0]!.text).to.include('“people”还没有写完')
    expect(moments.at(-1)!.state.status).to.equal('ended')
  })

  it('tells which tests cannot be read, and where the rest is wrong', () => {
    const draft = { ...hotline(), tests: [{ name: '' }, { name: 'b', channel: 'sms', steps: [] }] }
    expect(tryable(draft)).to.deep.include({ brokenTests: [0], unfinished: [] })
    expect(tryable({ ...draft, entry: 3 })).to.deep.include({ wrong: ['entry'] })
    expect(tryable({})).to.not.have.property('doc')
  })
})

describe('a stored conversation against the draft', () => {
  const turn = (input: object | undefined, block: string, text: string, queued = false) => ({
    atMs: 0,
    ...(input && { input: input as never }),
    queued,
    said: [{ block, text }],
  })
  const recorded: RecordedView = {
    id: 'c',
    flow: 'main',
    channel: 'webchat',
    lang: 'zh-CN',
    atMs: Date.parse('2026-10-03T09:30:00+08:00'),
    contact: {},
    masked: false,
    cut: false,
    turns: [
      turn(undefined, 'menu', '咨询请按1,投诉请按2'),
      turn({ in: '2', as: 'text' }, 'people', '几位?'),
      turn({ in: '人工', as: 'text' }, 'agent', '正在转接'),
    ],
  }
  const run = (doc: FlowDoc) =>
    runTrial({ doc, others: [], ...pastTrial(recorded, 'Asia/Shanghai') })

  it('meets the closed queue it met then', async () => {
    const moments = await run(hotline())
    expect(moments.at(-1)!.state.status).to.equal('ended')
    expect(moments.at(-1)!.way.at(-1)).to.deep.equal({ flow: 'main', block: 'end' })
    expect(strayed(moments, recorded)).to.equal(undefined)
  })

  it('shows the first input after which the draft goes another way', async () => {
    const draft = hotline()
    Object.assign(draft.blocks.menu!.out!, { complain: 'story' })
    expect(compareRuns(await run(hotline()), await run(draft)).way).to.equal(1)
  })

  it('admits where even the version of that day does not repeat what happened', async () => {
    const turns = recorded.turns.with(1, turn({ in: '2' }, 'facts', '查不到'))
    expect(strayed(await run(hotline()), { ...recorded, turns })).to.equal(1)
  })
})
