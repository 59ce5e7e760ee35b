import { fail } from '../../../gateway/errors.ts'
import type { Dialog } from '../dialog/dialog.ts'
import type { SipRequest, SipResponse } from '../message/message.ts'
import { lifeOf } from '../timing/sip-timers.ts'
import { ALLOW, SUPPORTED } from './capabilities.ts'
import { SDP, sdpOf } from './body.ts'
import type { Call } from './call.ts'
import { copyCredentials, mayTryAgain, type Final } from './request-in-dialog.ts'
import { intervalAsClient } from './session-interval.ts'

/** Glare ends by itself; a peer that answers 491 for ever is not asked for ever. */
const MAX_GLARE = 8

/** Re-INVITEs of ours, one after another, never beside an offer of theirs (RFC 3261 §14.1). */
export class Reoffers {
  /** a re-INVITE is on its way */
  pending = false
  readonly #call: Call
  #last: Promise<unknown> = Promise.resolve()
  #waiting: (() => void)[] = []

  constructor(call: Call) {
    this.#call = call
  }

  /** @returns their answer. @throws NO_CALL, SESSION_REFUSED */
  send(sdp: string): Promise<string> {
    const turn = this.#last.then(() => this.#negotiate(sdp))
    this.#last = turn.catch(() => undefined)
    return turn
  }

  /** Something ended that a re-INVITE may wait for. */
  wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const go of waiting) go()
  }

  async #negotiate(sdp: string): Promise<string> {
    const call = this.#call
    for (let glare = 0; glare <= MAX_GLARE; glare++) {
      while (!call.over && (call.answering || call.unacknowledged.length || call.offering))
        await new Promise<void>((resolve) => this.#waiting.push(resolve))
      const { dialog } = call
      if (call.over || !dialog || call.state !== 'answered') fail('NO_CALL')
      this.pending = true
      const { status, response } = await this.#invite(dialog, sdp)
      this.pending = false
      this.wake()
      if (status === 491) {
        await this.#backOff()
        continue
      }
      if (response && status < 300) {
        const answer = sdpOf(response)
        call.localSdp = sdp
        if (answer) return answer
      }
      // RFC 3261 §14.1 and §12.2.1.2: the other end knows of no call any more
      if (status === 481 || status === 408) call.fault(status, 'call lost')
      fail('SESSION_REFUSED', { status })
    }
    return fail('SESSION_REFUSED', { status: 491 })
  }

  async #invite(dialog: Dialog, sdp: string): Promise<Final> {
    const call = this.#call
    for (;;) {
      const request = dialog.request('INVITE', {
        contact: [dialog.contact],
        headers: { allow: ALLOW, supported: SUPPORTED, ...call.sessionTimer.headers() },
        contentType: SDP,
        body: sdp,
      })
      call.digest?.sign(request)
      const final = await this.#once(dialog, request)
      if (!mayTryAgain(call.digest, final, request)) return final
    }
  }

  #once(dialog: Dialog, request: SipRequest): Promise<Final> {
    const call = this.#call
    const hop = dialog.hop()
    if (!hop) return Promise.resolve({ status: 503 })
    let again: (() => void) | undefined
    return new Promise((resolve) => {
      const sent = call.host.layer.send(request, hop, {
        response: (response: SipResponse) => {
          if (response.status < 200) return
          limit.cancel()
          if (response.status < 300) {
            if (again) return again()
            dialog.refresh(response)
            call.learnAllow(response)
            const ack = copyCredentials(request, dialog.request('ACK', {}, request.cseq.seq))
            again = call.host.layer.sendAck(ack, dialog.hop() ?? hop)
            call.sessionTimer.start(intervalAsClient(response) ?? call.sessionTimer.interval)
          }
          resolve({ status: response.status, response })
        },
        timeout: () => resolve({ status: 408 }),
        unreachable: () => resolve({ status: 503 }),
      })
      // a peer that says 100 and then nothing must not hold the call for ever
      const limit = call.host.clock.after(2 * lifeOf(call.host.timers), () => {
        if (sent.transaction) call.host.layer.cancel(sent.transaction)
        resolve({ status: 500 })
      })
    })
  }

  /** RFC 3261 §14.1: who made the Call-ID waits 2.1–4 s, the other up to 2 s, so that they miss each other. */
  #backOff(): Promise<void> {
    const { host, direction } = this.#call
    const steps = direction === 'out' ? 210 + Math.random() * 190 : Math.random() * 200
    // the RFC's seconds are meant for T1 = 500 ms
    const ms = Math.ceil(steps) * 10 * (host.timers.t1 / 500)
    return new Promise((resolve) => {
      host.clock.after(ms, resolve)
    })
  }
}
