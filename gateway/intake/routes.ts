import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import type { Bus } from '../bus/bus.ts'
import { fail } from '../errors.ts'
import type { Account } from './model.ts'
import { AccountModel } from './model.ts'
import { accountView, updateAccountBody } from './schema.ts'

export function accountRoutes(bus: Bus): Route[] {
  return [
    route({
      method: 'get',
      path: '/accounts',
      tag: 'Accounts',
      summary: 'Configured ends of channels',
      access: 'manageAccounts',
      answers: items(accountView),
      handle: async () => ({
        items: (await AccountModel.find().sort({ _id: 1 }).lean<Account[]>()).map(view),
      }),
    }),
    route({
      method: 'patch',
      path: '/accounts/:id',
      tag: 'Accounts',
      summary: 'Change an account',
      access: 'manageAccounts',
      body: updateAccountBody,
      answers: accountView,
      async handle({ params, body }) {
        const { version, ...fields } = body
        const account = await AccountModel.findOneAndUpdate(
          { _id: params.id, version },
          { $set: fields, $inc: { version: 1 } },
          { returnDocument: 'after' },
        ).lean<Account>()
        if (!account)
          fail((await AccountModel.exists({ _id: params.id })) ? 'CONFLICT' : 'NOT_FOUND')
        if (account.channel === 'voice') bus.publish('telephonySettings', {})
        return view(account)
      },
    }),
  ]
}

function view({ _id, ...account }: Account) {
  return { id: _id, ...account }
}
