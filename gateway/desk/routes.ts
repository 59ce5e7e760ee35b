import { z } from 'zod'
import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import type { Contacts } from '../contacts/contacts.ts'
import type { Conversation } from '../domain/conversation.ts'
import { fail } from '../errors.ts'
import type { Files } from '../files/files.ts'
import { readHistory } from '../intake/history.ts'
import { ConversationModel } from '../intake/model.ts'
import type { LiveRouting } from '../routing/persistence.ts'
import { explanationView } from '../routing/schema.ts'
import { conversationCard, wireMessage } from './cards.ts'
import type { Figures } from './figures.ts'
import type { Hub } from './hub.ts'
import type { CannedReply } from './model.ts'
import { CannedReplyModel, SettingModel } from './model.ts'
import {
  cannedReplyView,
  deskChoicesView,
  listConversationsQuery,
  listMessagesQuery,
  putCannedReplyBody,
} from './schema.ts'

export interface DeskRoutesOptions {
  contacts: Contacts
  files: Files
  routing: LiveRouting
  hub: Hub
  figures: Figures
}

export function deskRoutes({ contacts, files, routing, hub, figures }: DeskRoutesOptions): Route[] {
  const find = async (id: string) =>
    (await ConversationModel.findById(id).lean<Conversation>()) ?? fail('NOT_FOUND')
  const card = async (conversation: Conversation) =>
    conversationCard(conversation, await contacts.get(conversation.contactId))
  return [
    route({
      method: 'get',
      path: '/conversations',
      tag: 'Conversations',
      summary: 'Newest first',
      access: 'serve',
      query: listConversationsQuery,
      answers: items(z.object({ id: z.string(), state: z.string() }).loose()),
      async handle({ query }) {
        const { contactId, state, agentId, channel, beforeMs, limit } = query
        const found = await ConversationModel.find({
          ...(contactId && { contactId }),
          ...(state && { state }),
          ...(agentId && { lastAgentId: agentId }),
          ...(channel && { legs: { $elemMatch: { channel, unused: { $ne: true } } } }),
          ...(beforeMs && { openedAt: { $lt: new Date(beforeMs) } }),
        })
          .sort({ openedAt: -1 })
          .limit(limit)
          .lean<Conversation[]>()
        return { items: await Promise.all(found.map(card)) }
      },
    }),
    route({
      method: 'get',
      path: '/conversations/:id',
      tag: 'Conversations',
      summary: 'One conversation',
      access: 'serve',
      handle: async ({ params }) => card(await find(params.id!)),
    }),
    route({
      method: 'get',
      path: '/conversations/:id/messages',
      tag: 'Conversations',
      summary: 'A page of the thread in seq order; beforeSeq turns pages back',
      access: 'serve',
      query: listMessagesQuery,
      async handle({ params, query }) {
        const conversation = await find(params.id!)
        const { messages, more } = await readHistory(conversation._id, query)
        return {
          messages: messages.map((message) => wireMessage(message, conversation, files)),
          more,
        }
      },
    }),
    route({
      method: 'get',
      path: '/conversations/:id/explain',
      tag: 'Conversations',
      summary: 'Why it waits, or why it went to whom it went: each agent with reasons',
      access: 'serve',
      answers: explanationView,
      async handle({ params }) {
        const conversation = await find(params.id!)
        const waiting = routing.router.explain(conversation._id)
        const decision = await routing.lastDecision(conversation._id)
        return {
          conversationId: conversation._id,
          state: conversation.state,
          ...(waiting && { waiting }),
          ...(decision && { decision }),
        }
      },
    }),
    route({
      method: 'get',
      path: '/wallboard',
      tag: 'Conversations',
      summary: 'Queues and the figures of today',
      access: 'supervise',
      handle: async () => ({ queues: hub.queueCards(), day: figures.day() }),
    }),
    route({
      method: 'get',
      path: '/canned-replies',
      tag: 'Desk',
      summary: 'Texts agents insert by shortcut',
      access: 'session',
      answers: items(cannedReplyView),
      handle: async () => ({
        items: (await CannedReplyModel.find().sort({ shortcut: 1 }).lean<CannedReply[]>()).map(
          ({ _id, ...reply }) => ({ id: _id, ...reply }),
        ),
      }),
    }),
    route({
      method: 'put',
      path: '/canned-replies/:id',
      tag: 'Desk',
      summary: 'Add or change a canned reply',
      access: 'supervise',
      body: putCannedReplyBody,
      answers: cannedReplyView,
      async handle({ params, body }) {
        const id = z
          .string()
          .regex(/^[A-Za-z0-9_-]{1,64}$/)
          .safeParse(params.id)
        if (!id.success) fail('BAD_REQUEST', { where: 'id' })
        try {
          await CannedReplyModel.updateOne({ _id: id.data }, { $set: body }, { upsert: true })
        } catch (error) {
          if ((error as { code?: number }).code === 11000) fail('DUPLICATE', { field: 'shortcut' })
          throw error
        }
        return { id: id.data, ...body }
      },
    }),
    route({
      method: 'delete',
      path: '/canned-replies/:id',
      tag: 'Desk',
      summary: 'Remove a canned reply',
      access: 'supervise',
      async handle({ params }) {
        const { deletedCount } = await CannedReplyModel.deleteOne({ _id: params.id })
        if (!deletedCount) fail('NOT_FOUND')
      },
    }),
    route({
      method: 'get',
      path: '/desk-choices',
      tag: 'Desk',
      summary: 'Wrap-up codes, busy reasons and departments to choose from',
      access: 'session',
      answers: deskChoicesView,
      async handle() {
        const stored = await SettingModel.findById('deskChoices').lean<{ value: unknown }>()
        return stored?.value ?? { wrapUpCodes: [], busyReasons: [], departments: [] }
      },
    }),
    route({
      method: 'put',
      path: '/desk-choices',
      tag: 'Desk',
      summary: 'Change them',
      access: 'manageRouting',
      body: deskChoicesView,
      answers: deskChoicesView,
      async handle({ body }) {
        await SettingModel.updateOne(
          { _id: 'deskChoices' },
          { $set: { value: body } },
          { upsert: true },
        )
        return body
      },
    }),
  ]
}
