import type { Flows } from '../flows/flows.ts'
import type { FlowHead } from '../flows/model.ts'
import { FlowModel } from '../flows/model.ts'
import type { FlowDoc } from '../../bots/flow/schema.ts'
import type { StoredFlowRoutes } from './model.ts'
import { FlowRoutesModel } from './model.ts'

/** Would a flow, live or in draft, or a rule to flows miss these working hours? */
export async function isScheduleNamed(flows: Flows, scheduleId: string): Promise<boolean> {
  const asks = (doc: FlowDoc) =>
    Object.values(doc.blocks ?? {}).some(
      (block) => block?.type === 'hours' && block.schedule === scheduleId,
    )
  if (flows.liveFlows().some(({ doc }) => asks(doc))) return true
  const [heads, stored] = await Promise.all([
    FlowModel.find({ deletedAt: null }, { draft: 1 }).lean<FlowHead[]>(),
    FlowRoutesModel.findById('routes').lean<StoredFlowRoutes>(),
  ])
  return (
    heads.some(({ draft }) => asks(draft)) ||
    (stored?.routes ?? []).some(({ when }) => when.schedule?.id === scheduleId)
  )
}
