/** A test made of a trial: the same inputs, and as expectations what happened. */
import type { Expected, FlowTest } from '../../../../bots/flow/flow-test.ts'
import type { Effect } from '../../../../bots/flow/state.ts'
import { canonicalJson } from '../../../../bots/flow/versions.ts'
import type { FlowDoc } from '../../../../bots/flow/schema.ts'
import type { Moment } from './run.ts'
import type { Setup } from './setup.ts'
import { testSetup } from './setup.ts'

/** Enough to recognise a sentence, little enough to survive a change of its end. */
const MAX_SAY = 40
/** Marks and numbers for reports; keys that change at each run prove nothing. */
const TOLD_EFFECTS = new Set<Effect['fx']>(['voicemail', 'leave', 'transfer'])

export function proposeTest(
  name: string,
  doc: FlowDoc,
  setup: Setup,
  moments: readonly Moment[],
): FlowTest {
  const steps = moments.flatMap((moment, at): FlowTest['steps'] => [
    ...(moment.input ? [moment.input] : []),
    { expect: expectations(doc, moment, moments[at - 1]) },
  ])
  return { name, ...testSetup(setup, frozen(moments)), steps }
}

/** What happened in one moment, as far as it is worth being held to. */
export function expectations(doc: FlowDoc, moment: Moment, before: Moment | undefined): Expected {
  const { said, state, effects, at } = moment
  const last = said.at(-1)
  const handoff = effects.findLast((effect) => effect.fx === 'handoff')
  const told = effects.find(({ fx }) => TOLD_EFFECTS.has(fx))
  const vars = changedVars(doc, moment, before)
  return {
    ...(last && { say: fragment(last.text) }),
    ...(at && state.status !== 'ended' && { block: at.block }),
    ...(state.status !== 'wait' && state.status !== 'run' && { status: state.status }),
    ...(handoff && { queue: handoff.queue }),
    ...(handoff?.callback !== undefined && { callback: handoff.callback }),
    ...(told && told.fx !== 'track' && { effect: told.fx }),
    ...(before && before.state.lang !== state.lang && { lang: state.lang }),
    ...(Object.keys(vars).length > 0 && { vars }),
  }
}

/** The first sentence, cut where it may be cut. */
export function fragment(text: string): string {
  const line = text.split('\n').find((each) => each.trim()) ?? ''
  const [first] = line.split(/(?<=[。!?!?])|(?<=\. )/)
  return [...(first ?? line).trim()].slice(0, MAX_SAY).join('')
}

/** Of the main flow; whole objects and personal data are left to whoever edits the test. */
function changedVars(
  doc: FlowDoc,
  moment: Moment,
  before: Moment | undefined,
): Record<string, unknown> {
  const now = moment.state.frames[0]?.vars ?? {}
  const then = before?.state.frames[0]?.vars ?? {}
  const personal = new Set((doc.vars ?? []).filter(({ pii }) => pii).map(({ name }) => name))
  return Object.fromEntries(
    Object.entries(now).filter(
      ([name, value]) =>
        typeof value !== 'object' &&
        !personal.has(name) &&
        canonicalJson(value) !== canonicalJson(then[name]),
    ),
  )
}

/** What schedules, knowledge and data answered, so that the test says the same tomorrow. */
export function frozen(moments: readonly Moment[]): Record<string, unknown> {
  const answers = new Map<string, unknown[]>()
  for (const { name, call, answer } of moments.flatMap(({ asked }) => asked)) {
    const made = call && !['faq', 'intent', 'query'].includes(call.kind)
    if (made || answer === undefined) continue
    answers.set(name, [...(answers.get(name) ?? []), answer])
  }
  return Object.fromEntries(
    [...answers].map(([name, all]) => {
      const same = all.every((each) => canonicalJson(each) === canonicalJson(all[0]))
      return [name, same ? all[0] : { inTurn: all }]
    }),
  )
}
