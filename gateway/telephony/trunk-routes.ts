import { z } from 'zod'
import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import type { TelephonyPort } from './port.ts'
import type { PingView } from './schema.ts'
import { createTrunkBody, pingView, trunkView, updateTrunkBody } from './schema.ts'
import type { Trunks } from './trunks.ts'
import { trunkOf } from './trunks.ts'

/**
 * Whoever presses "test" waits no longer; the request itself goes on for Timer F, 32 s (RFC 3261 §17.1.2.2),
 * and a trunk that takes so long is no use for calls anyway.
 */
const PING_WITHIN_MS = 6000
const NO_ANSWER = 408

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
        const status = await within(PING_WITHIN_MS, port.ping(params.id!))
        return { status, tookMs: Math.round(performance.now() - begunMs) }
      },
    }),
  ]
}

async function within(limitMs: number, asked: Promise<number>): Promise<number> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<number>((resolve) => {
    timer = setTimeout(() => resolve(NO_ANSWER), limitMs)
  })
  // refused after nobody waits any more: told to nobody
  asked.catch(() => undefined)
  return Promise.race([asked, late]).finally(() => clearTimeout(timer))
}
