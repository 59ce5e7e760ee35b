/** The shelf of flows, by REST: made, copied, renamed, put away, taken back, exported and imported. */
import { z } from 'zod'
import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import { KEPT_DAYS } from './library.ts'
import type { FlowRoom } from './room.ts'
import {
  createFlowBody,
  flowSummaryView,
  flowUseView,
  importBody,
  importLookView,
  removedFlowView,
  renameFlowBody,
} from './schema.ts'
import { usesOf } from './uses.ts'
import { summaryView } from './views.ts'

const DAY_MS = 86_400_000

export function libraryRoutes({ flows, library, transfer, references }: FlowRoom): Route[] {
  return [
    route({
      method: 'post',
      path: '/flows',
      tag: 'Flows',
      summary: 'Make a flow: a minimal one, or a copy',
      access: 'manageFlows',
      body: createFlowBody,
      answers: flowSummaryView,
      handle: async ({ body, member }) =>
        summaryView(await library.create(body, member.displayName), [], []),
    }),
    route({
      method: 'patch',
      path: '/flows/:id',
      tag: 'Flows',
      summary: 'Rename a flow; callers hear nothing of it',
      access: 'manageFlows',
      body: renameFlowBody,
      answers: flowSummaryView,
      handle: async ({ params, body, member }) =>
        summaryView(await library.rename(params.id!, body.name, member.displayName), [], []),
    }),
    route({
      method: 'get',
      path: '/flows/:id/uses',
      tag: 'Flows',
      summary: 'Who would miss the flow: routes, accounts, numbers, flows, conversations inside',
      access: 'manageFlows',
      answers: items(flowUseView),
      async handle({ params }) {
        await flows.head(params.id!)
        return { items: await usesOf(params.id!, flows, references) }
      },
    }),
    route({
      method: 'delete',
      path: '/flows/:id',
      tag: 'Flows',
      summary: `Put away a flow that nobody uses; for ${KEPT_DAYS} days it can be taken back`,
      access: 'manageFlows',
      handle: ({ params, member }) => library.remove(params.id!, member.displayName),
    }),
    route({
      method: 'get',
      path: '/flows/-/removed',
      tag: 'Flows',
      summary: 'Flows that were put away and can be taken back',
      access: 'manageFlows',
      answers: items(removedFlowView),
      handle: async () => ({
        items: (await library.removed()).map(({ _id, name, kind, deletedAt, deletedBy }) => ({
          id: _id,
          name,
          kind,
          deletedAtMs: deletedAt!.getTime(),
          deletedBy: deletedBy ?? '',
          untilMs: deletedAt!.getTime() + KEPT_DAYS * DAY_MS,
        })),
      }),
    }),
    route({
      method: 'post',
      path: '/flows/:id/restore',
      tag: 'Flows',
      summary: 'Take a flow back, live if it was',
      access: 'manageFlows',
      answers: flowSummaryView,
      handle: async ({ params }) => summaryView(await library.restore(params.id!), [], []),
    }),
    route({
      method: 'get',
      path: '/flows/:id/export',
      tag: 'Flows',
      summary: 'The flow and all it leads to as one file',
      access: 'manageFlows',
      query: z.object({
        version: z.coerce.number().int().min(1).optional(),
        /** name the recordings, with their checksums */
        recordings: z.enum(['0', '1']).default('1'),
      }),
      async handle({ params, query, response }) {
        const of = query.version ?? 'draft'
        const file = await transfer.export(params.id!, of, query.recordings === '1')
        const name = `${params.id}${of === 'draft' ? '' : `@${of}`}.yilu-flow.json`
        response.setHeader(
          'content-disposition',
          `attachment; filename="flow.yilu-flow.json"; filename*=UTF-8''${encodeURIComponent(name)}`,
        )
        response.type('application/json').send(JSON.stringify(file, null, 1))
      },
    }),
    route({
      method: 'post',
      path: '/flows/-/look',
      tag: 'Flows',
      summary: 'What importing a file would do: new, replaced, missing; nothing is changed',
      access: 'manageFlows',
      body: importBody,
      answers: importLookView,
      handle: ({ body: { text, ...choices } }) => transfer.look(text, choices),
    }),
    route({
      method: 'post',
      path: '/flows/-/import',
      tag: 'Flows',
      summary: 'Take a file over as drafts; nothing of it is live',
      access: 'manageFlows',
      body: importBody,
      answers: items(flowSummaryView),
      handle: async ({ body: { text, ...choices }, member }) => ({
        items: (await transfer.import(text, choices, member.displayName)).map((head) =>
          summaryView(head, [], []),
        ),
      }),
    }),
  ]
}
