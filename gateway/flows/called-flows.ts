/** Which flows a document leads to: sub-flows it calls and flows it leaves for. Pure; reads half-written ones too. */
import type { FlowDoc } from '../../bots/flow/schema.ts'

export function calledFlows(doc: FlowDoc): string[] {
  const called = Object.values(doc.blocks ?? {}).flatMap((block) =>
    (block?.type === 'subflow' || block?.type === 'goto') && typeof block.flow === 'string'
      ? [block.flow]
      : [],
  )
  return [...new Set(called)]
}

/** The documents reached from one, itself left out, as `docOf` gives them. */
export async function reachedFlows(
  doc: FlowDoc,
  docOf: (id: string) => Promise<FlowDoc | undefined>,
): Promise<FlowDoc[]> {
  const seen = new Set([doc.id])
  const reached: FlowDoc[] = []
  const open = calledFlows(doc)
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    const found = await docOf(id)
    if (!found) continue
    reached.push(found)
    open.push(...calledFlows(found))
  }
  return reached
}
