import type { Route } from '../api/route.ts'
import { route } from '../api/route.ts'
import { callRoutes } from './call-routes.ts'
import { extensionRoutes } from './extension-routes.ts'
import type { Extensions } from './extensions.ts'
import { numberRoutes } from './number-routes.ts'
import type { Numbers } from './numbers.ts'
import type { TelephonyPort } from './port.ts'
import { telephonyStatusView } from './schema.ts'
import type { TelephonyStatusView } from './schema.ts'
import type { TelephonySettings } from './settings.ts'
import { trunkRoutes } from './trunk-routes.ts'
import type { Trunks } from './trunks.ts'

export interface TelephonyRoutesOptions {
  settings: TelephonySettings
  trunks: Trunks
  numbers: Numbers
  extensions: Extensions
  port: TelephonyPort
}

export function telephonyRoutes(options: TelephonyRoutesOptions): Route[] {
  const { settings, port } = options
  return [
    ...trunkRoutes(options.trunks, port),
    ...numberRoutes(options.numbers, settings),
    ...extensionRoutes(options.extensions),
    ...callRoutes(port),
    route({
      method: 'get',
      path: '/telephony/status',
      tag: 'Telephony',
      summary: 'Listeners, registrations, load of the media workers, speech, registered phones',
      access: 'manageAccounts',
      answers: telephonyStatusView,
      handle: async (): Promise<TelephonyStatusView> => ({
        ...(await port.status()),
        realm: settings.realm,
      }),
    }),
  ]
}
