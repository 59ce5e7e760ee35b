/** A CMPP link and a gateway, connected, with what both saw. */
import { cmppSettings } from '../../../../channels/sms/cmpp/account.ts'
import type { CmppSettings } from '../../../../channels/sms/cmpp/account.ts'
import { CmppLink } from '../../../../channels/sms/cmpp/link.ts'
import type { IsmgOptions } from '../../../simulators/cmpp.ts'
import { CmppSimulator } from '../../../simulators/cmpp.ts'
import { RecordedEvents } from '../recorded-events.ts'

export interface Rig {
  gateway: CmppSimulator
  link: CmppLink
  events: RecordedEvents
  /** stops the link and makes it anew on the same store, as after a restart */
  restarted(): Promise<void>
  close(): Promise<void>
}

export async function rig(
  ismg: IsmgOptions = {},
  settings: Partial<CmppSettings> = {},
  events = new RecordedEvents(),
): Promise<Rig> {
  const gateway = new CmppSimulator(ismg)
  const { host, port } = await gateway.listen()
  const given = { host, port, spId: '900001', secret: '888888', srcId: '10690000' }
  // fractions of a second are for tests only
  const all = { ...cmppSettings.parse(given), ...settings }
  const make = () =>
    new CmppLink({ id: 'cmpp', kind: 'cmpp', name: 'CMPP', lang: 'zh-CN', settings: all }, events)
  const made: Rig = {
    ...{ gateway, events, link: make() },
    async restarted() {
      await made.link.stop()
      made.link = make()
      made.link.start()
    },
    async close() {
      await made.link.stop()
      await gateway.close()
    },
  }
  made.link.start()
  await events.until(() => events.health.length > 0)
  return made
}

let ids = 0
export const sms = (text: string, more: { to?: string; sentPieces?: number } = {}) => ({
  ...{ messageId: `m${++ids}`, to: '+8613800138000', text, ...more },
})
