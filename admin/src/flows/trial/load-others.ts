import { flowDocSchema } from '../../../../bots/flow/schema.ts'
import type { FlowDoc } from '../../../../bots/flow/schema.ts'
import { asString, blocksOf } from '../doc.ts'
import type { Doc } from '../doc.ts'

/** Flows that a document leads to by itself. */
export function calledFrom(doc: Doc): string[] {
  const ids = Object.values(blocksOf(doc)).flatMap((block) =>
    block['type'] === 'subflow' || block['type'] === 'goto' ? (asString(block['flow']) ?? []) : [],
  )
  return [...new Set(ids)].sort()
}

/**
 * All flows a document leads to, over others too. One that is not there or cannot be read is left out: the engine
 * then does what it does for callers.
 */
export async function loadOthers(
  ids: readonly string[],
  self: string,
  get: (id: string) => Promise<Doc | undefined>,
): Promise<FlowDoc[]> {
  const docs = new Map<string, FlowDoc>()
  const asked = new Set([self])
  let next = ids.filter((id) => id !== self)
  while (next.length > 0) {
    for (const id of next) asked.add(id)
    const found = await Promise.all(next.map((id) => get(id).catch(() => undefined)))
    next = []
    for (const doc of found) {
      const read = flowDocSchema.safeParse(doc)
      if (!read.success) continue
      docs.set(read.data.id, read.data)
      next.push(...calledFrom(read.data).filter((id) => !asked.has(id)))
    }
    next = [...new Set(next)]
  }
  return [...docs.values()]
}
