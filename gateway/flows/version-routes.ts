/** From draft to live and back, by REST. */
import { z } from 'zod'
import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import { fail } from '../errors.ts'
import type { FlowRoom } from './room.ts'
import type { FlowHead, FlowVersion } from './model.ts'
import { FlowVersionModel } from './model.ts'
import {
  flowCheckView,
  flowVersionView,
  pointedView,
  publishBody,
  rollbackBody,
  splitBody,
} from './schema.ts'
import { checkView, pointedViews, versionView } from './views.ts'

export function versionRoutes({ flows, publication, references }: FlowRoom): Route[] {
  const listed = async (head: FlowHead) => {
    const [versions, counts] = await Promise.all([
      FlowVersionModel.find({ flowId: head._id }, { doc: 0 })
        .sort({ version: -1 })
        .lean<FlowVersion[]>(),
      references.inside(head._id),
    ])
    return { items: versions.map((each) => versionView(each, head, counts.get(each.version))) }
  }
  return [
    route({
      method: 'post',
      path: '/flows/:id/check',
      tag: 'Flows',
      summary: 'What stands before publishing the draft: the rules, and its own tests',
      access: 'manageFlows',
      answers: flowCheckView,
      async handle({ params }) {
        const head = await flows.head(params.id!)
        return checkView(await publication.check(head.draft), head.draftVersion)
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
        const deed = { by: member.displayName, note: body.note }
        const version = await publication.publish(params.id!, deed, body.draftVersion)
        return versionView(version, { liveVersion: version.version })
      },
    }),
    route({
      method: 'get',
      path: '/flows/:id/versions',
      tag: 'Flows',
      summary: 'Published versions, newest first',
      access: 'manageFlows',
      answers: items(flowVersionView),
      handle: async ({ params }) => listed(await flows.head(params.id!)),
    }),
    route({
      method: 'get',
      path: '/flows/:id/history',
      tag: 'Flows',
      summary:
        'Who made which version live, or split the conversations, when and why; newest first',
      access: 'manageFlows',
      answers: items(pointedView),
      handle: async ({ params }) => ({ items: pointedViews(await flows.head(params.id!)) }),
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
      summary: 'Make a published version live, alone; ends a split',
      access: 'manageFlows',
      body: rollbackBody,
      answers: flowVersionView,
      async handle({ params, body, member }) {
        const deed = { by: member.displayName, note: body.note }
        const version = await publication.rollback(params.id!, body.version, deed)
        return versionView(version, { liveVersion: version.version })
      },
    }),
    route({
      method: 'put',
      path: '/flows/:id/split',
      tag: 'Flows',
      summary: 'A share of new conversations begins with another version beside the live one',
      access: 'manageFlows',
      body: splitBody,
      answers: items(flowVersionView),
      async handle({ params, body, member }) {
        const deed = { by: member.displayName, note: body.note }
        await publication.split(params.id!, body.version, body.percent, deed)
        return listed(await flows.head(params.id!))
      },
    }),
  ]
}
