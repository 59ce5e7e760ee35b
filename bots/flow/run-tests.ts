import { asKeys } from './normalize.ts'
import { readPath } from './path.ts'
import type { Channel, FlowDoc, FlowTest, TestStep } from './schema.ts'
import { Simulation } from './simulate.ts'
import type { Effect, FlowInput } from './state.ts'
import { canonicalJson } from './versions.ts'

export interface TestReport {
  name: string
  failures: string[]
  /** who said what, for reading */
  transcript: string[]
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
  const seen = new Set<string>()
  const tests = (doc.tests ?? []).map((test) => runTest(doc, test, flows, seen))
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

function runTest(doc: FlowDoc, test: FlowTest, others: FlowDoc[], seen: Set<string>): TestReport {
  const simulation = new Simulation(doc, test, others)
  const report: TestReport = { name: test.name, failures: [], transcript: [] }
  const note = (effects: Effect[]) => {
    for (const effect of effects) cover(effect, doc.id, seen)
    const said = test.channel === 'voice' ? simulation.heard : simulation.said
    if (said) report.transcript.push(`bot: ${said}`)
  }
  note(simulation.feed({ in: 'start' }))
  test.steps.forEach((step, index) => {
    if ('in' in step) {
      report.transcript.push(`person: ${step.in || step.as || ''}`)
      simulation.nowMs += step.afterMs ?? 0
      note(simulation.feed(toInput(step, test.channel)))
    } else {
      for (const failure of check(step.expect, simulation, test.channel))
        report.failures.push(`step ${index + 1}: ${failure}`)
    }
  })
  return report
}

function cover(effect: Effect, flow: string, seen: Set<string>): void {
  if (effect.fx !== 'track' || effect.flow !== flow) return
  if (effect.event === 'enter') seen.add(effect.block)
  if (effect.event === 'exit') seen.add(`${effect.block}.${effect.port}`)
}

type InputStep = Extract<TestStep, { in: string }>
type Expected = Extract<TestStep, { expect: unknown }>['expect']

function toInput(step: InputStep, channel: Channel): FlowInput {
  switch (step.as ?? defaultKind(step.in, channel)) {
    case 'dtmf':
      return { in: 'dtmf', digits: step.in }
    case 'speech':
      return { in: 'speech', nbest: [{ text: step.in, confidence: step.confidence ?? 0.9 }] }
    case 'choice':
      return { in: 'choice', id: step.in }
    case 'silence':
      return { in: 'silence' }
    case 'hangup':
      return { in: 'hangup' }
    case 'media':
      return channel === 'voice'
        ? { in: 'media', mediaId: step.in, kind: 'audio', seconds: step.seconds ?? 10 }
        : { in: 'media', mediaId: step.in }
    case 'transfer':
      return { in: 'event', name: 'transfer.status', data: { status: step.in } }
    case 'event':
      return { in: 'event', name: 'handoff.status', data: { status: step.in } }
    default:
      return { in: 'text', text: step.in }
  }
}

function defaultKind(text: string, channel: Channel) {
  if (channel !== 'voice') return 'text'
  return asKeys(text) === undefined ? 'speech' : 'dtmf'
}

function check(expected: Expected, simulation: Simulation, channel: Channel): string[] {
  const failures: string[] = []
  const { block, effects, state } = simulation
  const said = channel === 'voice' ? simulation.heard : simulation.said
  for (const text of [expected.say ?? []].flat())
    if (!said.includes(text) && !simulation.said.includes(text))
      failures.push(`expected to hear “${text}”, heard “${said}”`)
  if (expected.notSay && said.includes(expected.notSay))
    failures.push(`did not expect to hear “${expected.notSay}”, heard “${said}”`)
  const compare = (what: string, wanted: unknown, found: unknown) => {
    if (wanted !== undefined && canonicalJson(wanted) !== canonicalJson(found))
      failures.push(`expected ${what} ${canonicalJson(wanted)}, found ${canonicalJson(found)}`)
  }
  compare('block', expected.block, block)
  compare('status', expected.status, state.status)
  compare('lang', expected.lang, state.lang)
  const handoff = effects.findLast((effect) => effect.fx === 'handoff')
  compare('queue', expected.queue, handoff?.queue)
  compare('callback', expected.callback, handoff?.callback)
  if (expected.effect && !effects.some(({ fx }) => fx === expected.effect))
    failures.push(`expected an effect “${expected.effect}”, there was none`)
  for (const [path, wanted] of Object.entries(expected.vars ?? {}))
    compare(`variable ${path} =`, wanted, readPath(state.frames[0]?.vars, path))
  return failures
}
