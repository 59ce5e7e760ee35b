import { compileFlow } from './compiled.ts'
import type { Vars } from './state.ts'
import type { Turn } from './turn.ts'

const TRAIL_SHOWN = 10

/** What the agent should know at once. Variables of inner flows win over those of outer ones. */
export function handoffContext(turn: Turn, paths: string[] = []): Vars {
  const { state } = turn
  const context: Vars = {}
  for (const frame of state.frames) {
    const doc = turn.flowOf(frame)?.doc
    for (const name of doc ? compileFlow(doc).attached : [])
      if (Object.hasOwn(frame.vars, name)) context[name] = frame.vars[name]
  }
  for (const path of paths) context[path] = turn.lookup(path) ?? null
  context.lang = state.lang
  context.flow = turn.frame.flow
  context.trail = state.trail.slice(-TRAIL_SHOWN)
  if (state.lastText !== undefined) context.lastText = state.lastText
  return context
}
