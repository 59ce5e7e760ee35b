import { z } from 'zod'
import type { FlowDoc } from '../../bots/flow/schema.ts'
import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import { fail } from '../errors.ts'
import { libraryRoutes } from './library-routes.ts'
import type { FlowHead } from './model.ts'
import { FlowModel } from './model.ts'
import type { FlowRoom } from './room.ts'
import {
  draftView,
  flowProblemView,
  flowSummaryView,
  presenceBody,
  presenceView,
  putDraftBody,
} from './schema.ts'
import { usesOfAll } from './uses.ts'
import { versionRoutes } from './version-routes.ts'
import { summaryView } from './views.ts'

export function flowRoutes(room: FlowRoom): Route[] {
  const { flows, presence, references } = room
  return [
    route({
      method: 'get',
      path: '/flows',
      tag: 'Flows',
      summary: 'All flows with their live version, who uses and who edits them',
      access: 'session',
      answers: items(flowSummaryView),
      async handle() {
        const [heads, uses] = await Promise.all([
          FlowModel.find({ deletedAt: null }, { draft: 0, pointed: 0 })
            .sort({ kind: 1, _id: 1 })
            .lean<FlowHead[]>(),
          usesOfAll(flows, references),
        ])
        return {
          items: heads.map((head) =>
            summaryView(head, presence.others(head._id), uses.get(head._id) ?? []),
          ),
        }
      },
    }),
    route({
      method: 'get',
      path: '/flows/:id/draft',
      tag: 'Flows',
      summary: 'The draft',
      access: 'manageFlows',
      answers: draftView,
      async handle({ params }) {
        const head = await flows.head(params.id!)
        return { draftVersion: head.draftVersion, doc: head.draft }
      },
    }),
    route({
      method: 'put',
      path: '/flows/:id/draft',
      tag: 'Flows',
      summary: 'Store the draft, sound or not',
      access: 'manageFlows',
      body: putDraftBody,
      answers: draftView,
      async handle({ params, body, member }) {
        const head = await flows.putDraft(
          params.id!,
          body.draftVersion,
          body.doc as unknown as FlowDoc,
          member.displayName,
        )
        return { draftVersion: head.draftVersion, doc: head.draft }
      },
    }),
    route({
      method: 'put',
      path: '/flows/:id/presence',
      tag: 'Flows',
      summary: 'I have this flow open; say so every 10 s. Answers who else has',
      access: 'manageFlows',
      body: presenceBody,
      answers: presenceView,
      async handle({ params, body, member }) {
        const id = params.id!
        if (!(await FlowModel.exists({ _id: id, deletedAt: null }))) fail('FLOW_NOT_FOUND')
        if (!body.leave) return { others: presence.beat(id, member._id, member.displayName) }
        presence.leave(id, member._id)
        return { others: [] }
      },
    }),
    route({
      method: 'post',
      path: '/flows/:id/validate',
      tag: 'Flows',
      summary: 'Everything wrong with a document, or with the draft',
      access: 'manageFlows',
      body: z.object({ doc: z.record(z.string(), z.unknown()).optional() }),
      answers: items(flowProblemView),
      async handle({ params, body }) {
        const doc = body.doc ?? (await flows.head(params.id!)).draft
        return { items: (await flows.validate(doc)).problems }
      },
    }),
    ...versionRoutes(room),
    ...libraryRoutes(room),
  ]
}
