import type { Expected } from './flow-test.ts'
import { readPath } from './path.ts'
import type { Channel, FlowDoc, FlowTest } from './schema.ts'
import { Simulation } from './simulate.ts'
import type { Effect } from './state.ts'
import type { TestFailure } from './test-failure.ts'
import { testFailure } from './test-failure.ts'
import { toInput } from './test-input.ts'
import { canonicalJson } from './versions.ts'

export type { TestFailure } from './test-failure.ts'

export interface TestReport {
  name: string
  failures: TestFailure[]
  /** who said what, for reading */
  transcript: string[]
  /** blocks of this document the test entered, and exits it took (block.port), in their order */
  blocks: string[]
  exits: string[]
}
export interface SuiteReport {
  ok: boolean
  tests: TestReport[]
  /** blocks of this document that no test entered */
  untouchedBlocks: string[]
  /** connected exits that no test took, as block.port */
  untouchedExits: string[]
}

/** Runs a document's own tests. `others` are the flows it calls. */
export function runTests(doc: FlowDoc, others: Iterable<FlowDoc> = []): SuiteReport {
  const flows = [...others]
  const tests = (doc.tests ?? []).map((test) => runTest(doc, test, flows))
  const seen = new Set(tests.flatMap(({ blocks, exits }) => [...blocks, ...exits]))
  const blocks = Object.entries(doc.blocks)
  return {
    ok: tests.every(({ failures }) => failures.length === 0),
    tests,
    untouchedBlocks: blocks.map(([id]) => id).filter((id) => !seen.has(id)),
    untouchedExits: blocks.flatMap(([id, block]) =>
      Object.keys(block.out ?? {})
        .map((port) => `${id}.${port}`)
        .filter((exit) => !seen.has(exit)),
    ),
  }
}

/** Runs one of them. Never throws: a test that cannot be run fails with the reason. */
export function runTest(doc: FlowDoc, test: FlowTest, others: Iterable<FlowDoc> = []): TestReport {
  const report: TestReport = {
    name: test.name,
    failures: [],
    transcript: [],
    blocks: [],
    exits: [],
  }
  let at = 0
  try {
    const simulation = new Simulation(doc, test, others)
    const note = (effects: Effect[]) => {
      const way = wayOf(effects, doc.id)
      report.blocks.push(...way.blocks)
      report.exits.push(...way.exits)
      const said = test.channel === 'voice' ? simulation.heard : simulation.said
      if (said) report.transcript.push(`bot: ${said}`)
    }
    note(simulation.feed({ in: 'start' }))
    for (const [index, step] of test.steps.entries()) {
      at = index + 1
      if ('in' in step) {
        report.transcript.push(`person: ${step.in || step.as || ''}`)
        simulation.nowMs += step.afterMs ?? 0
        note(simulation.feed(toInput(step, test.channel)))
      } else report.failures.push(...check(step.expect, at, simulation, test.channel))
    }
  } catch (error) {
    report.failures.push(testFailure('BROKEN', at, undefined, (error as Error).message))
  }
  return report
}

/** Blocks entered and exits taken (block.port) in one flow, in their order. */
export function wayOf(
  effects: readonly Effect[],
  flow: string,
): { blocks: string[]; exits: string[] } {
  const blocks: string[] = []
  const exits: string[] = []
  for (const effect of effects) {
    if (effect.fx !== 'track' || effect.flow !== flow) continue
    if (effect.event === 'enter') blocks.push(effect.block)
    if (effect.event === 'exit') exits.push(`${effect.block}.${effect.port}`)
  }
  return { blocks, exits }
}

function check(
  expected: Expected,
  step: number,
  simulation: Simulation,
  channel: Channel,
): TestFailure[] {
  const failures: TestFailure[] = []
  const { block, effects, state } = simulation
  const said = channel === 'voice' ? simulation.heard : simulation.said
  for (const text of [expected.say ?? []].flat())
    if (!said.includes(text) && !simulation.said.includes(text))
      failures.push(testFailure('SAY', step, text, said))
  if (expected.notSay && said.includes(expected.notSay))
    failures.push(testFailure('NOT_SAY', step, expected.notSay, said))
  const compare = (
    code: TestFailure['code'],
    wanted: unknown,
    found: unknown,
    name?: string,
  ): void => {
    if (wanted !== undefined && canonicalJson(wanted) !== canonicalJson(found))
      failures.push(testFailure(code, step, wanted, found, name))
  }
  compare('BLOCK', expected.block, block)
  compare('STATUS', expected.status, state.status)
  compare('LANG', expected.lang, state.lang)
  const handoff = effects.findLast((effect) => effect.fx === 'handoff')
  compare('QUEUE', expected.queue, handoff?.queue)
  compare('CALLBACK', expected.callback, handoff?.callback)
  if (expected.effect && !effects.some(({ fx }) => fx === expected.effect))
    failures.push(testFailure('EFFECT', step, expected.effect, undefined))
  for (const [path, wanted] of Object.entries(expected.vars ?? {}))
    compare('VAR', wanted, readPath(state.frames[0]?.vars, path), path)
  return failures
}
