import type { Doc } from '../doc.ts'

/** Steps back and forth through one document. Documents share what did not change, so a step is small. */
export interface History {
  past: readonly Doc[]
  present: Doc
  future: readonly Doc[]
  /** steps with this key that follow are part of the last one */
  merge?: string
}

const MAX_STEPS = 200

export const begun = (doc: Doc): History => ({ past: [], present: doc, future: [] })

/** One step more; none at all when nothing changed. */
export function changed(history: History, doc: Doc, merge?: string): History {
  if (doc === history.present) return history
  const joins = merge !== undefined && merge === history.merge && history.past.length > 0
  const past = joins ? history.past : [...history.past, history.present].slice(-MAX_STEPS)
  return { past, present: doc, future: [], ...(merge !== undefined && { merge }) }
}

/** What comes now is a step of its own, whatever its key. */
export function parted({ past, present, future }: History): History {
  return { past, present, future }
}

export function undone(history: History): History {
  const last = history.past.at(-1)
  if (!last) return history
  return {
    past: history.past.slice(0, -1),
    present: last,
    future: [history.present, ...history.future],
  }
}

export function redone(history: History): History {
  const [next, ...future] = history.future
  if (!next) return history
  return { past: [...history.past, history.present], present: next, future }
}

/**
 * Every step carried over to a new ground, such as what a colleague stored meanwhile: undoing a step of one's own
 * must not undo theirs.
 */
export function carriedOver(history: History, over: (doc: Doc) => Doc): History {
  const known = new Map<Doc, Doc>()
  const once = (doc: Doc) => {
    const next = known.get(doc) ?? over(doc)
    known.set(doc, next)
    return next
  }
  return {
    ...history,
    past: history.past.map(once),
    present: once(history.present),
    future: history.future.map(once),
  }
}
