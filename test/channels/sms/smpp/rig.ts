/** One SMPP link against the simulated centre. */
import type { SmppSettings } from '../../../../channels/sms/smpp/account.ts'
import { smppSettings } from '../../../../channels/sms/smpp/account.ts'
import { SmppLink } from '../../../../channels/sms/smpp/link.ts'
import type { SmscOptions } from '../../../simulators/smpp.ts'
import { SmppSimulator } from '../../../simulators/smpp.ts'
import { RecordedEvents } from '../recorded-events.ts'

export const TOURIST = '+8613800138000'

export class SmppRig {
  readonly centre: SmppSimulator
  readonly events: RecordedEvents
  link!: SmppLink
  settings!: SmppSettings

  private constructor(centre: SmppSimulator, events: RecordedEvents) {
    this.centre = centre
    this.events = events
  }

  /** The centre listens and the link is bound. */
  static async open(
    options: SmscOptions = {},
    settings: Partial<SmppSettings> = {},
    events = new RecordedEvents(),
  ): Promise<SmppRig> {
    const rig = new SmppRig(new SmppSimulator(options), events)
    const { host, port } = await rig.centre.listen()
    rig.settings = settingsFor(host, port, settings)
    rig.link = new SmppLink(
      { id: 'sms', kind: 'smpp', name: 'sms', lang: 'zh-CN', settings: rig.settings },
      events,
    )
    rig.link.start()
    await events.until(() => events.health.length > 0)
    return rig
  }

  send(text: string, messageId = 'm1', more: { sentPieces?: number; to?: string } = {}) {
    return this.link.submit({ messageId, to: TOURIST, text, ...more })
  }

  async close(): Promise<void> {
    await this.link.stop()
    await this.centre.close()
  }
}

export function settingsFor(
  host: string,
  port: number,
  more: Partial<SmppSettings> = {},
): SmppSettings {
  return smppSettings.parse({
    ...{ host, port, systemId: 'yilu', password: 'secret', source: '12301' },
    ...more,
  })
}
