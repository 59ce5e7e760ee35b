import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import type { Numbers } from './numbers.ts'
import { numberOf } from './numbers.ts'
import { callerNumberView, createNumberBody, numberView, updateNumberBody } from './schema.ts'
import type { TelephonySettings } from './settings.ts'

export function numberRoutes(numbers: Numbers, settings: TelephonySettings): Route[] {
  return [
    route({
      method: 'get',
      path: '/telephony/numbers',
      tag: 'Telephony',
      summary: 'Numbers of ours that may be shown when calling out',
      access: 'serve',
      answers: items(callerNumberView),
      async handle() {
        await settings.settled()
        return { items: settings.callerNumbers().map(({ number, name }) => ({ number, name })) }
      },
    }),
    route({
      method: 'get',
      path: '/telephony/number-plan',
      tag: 'Telephony',
      summary: 'Called numbers, and the flow each leads to',
      access: 'manageAccounts',
      answers: items(numberView),
      handle: async () => ({ items: (await numbers.list()).map(numberOf) }),
    }),
    route({
      method: 'post',
      path: '/telephony/number-plan',
      tag: 'Telephony',
      summary: 'Add called numbers',
      access: 'manageAccounts',
      body: createNumberBody,
      answers: numberView,
      handle: async ({ body }) => numberOf(await numbers.create(body)),
    }),
    route({
      method: 'patch',
      path: '/telephony/number-plan/:id',
      tag: 'Telephony',
      summary: 'Change where called numbers lead; calls in progress go on',
      access: 'manageAccounts',
      body: updateNumberBody,
      answers: numberView,
      handle: async ({ params, body }) => numberOf(await numbers.update(params.id!, body)),
    }),
    route({
      method: 'delete',
      path: '/telephony/number-plan/:id',
      tag: 'Telephony',
      summary: 'Remove called numbers nobody is calling at the moment',
      access: 'manageAccounts',
      handle: ({ params }) => numbers.remove(params.id!),
    }),
  ]
}
