import type { FlowDoc } from '../../bots/flow/schema.ts'
import type { FlowHead } from '../flows/model.ts'
import { FlowModel, FlowVersionModel } from '../flows/model.ts'
import type { SourceUse } from './schema.ts'

/** The query blocks of drafts and live versions, by the source they ask. */
export async function sourcesUsed(): Promise<Map<string, SourceUse[]>> {
  const heads = await FlowModel.find({}, { name: 1, draft: 1, liveVersion: 1 }).lean<FlowHead[]>()
  const live = await FlowVersionModel.find(
    { _id: { $in: heads.map(({ _id, liveVersion }) => `${_id}@${liveVersion ?? 0}`) } },
    { flowId: 1, doc: 1 },
  ).lean<{ flowId: string; doc: FlowDoc }[]>()
  const used = new Map<string, SourceUse[]>()
  const note = (flowId: string, name: string, doc: FlowDoc | undefined, isLive: boolean) => {
    // a draft is stored as it is, sound or not
    for (const [block, content] of Object.entries(doc?.blocks ?? {})) {
      if (content?.type !== 'query' || typeof content.source !== 'string') continue
      const uses = used.get(content.source) ?? []
      used.set(content.source, uses)
      const same = uses.find((each) => each.flowId === flowId && each.block === block)
      if (same) same.live ||= isLive
      else uses.push({ flowId, name, block, live: isLive })
    }
  }
  for (const { _id, name, draft } of heads) note(_id, name, draft, false)
  for (const { flowId, doc } of live)
    note(flowId, heads.find(({ _id }) => _id === flowId)?.name ?? flowId, doc, true)
  return used
}
