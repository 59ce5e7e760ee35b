/** Who would miss a flow. */
import type { FlowDoc } from '../../bots/flow/schema.ts'
import { calledFlows } from './called-flows.ts'
import type { Flows } from './flows.ts'
import type { FlowHead } from './model.ts'
import { FlowModel } from './model.ts'

export interface FlowUse {
  /** number: an account of channel voice; inside: open conversations */
  kind: 'route' | 'account' | 'number' | 'flow' | 'inside'
  id: string
  name: string
  /** of kind inside: how many */
  count?: number
}

/** What other rooms refer to flows with; they are asked, so that this room knows none of them. */
export interface FlowReferences {
  /** accounts and numbers by the flow they begin with */
  accounts: () => Promise<{ id: string; name: string; flowId: string; isNumber: boolean }[]>
  routes: () => Promise<{ id: string; name: string; flowId: string }[]>
  /** open conversations by the version they are in */
  inside: (flowId: string) => Promise<Map<number, number>>
}

/** For each flow who uses it, but for conversations, which are counted for one flow at a time. */
export async function usesOfAll(
  flows: Flows,
  { accounts, routes }: FlowReferences,
): Promise<Map<string, FlowUse[]>> {
  const found = new Map<string, FlowUse[]>()
  const add = (flowId: string, use: FlowUse) => {
    const uses = found.get(flowId) ?? []
    if (!uses.some(({ kind, id }) => kind === use.kind && id === use.id)) uses.push(use)
    found.set(flowId, uses)
  }
  const [heads, accountList, routeList] = await Promise.all([
    FlowModel.find({ deletedAt: null }, { name: 1, draft: 1 }).lean<FlowHead[]>(),
    accounts(),
    routes(),
  ])
  for (const { id, name, flowId } of routeList) add(flowId, { kind: 'route', id, name })
  for (const { id, name, flowId, isNumber } of accountList)
    add(flowId, { kind: isNumber ? 'number' : 'account', id, name })
  const names = new Map(heads.map(({ _id, name }) => [_id, name]))
  const docs: FlowDoc[] = [
    ...heads.map(({ _id, draft }) => ({ ...draft, id: _id })),
    ...flows.liveFlows().map(({ doc }) => doc),
  ]
  for (const doc of docs)
    for (const called of calledFlows(doc))
      if (called !== doc.id)
        add(called, { kind: 'flow', id: doc.id, name: names.get(doc.id) ?? doc.name })
  return found
}

export async function usesOf(
  id: string,
  flows: Flows,
  references: FlowReferences,
): Promise<FlowUse[]> {
  const [all, inside] = await Promise.all([usesOfAll(flows, references), references.inside(id)])
  const count = [...inside.values()].reduce((sum, each) => sum + each, 0)
  return [
    ...(all.get(id) ?? []),
    ...(count ? [{ kind: 'inside' as const, id, name: '', count }] : []),
  ]
}
