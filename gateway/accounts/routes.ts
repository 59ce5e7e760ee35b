import { z } from 'zod'
import type { CheckResult } from '../../channels/provider.ts'
import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import type { ErrorCode } from '../errors.ts'
import { errorEntry } from '../errors.ts'
import type { Accounts } from './accounts.ts'
import type { CheckView, WritableAccountView } from './schema.ts'
import {
  accountKindView,
  accountView,
  checkView,
  createAccountBody,
  updateAccountBody,
  writableAccountView,
} from './schema.ts'

export function accountRoutes(
  accounts: Accounts,
  check: (accountId: string) => Promise<CheckResult>,
  writable: () => WritableAccountView[],
): Route[] {
  return [
    route({
      method: 'get',
      path: '/accounts',
      tag: 'Accounts',
      summary: 'Configured ends of channels, with how they fare; secrets are never answered',
      access: 'manageAccounts',
      answers: items(accountView),
      handle: async () => ({ items: await accounts.list() }),
    }),
    route({
      method: 'get',
      path: '/accounts/kinds',
      tag: 'Accounts',
      summary: 'Kinds of accounts that can be added, with their fields as JSON Schema',
      access: 'manageAccounts',
      answers: items(accountKindView),
      handle: async () => ({ items: accounts.kindViews() }),
    }),
    route({
      method: 'get',
      path: '/accounts/writable',
      tag: 'Accounts',
      summary: 'Accounts an agent may write from to somebody who has not written there',
      access: 'serve',
      answers: items(writableAccountView),
      handle: () => Promise.resolve({ items: writable() }),
    }),
    route({
      method: 'post',
      path: '/accounts',
      tag: 'Accounts',
      summary: 'Add an account',
      access: 'manageAccounts',
      body: createAccountBody,
      answers: accountView,
      handle: ({ body }) => accounts.create(body),
    }),
    route({
      method: 'patch',
      path: '/accounts/:id',
      tag: 'Accounts',
      summary: 'Change an account; a secret left out stays as it is',
      access: 'manageAccounts',
      body: updateAccountBody,
      answers: accountView,
      handle: ({ params, body }) => accounts.update(params.id!, body),
    }),
    route({
      method: 'delete',
      path: '/accounts/:id',
      tag: 'Accounts',
      summary: 'Remove an account that is switched off and has no open conversation',
      access: 'manageAccounts',
      handle: ({ params }) => accounts.remove(params.id!),
    }),
    route({
      method: 'post',
      path: '/accounts/:id/check',
      tag: 'Accounts',
      summary: 'Ask the provider whether the account works',
      access: 'manageAccounts',
      body: z.object({}),
      answers: checkView,
      async handle({ params }): Promise<CheckView> {
        const begunMs = performance.now()
        await accounts.get(params.id!)
        const { ok, code, detail } = await check(params.id!)
        return {
          ok,
          ...(code && { error: sentence(code) }),
          ...(detail && { detail }),
          tookMs: Math.round(performance.now() - begunMs),
        }
      },
    }),
  ]
}

function sentence(code: ErrorCode): NonNullable<CheckView['error']> {
  const { zh, en } = errorEntry(code)
  return { code, zh, en }
}
