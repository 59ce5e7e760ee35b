import type { Route } from '../api/route.ts'
import { route } from '../api/route.ts'
import { callOutBody, callOutView } from './call-schema.ts'
import type { CallOutView } from './call-schema.ts'
import type { TelephonyPort } from './port.ts'

export function callRoutes(port: TelephonyPort): Route[] {
  return [
    route({
      method: 'post',
      path: '/calls',
      tag: 'Telephony',
      summary: 'Call a number and let a flow speak; answered when it is known how that went',
      access: 'supervise',
      body: callOutBody,
      answers: callOutView,
      handle: ({ body }): Promise<CallOutView> => port.callOut(body),
    }),
  ]
}
