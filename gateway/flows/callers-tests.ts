/** What a draft would break elsewhere: the tests of the live flows that lead to it, played with it in its place. */
import type { TestReport } from '../../bots/flow/run-tests.ts'
import type { FlowDoc } from '../../bots/flow/schema.ts'
import { reachedFlows } from './called-flows.ts'
import type { SuiteOutcome } from './run-suite.ts'
import { runSuite } from './run-suite.ts'

export interface CallerOutcome {
  flow: string
  name: string
  state: 'passed' | 'failed' | 'slow' | 'broken'
  /** of those that fail with the draft and hold without it */
  failed: TestReport[]
  /** how many the caller has */
  count: number
  why?: string
}

/**
 * @param live flows as callers get them
 * @param docOf any flow as callers get it
 */
export async function callersTests(
  draft: FlowDoc,
  live: FlowDoc[],
  docOf: (id: string) => Promise<FlowDoc | undefined>,
  limitMs?: number,
): Promise<CallerOutcome[]> {
  const outcomes: CallerOutcome[] = []
  for (const caller of live) {
    if (caller.id === draft.id || !caller.tests?.length) continue
    const others = await reachedFlows(caller, async (id) => (id === draft.id ? draft : docOf(id)))
    if (!others.includes(draft)) continue
    const now = await runSuite(caller, others, limitMs)
    const about = { flow: caller.id, name: caller.name, count: caller.tests.length }
    if (now.state === 'passed' || now.state === 'none') {
      outcomes.push({ ...about, state: 'passed', failed: [] })
      continue
    }
    // what does not hold today either is no fault of this draft, and must not keep it from mending it
    const before = await runSuite(caller, await reachedFlows(caller, docOf), limitMs)
    outcomes.push({ ...about, ...worse(now, before) })
  }
  return outcomes
}

function worse(
  now: SuiteOutcome,
  before: SuiteOutcome,
): Pick<CallerOutcome, 'state' | 'failed' | 'why'> {
  if (now.state === 'failed') {
    const known = new Set(
      before.state === 'failed' ? failuresOf(before).map(({ name }) => name) : [],
    )
    const couldRun = before.state === 'passed' || before.state === 'failed'
    const failed = couldRun ? failuresOf(now).filter(({ name }) => !known.has(name)) : []
    return { state: failed.length ? 'failed' : 'passed', failed }
  }
  if (now.state === before.state || (now.state !== 'slow' && now.state !== 'broken'))
    return { state: 'passed', failed: [] }
  return { state: now.state, failed: [], ...('why' in now && { why: now.why }) }
}

const failuresOf = (outcome: SuiteOutcome): TestReport[] =>
  'report' in outcome ? outcome.report.tests.filter(({ failures }) => failures.length > 0) : []
