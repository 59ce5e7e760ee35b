import { readPath } from './path.ts'
import { dayAt, isoDay } from './slots/calendar.ts'
import type { Scope } from './scope.ts'

const builtIn: Record<string, (scope: Scope) => unknown> = {
  contact: (scope) => scope.context.contact,
  call: (scope) => scope.context.call,
  entry: (scope) => scope.context.entry,
  channel: (scope) => scope.context.channel,
  lang: (scope) => scope.state.lang,
  /** what the person said last, as long as it was words and chose nothing */
  lastText: (scope) => scope.state.lastText,
  today: (scope) => isoDay(dayAt(scope.context.nowMs, scope.slotContext().timezone)),
  nowMs: (scope) => scope.context.nowMs,
  conversationId: (scope) => scope.context.conversationId,
}

/** Variables every flow has; a document cannot declare them. */
export const builtInVars = Object.keys(builtIn)

/** A variable by its name: built in, or of the flow on top. */
export function variable(name: string, scope: Scope): unknown {
  return Object.hasOwn(builtIn, name) ? builtIn[name]?.(scope) : readPath(scope.frame.vars, name)
}
