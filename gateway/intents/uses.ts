import type { FlowDoc } from '../../bots/flow/schema.ts'
import type { Flows } from '../flows/flows.ts'
import type { FlowHead } from '../flows/model.ts'
import { FlowModel } from '../flows/model.ts'

/** Names of the flows, live or being drawn, that sort by this set of intents. */
export async function intentUses(flows: Flows, setId: string): Promise<string[]> {
  const sorts = (doc: FlowDoc) =>
    Object.values(doc.blocks ?? {}).some(
      (block) => block?.type === 'intent' && block.classifier === setId,
    )
  const heads = await FlowModel.find({ deletedAt: null }, { draft: 1 }).lean<FlowHead[]>()
  const docs = [...flows.liveFlows().map(({ doc }) => doc), ...heads.map(({ draft }) => draft)]
  return [...new Set(docs.filter(sorts).map(({ name, id }) => String(name || id)))]
}
