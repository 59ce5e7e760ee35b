import type { Route } from '../api/route.ts'
import { route } from '../api/route.ts'
import type { Schedule } from '../domain/schedule.ts'
import { fail } from '../errors.ts'
import type { FlowHead } from '../flows/model.ts'
import { FlowModel } from '../flows/model.ts'
import type { Account } from '../intake/model.ts'
import { AccountModel } from '../intake/model.ts'
import { ScheduleModel } from '../routing/model.ts'
import type { FlowRouting } from './flow-routing.ts'
import type { FlowRoute, FlowRoutesView } from './schema.ts'
import { flowRoutesView, putFlowRoutesBody, routedView, tryRoutesBody } from './schema.ts'
import { routeWarnings } from './warnings.ts'

/** Where accounts without a flow of their own lead (intake/turns.ts). */
const LAST_FLOW = 'main'

export function flowRouteRoutes(routing: FlowRouting, now: () => number): Route[] {
  const view = async (): Promise<FlowRoutesView> => {
    const [stored, accounts, schedules, flows] = await Promise.all([
      routing.stored(),
      AccountModel.find().sort({ _id: 1 }).lean<Account[]>(),
      ScheduleModel.find().sort({ _id: 1 }).lean<Schedule[]>(),
      FlowModel.find({ deletedAt: null }, { _id: 1 }).lean<FlowHead[]>(),
    ])
    const named = accounts.map(({ _id, name, channel, enabled, flowId, numbers, lang }) => ({
      id: _id,
      numbers: numbers ?? [],
      ...{ name, channel, enabled, flowId, lang },
    }))
    return {
      ...stored,
      warnings: routeWarnings(stored.routes, {
        accounts: named,
        schedules: new Set(schedules.map(({ _id }) => _id)),
        flows: new Set(flows.map(({ _id }) => _id)),
        isLive: (flowId) => routing.isLive(flowId),
        nowMs: now(),
      }),
      accounts: named,
      schedules: schedules.map(({ _id, name }) => ({ id: _id, name })),
      timezone: routing.timezone,
    }
  }
  return [
    route({
      method: 'get',
      path: '/flow-routes',
      tag: 'Flow routes',
      summary: 'Which conversation begins with which flow, in order; and rules that can never fit',
      access: 'manageFlows',
      answers: flowRoutesView,
      handle: view,
    }),
    route({
      method: 'put',
      path: '/flow-routes',
      tag: 'Flow routes',
      summary: 'Replace the list; it holds for the next conversation',
      access: 'manageFlows',
      body: putFlowRoutesBody,
      answers: flowRoutesView,
      async handle({ body }) {
        const ids = body.routes.map(({ id }) => id)
        if (new Set(ids).size < ids.length) fail('DUPLICATE', { where: 'id' })
        await requireFlows(body.routes)
        await routing.put(body.version, body.routes)
        return view()
      },
    }),
    route({
      method: 'post',
      path: '/flow-routes/try',
      tag: 'Flow routes',
      summary: 'Where a conversation would begin, and why; nothing is changed',
      access: 'manageFlows',
      body: tryRoutesBody,
      answers: routedView,
      async handle({ body: { routes, accountId, atMs, lang, ...facts } }) {
        const account =
          (await AccountModel.findById(accountId).lean<Account>()) ?? fail('NOT_FOUND')
        const routed = routing.route(
          {
            ...facts,
            accountId,
            channel: account.channel,
            lang: lang ?? account.lang,
            atMs: atMs ?? now(),
          },
          routes,
        )
        return { flowId: account.flowId || LAST_FLOW, ...routed }
      },
    }),
  ]
}

/** A rule to a flow that is not there is a slip; one to a flow not published yet waits for it. */
async function requireFlows(routes: readonly FlowRoute[]): Promise<void> {
  const wanted = [...new Set(routes.map(({ flowId }) => flowId))]
  const found = await FlowModel.find({ _id: { $in: wanted }, deletedAt: null }, { _id: 1 }).lean<
    FlowHead[]
  >()
  const lost = wanted.filter((id) => !found.some(({ _id }) => _id === id))
  if (lost.length > 0) fail('FLOW_NOT_FOUND', { flows: lost })
}
