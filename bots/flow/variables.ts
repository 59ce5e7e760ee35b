import { readPath } from './path.ts'
import { dayAt, isoDay } from './slots/calendar.ts'
import type { Turn } from './turn.ts'

const builtIn: Record<string, (turn: Turn) => unknown> = {
  contact: (turn) => turn.context.contact,
  channel: (turn) => turn.context.channel,
  lang: (turn) => turn.state.lang,
  /** what the person said last, as long as it was words and chose nothing */
  lastText: (turn) => turn.state.lastText,
  today: (turn) => isoDay(dayAt(turn.context.nowMs, turn.slotContext().timezone)),
  nowMs: (turn) => turn.context.nowMs,
  conversationId: (turn) => turn.context.conversationId,
}

/** Variables every flow has; a document cannot declare them. */
export const builtInVars = Object.keys(builtIn)

/** A variable by its name: built in, or of the flow on top. */
export function variable(name: string, turn: Turn): unknown {
  return Object.hasOwn(builtIn, name) ? builtIn[name]?.(turn) : readPath(turn.frame.vars, name)
}
