import { z } from 'zod'
import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import type { TelephonyPort } from './port.ts'
import type { PingView } from './schema.ts'
import { createTrunkBody, pingView, trunkView, updateTrunkBody } from './schema.ts'
import type { Trunks } from './trunks.ts'
import { trunkOf } from './trunks.ts'

export function trunkRoutes(trunks: Trunks, port: TelephonyPort): Route[] {
  return [
    route({
      method: 'get',
      path: '/telephony/trunks',
      tag: 'Telephony',
      summary: 'Lines to carriers, gateways and PBXs; secrets are never answered',
      access: 'manageAccounts',
      answers: items(trunkView),
      handle: async () => ({ items: (await trunks.list()).map(trunkOf) }),
    }),
    route({
      method: 'post',
      path: '/telephony/trunks',
      tag: 'Telephony',
      summary: 'Add a trunk',
      access: 'manageAccounts',
      body: createTrunkBody,
      answers: trunkView,
      handle: async ({ body }) => trunkOf(await trunks.create(body)),
    }),
    route({
      method: 'patch',
      path: '/telephony/trunks/:id',
      tag: 'Telephony',
      summary: 'Change a trunk; calls in progress go on',
      access: 'manageAccounts',
      body: updateTrunkBody,
      answers: trunkView,
      handle: async ({ params, body }) => trunkOf(await trunks.update(params.id!, body)),
    }),
    route({
      method: 'delete',
      path: '/telephony/trunks/:id',
      tag: 'Telephony',
      summary: 'Remove a trunk',
      access: 'manageAccounts',
      handle: ({ params }) => trunks.remove(params.id!),
    }),
    route({
      method: 'post',
      path: '/telephony/trunks/:id/ping',
      tag: 'Telephony',
      summary: 'Ask the other end whether it is there (OPTIONS)',
      access: 'manageAccounts',
      body: z.object({}),
      answers: pingView,
      async handle({ params }): Promise<PingView> {
        const begunMs = performance.now()
        const status = await port.ping(params.id!)
        return { status, tookMs: Math.round(performance.now() - begunMs) }
      },
    }),
  ]
}
