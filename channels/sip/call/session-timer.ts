import { ALLOW, SUPPORTED } from './capabilities.ts'
import type { Call } from './call.ts'
import { requestInDialog } from './request-in-dialog.ts'
import { intervalAsClient, type SessionInterval } from './session-interval.ts'
import type { Timer } from '../timing/clock.ts'

/** Ends calls whose other end vanished without BYE (RFC 4028 §10). */
export class SessionTimer {
  interval: SessionInterval | undefined
  readonly #call: Call
  #timer: Timer | undefined
  /** the peer answered UPDATE with 405 or 501 */
  #noUpdate = false

  constructor(call: Call) {
    this.#call = call
  }

  /** A session was agreed on or refreshed. */
  start(interval: SessionInterval | undefined): void {
    this.stop()
    this.interval = interval
    if (!interval || this.#call.over) return
    const { seconds, refresher } = interval
    // §10: refresh at half time; the other end is given up 32 s, or a third, before the end
    const after = refresher === 'us' ? seconds / 2 : seconds - Math.min(32, seconds / 3)
    this.#timer = this.#call.host.clock.after(after * 1000, () =>
      refresher === 'us' ? void this.#refresh() : this.#expired(),
    )
  }

  stop(): void {
    this.#timer?.cancel()
    this.#timer = undefined
  }

  #expired(): void {
    this.#call.fault(408, 'session expired')
  }

  async #refresh(): Promise<void> {
    const call = this.#call
    const { dialog, localSdp } = call
    const interval = this.interval
    if (!dialog || !interval || call.over) return
    // if no refresh succeeds, the session ends when it would have for the other end
    this.#timer = call.host.clock.after((interval.seconds / 2) * 1000, () => this.#expired())
    if (!call.peerAllows.has('UPDATE') || this.#noUpdate) {
      if (localSdp === undefined) return
      const answer = await call.reoffer(localSdp).catch(() => undefined)
      if (answer !== undefined) call.safely(() => call.onAnswer?.(answer))
      return
    }
    const { status, response } = await requestInDialog(call, dialog, 'UPDATE', {
      contact: [dialog.contact],
      headers: { allow: ALLOW, supported: SUPPORTED, ...this.headers() },
    })
    if (call.over) return
    if (response && status < 300) {
      dialog.refresh(response)
      return this.start(intervalAsClient(response) ?? interval)
    }
    if (status === 481 || status === 408) return call.fault(status, 'call lost')
    if (status === 405 || status === 501) {
      this.#noUpdate = true
      return void this.#refresh()
    }
    // 491, 500: another transaction was in the way; once more after the RFC's longest back-off
    this.stop()
    const againMs = Math.min(4000, interval.seconds * 100)
    this.#timer = call.host.clock.after(againMs, () => void this.#refresh())
  }

  /** Of a request of ours within the dialog: the roles stay as they are (§7.4). */
  headers(): Record<string, string> {
    if (!this.interval) return {}
    const { seconds, refresher } = this.interval
    return {
      'session-expires': `${seconds};refresher=${refresher === 'us' ? 'uac' : 'uas'}`,
      'min-se': String(this.#call.host.minSessionExpires),
    }
  }
}
