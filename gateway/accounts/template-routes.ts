import { z } from 'zod'
import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import { createTemplateBody, templateView, updateTemplateBody } from './schema.ts'
import type { Templates } from './templates.ts'

export function templateRoutes(templates: Templates): Route[] {
  return [
    route({
      method: 'get',
      path: '/templates',
      tag: 'Accounts',
      summary: 'Texts providers approved, of all accounts or of one',
      access: 'session',
      query: z.object({ accountId: z.string().max(64).optional() }),
      answers: items(templateView),
      handle: async ({ query }) => ({ items: await templates.list(query.accountId) }),
    }),
    route({
      method: 'post',
      path: '/templates',
      tag: 'Accounts',
      summary: 'Add a text the provider approved',
      access: 'manageAccounts',
      body: createTemplateBody,
      answers: templateView,
      handle: ({ body }) => templates.create(body),
    }),
    route({
      method: 'patch',
      path: '/templates/:id',
      tag: 'Accounts',
      summary: 'Change an approved text',
      access: 'manageAccounts',
      body: updateTemplateBody,
      answers: templateView,
      handle: ({ params, body }) => templates.update(params.id!, body),
    }),
    route({
      method: 'delete',
      path: '/templates/:id',
      tag: 'Accounts',
      summary: 'Remove an approved text',
      access: 'manageAccounts',
      handle: ({ params }) => templates.remove(params.id!),
    }),
  ]
}
