/** What a link tells its channel, written down; the store can be switched off. */
import { EventEmitter, once } from 'node:events'
import type { DeliveryReport } from '../../../channels/channel.ts'
import type { HealthState } from '../../../channels/provider.ts'
import type { IncomingSms, SmsEvents } from '../../../channels/sms/link.ts'
import type { PartsStore } from '../../../channels/sms/reassembly.ts'
import { AddressGuard } from '../../../gateway/outgoing/address-guard.ts'
import { nothingAllowed } from '../../../gateway/outgoing/allow-list.ts'
import { CallOut } from '../../../gateway/outgoing/call-out.ts'
import { fetchOutside } from '../../../gateway/outgoing/fetch-outside.ts'

type Told = Omit<DeliveryReport, 'accountId'>

export class RecordedEvents extends EventEmitter<{ any: [] }> implements SmsEvents {
  readonly messages: IncomingSms[] = []
  readonly reports: Told[] = []
  /** 'ok', or state and code: 'down NOT_CONNECTED' */
  readonly health: string[] = []
  readonly errors: unknown[] = []
  storeDown = false
  nowMs = Date.UTC(2026, 10, 22, 4, 0, 0)
  /** the documents by name, as they are on disk */
  readonly documents = new Map<string, string>()

  readonly parts = this.kept('parts')

  kept(name: string): PartsStore {
    return {
      load: () => {
        const document = this.documents.get(name)
        return Promise.resolve(document && (JSON.parse(document) as unknown))
      },
      save: (value) => {
        if (this.storeDown) return Promise.reject(new Error('store down'))
        this.documents.set(name, JSON.stringify(value))
        return Promise.resolve()
      },
    }
  }

  fetchOutside = fetchOutside(new CallOut(new AddressGuard(nothingAllowed)))

  callbackUrl: string | undefined = 'https://hotline.example/channels/sms/main'

  now = (): number => this.nowMs

  received(sms: IncomingSms): Promise<void> {
    if (this.storeDown) return Promise.reject(new Error('store down'))
    const had = this.messages.some(({ dedupeKey }) => dedupeKey === sms.dedupeKey)
    if (!had) this.messages.push(sms)
    this.emit('any')
    return Promise.resolve()
  }

  reported(report: Told): Promise<void> {
    if (this.storeDown) return Promise.reject(new Error('store down'))
    this.reports.push(report)
    this.emit('any')
    return Promise.resolve()
  }

  ok(): void {
    this.health.push('ok')
    this.emit('any')
  }

  fault(state: Exclude<HealthState, 'ok'>, code: string): void {
    this.health.push(`${state} ${code}`)
    this.emit('any')
  }

  onError(error: unknown): void {
    this.errors.push(error)
    this.emit('any')
  }

  /** Waits until it holds; looks again at each event. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await once(this, 'any')
  }
}
