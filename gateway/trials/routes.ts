import type { BotServices } from '../../bots/host/services.ts'
import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import type { StaffMember } from '../domain/staff.ts'
import { may } from '../domain/staff.ts'
import { fail } from '../errors.ts'
import type { Flows } from '../flows/flows.ts'
import type { Past } from './past.ts'
import {
  askBody,
  askView,
  callBody,
  callStateView,
  callView,
  keysBody,
  lineBody,
  lineView,
  recentQuery,
  recentView,
  recordedView,
} from './schema.ts'
import type { TrialCall, TrialCalls } from './trial-calls.ts'
import type { TrialFlows } from './trial-flows.ts'

export interface TrialRoutesOptions {
  flows: Pick<Flows, 'validate'>
  trialFlows: TrialFlows
  past: Past
  calls: TrialCalls
  world: Pick<BotServices, 'searchKnowledge' | 'classify' | 'query'>
}

export function trialRoutes(options: TrialRoutesOptions): Route[] {
  const { flows, trialFlows, past, calls, world } = options
  const own = async ({
    params,
    member,
  }: {
    params: Record<string, string>
    member: StaffMember
  }) => {
    const id = params.id!
    // nobody hears or steers what a colleague tries
    if (!(await trialFlows.owned(id, member._id))) fail('NOT_FOUND')
    return id
  }
  return [
    route({
      method: 'get',
      path: '/trials/conversations',
      tag: 'Trials',
      summary: 'Recent conversations of a flow, to be replayed against its draft',
      access: 'manageFlows',
      query: recentQuery,
      answers: items(recentView),
      handle: async ({ query, member }) => ({
        items: await past.recent(query.flowId, query.limit, !readsConversations(member)),
      }),
    }),
    route({
      method: 'get',
      path: '/trials/conversations/:id',
      tag: 'Trials',
      summary:
        'What a conversation did to its flow and what was said; personal data masked for who may not read conversations',
      access: 'manageFlows',
      answers: recordedView,
      handle: ({ params, member }) => past.recorded(params.id!, !readsConversations(member)),
    }),
    route({
      method: 'post',
      path: '/trials/ask',
      tag: 'Trials',
      summary: 'What knowledge base, classifier or data source would answer now; leaves no trace',
      access: 'manageFlows',
      body: askBody,
      answers: askView,
      async handle({ body }) {
        switch (body.kind) {
          case 'faq':
            return { value: await world.searchKnowledge(body) }
          case 'intent':
            return { value: await world.classify(body) }
          case 'query': {
            const { source, params, lang, timeoutMs } = body
            return { value: await world.query(source, params, { lang, timeoutMs }) }
          }
        }
      },
    }),
    route({
      method: 'post',
      path: '/trials/calls',
      tag: 'Trials',
      summary: 'Call me with this draft: rings nobody, leaves nothing, is in no report',
      access: 'manageFlows',
      body: callBody,
      answers: callView,
      async handle({ body, member }) {
        const { doc, problems } = await flows.validate(body.doc)
        if (!doc || problems.some(({ severity }) => severity === 'error'))
          fail('FLOW_INVALID', { problems })
        const { lang, caller, called, sdp } = body
        const id = await trialFlows.add(doc, member._id)
        const call: TrialCall = {
          flowId: id,
          memberId: member._id,
          lang,
          ...(caller && { caller }),
          ...(called && { called }),
        }
        return { id, sdp: await calls.openTrial(call, sdp) }
      },
    }),
    route({
      method: 'post',
      path: '/trials/calls/:id/line',
      tag: 'Trials',
      summary: 'A new line for the same call, after the network broke',
      access: 'manageFlows',
      body: lineBody,
      answers: lineView,
      async handle(input) {
        const flowId = await own(input)
        const { body, member } = input
        if (calls.trial(flowId)?.over !== false) fail('NO_CALL')
        return { sdp: await calls.openTrial({ flowId, memberId: member._id, lang: '' }, body.sdp) }
      },
    }),
    route({
      method: 'post',
      path: '/trials/calls/:id/keys',
      tag: 'Trials',
      summary: 'Telephone keys',
      access: 'manageFlows',
      body: keysBody,
      async handle(input) {
        calls.keysTrial(await own(input), input.body.digits)
      },
    }),
    route({
      method: 'get',
      path: '/trials/calls/:id',
      tag: 'Trials',
      summary: 'How the call stands, and what was said so far',
      access: 'manageFlows',
      answers: callStateView,
      async handle(input) {
        const id = await own(input)
        const { over, conversationId } = calls.trial(id) ?? { over: true }
        return {
          over,
          ...(conversationId && { conversationId }),
          turns: conversationId ? (await past.recorded(conversationId, false)).turns : [],
        }
      },
    }),
    route({
      method: 'delete',
      path: '/trials/calls/:id',
      tag: 'Trials',
      summary: 'Hang up',
      access: 'manageFlows',
      async handle(input) {
        await calls.endTrial(await own(input))
      },
    }),
  ]
}

/** Who may open conversations in the desk or watch them; content staff see them without personal data. */
const readsConversations = ({ role }: StaffMember): boolean =>
  may(role, 'serve') || may(role, 'supervise')
