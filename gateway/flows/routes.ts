import { z } from 'zod'
import type { FlowDoc } from '../../bots/flow/schema.ts'
import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import { fail } from '../errors.ts'
import type { Flows } from './flows.ts'
import type { FlowHead, FlowVersion } from './model.ts'
import { FlowModel, FlowVersionModel } from './model.ts'
import {
  draftView,
  flowProblemView,
  flowSummaryView,
  flowVersionView,
  publishBody,
  putDraftBody,
  rollbackBody,
} from './schema.ts'
import type { FlowSummaryView } from './schema.ts'

/** @param inside how many open conversations pin a version */
export function flowRoutes(
  flows: Flows,
  inside: (flowId: string) => Promise<Map<number, number>>,
): Route[] {
  const versionView = (version: FlowVersion, live: number | undefined, conversations = 0) => ({
    version: version.version,
    hash: version.hash,
    live: version.version === live,
    by: version.by,
    atMs: version.at.getTime(),
    note: version.note,
    conversations,
  })
  return [
    route({
      method: 'get',
      path: '/flows',
      tag: 'Flows',
      summary: 'All flows with their live version',
      access: 'session',
      answers: items(flowSummaryView),
      handle: async () => ({
        items: (
          await FlowModel.find({}, { draft: 0 }).sort({ kind: 1, _id: 1 }).lean<FlowHead[]>()
        ).map(summary),
      }),
    }),
    route({
      method: 'get',
      path: '/flows/:id/draft',
      tag: 'Flows',
      summary: 'The draft',
      access: 'manageFlows',
      answers: draftView,
      async handle({ params }) {
        const head =
          (await FlowModel.findById(params.id).lean<FlowHead>()) ?? fail('FLOW_NOT_FOUND')
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
      method: 'post',
      path: '/flows/:id/validate',
      tag: 'Flows',
      summary: 'Everything wrong with a document, or with the draft',
      access: 'manageFlows',
      body: z.object({ doc: z.record(z.string(), z.unknown()).optional() }),
      answers: items(flowProblemView),
      async handle({ params, body }) {
        const doc = body.doc ?? (await FlowModel.findById(params.id).lean<FlowHead>())?.draft
        if (!doc) fail('FLOW_NOT_FOUND')
        return { items: (await flows.validate(doc)).problems }
      },
    }),
    route({
      method: 'post',
      path: '/flows/:id/publish',
      tag: 'Flows',
      summary:
        'Freeze the draft as the next version and make it live; conversations inside finish on theirs',
      access: 'manageFlows',
      body: publishBody,
      answers: flowVersionView,
      async handle({ params, body, member }) {
        const version = await flows.publish(params.id!, member.displayName, body.note)
        return versionView(version, version.version)
      },
    }),
    route({
      method: 'get',
      path: '/flows/:id/versions',
      tag: 'Flows',
      summary: 'Published versions, newest first',
      access: 'manageFlows',
      answers: items(flowVersionView),
      async handle({ params }) {
        const id = params.id!
        const [head, versions, counts] = await Promise.all([
          FlowModel.findById(id, { liveVersion: 1 }).lean<FlowHead>(),
          FlowVersionModel.find({ flowId: id }, { doc: 0 })
            .sort({ version: -1 })
            .lean<FlowVersion[]>(),
          inside(id),
        ])
        if (!head) fail('FLOW_NOT_FOUND')
        return {
          items: versions.map((each) =>
            versionView(each, head.liveVersion, counts.get(each.version)),
          ),
        }
      },
    }),
    route({
      method: 'get',
      path: '/flows/:id/versions/:version',
      tag: 'Flows',
      summary: 'The document of a version',
      access: 'manageFlows',
      answers: z.object({ version: z.number(), doc: z.record(z.string(), z.unknown()) }),
      async handle({ params }) {
        const found =
          (await FlowVersionModel.findById(`${params.id}@${params.version}`).lean<FlowVersion>()) ??
          fail('FLOW_NOT_FOUND')
        return { version: found.version, doc: found.doc }
      },
    }),
    route({
      method: 'post',
      path: '/flows/:id/rollback',
      tag: 'Flows',
      summary: 'Make an earlier version live again',
      access: 'manageFlows',
      body: rollbackBody,
      answers: flowVersionView,
      async handle({ params, body, member }) {
        const version = await flows.rollback(
          params.id!,
          body.version,
          member.displayName,
          body.note,
        )
        return versionView(version, version.version)
      },
    }),
  ]
}

function summary(head: FlowHead): FlowSummaryView {
  return {
    id: head._id,
    name: head.name,
    kind: head.kind,
    draftVersion: head.draftVersion,
    updatedAtMs: head.updatedAt.getTime(),
    updatedBy: head.updatedBy,
    ...(head.liveVersion !== undefined && { liveVersion: head.liveVersion }),
  }
}
