import { z } from 'zod'
import { deadInboxView, outboxSummaryView, outboxView } from '../accounts/schema.ts'
import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import type { StaffMember } from '../domain/staff.ts'
import { may } from '../domain/staff.ts'
import { fail } from '../errors.ts'
import type { Conversations } from '../intake/conversations.ts'
import { MessageModel } from '../intake/model.ts'
import type { Deliveries } from './deliveries.ts'

export function deliveryRoutes(deliveries: Deliveries, conversations: Conversations): Route[] {
  const account = z.string().max(64).optional()
  return [
    route({
      method: 'get',
      path: '/outbox/summary',
      tag: 'Delivery',
      summary: 'How many messages wait and how many failed, by account',
      access: 'supervise',
      answers: items(outboxSummaryView),
      handle: async () => ({ items: await deliveries.summary() }),
    }),
    route({
      method: 'get',
      path: '/outbox',
      tag: 'Delivery',
      summary: 'Messages that wait for their channel or could not be delivered, newest first',
      access: 'supervise',
      query: z.object({ state: z.enum(['waiting', 'dead']), accountId: account }),
      answers: items(outboxView),
      handle: async ({ query }) => ({
        items: await deliveries.outgoing(query.state, query.accountId),
      }),
    }),
    route({
      method: 'post',
      path: '/outbox/:id/replay',
      tag: 'Delivery',
      summary: 'Send a failed message again: a team leader any, an agent one of their conversation',
      access: 'serve',
      body: z.object({}),
      async handle({ params, member }) {
        if (!may(member.role, 'supervise')) await refuseOthers(params.id!, member, conversations)
        await deliveries.replay(params.id!)
      },
    }),
    route({
      method: 'delete',
      path: '/outbox/:id',
      tag: 'Delivery',
      summary: 'Give a failed message up',
      access: 'supervise',
      handle: ({ params }) => deliveries.discard(params.id!),
    }),
    route({
      method: 'get',
      path: '/inbox/dead',
      tag: 'Delivery',
      summary: 'What came in and could not be handled, newest first',
      access: 'supervise',
      query: z.object({ accountId: account }),
      answers: items(deadInboxView),
      handle: async ({ query }) => ({ items: await deliveries.unhandled(query.accountId) }),
    }),
    route({
      method: 'post',
      path: '/inbox/:id/replay',
      tag: 'Delivery',
      summary: 'Handle it again',
      access: 'supervise',
      body: z.object({}),
      handle: ({ params }) => deliveries.handleAgain(params.id!),
    }),
  ]
}

async function refuseOthers(
  messageId: string,
  member: StaffMember,
  conversations: Conversations,
): Promise<void> {
  const message = await MessageModel.findById(messageId, { conversationId: 1 }).lean<{
    conversationId: string
  }>()
  const conversation = message && (await conversations.get(message.conversationId))
  if (conversation?.agentId !== member._id) fail('NOT_YOURS')
}
