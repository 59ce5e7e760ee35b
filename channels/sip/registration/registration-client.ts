import { YiluError } from '../../../gateway/errors.ts'
import { mayTryAgain } from '../call/request-in-dialog.ts'
import { DigestClient } from '../digest/digest.ts'
import {
  createRequest,
  formatUri,
  nameAddr,
  newCallId,
  newTag,
  numberHeader,
  parseUri,
  sipUri,
  userOf,
  type NameAddr,
  type SipRequest,
  type SipResponse,
  type SipUri,
} from '../message/message.ts'
import type { Registration } from '../sip-engine.ts'
import type { Clock, Timer } from '../timing/clock.ts'
import type { TransactionLayer } from '../transaction/transaction-layer.ts'
import { backOffMs } from './back-off.ts'

const MAX_CHALLENGES = 3
/** A registrar that wants longer bindings than a day is broken. */
const MAX_EXPIRES = 86_400

interface Surroundings {
  layer: TransactionLayer
  clock: Clock
  userAgent: string
  contact: (user: string) => NameAddr
}

/** Keeps one binding at a provider's registrar (RFC 3261 §10.2). */
export class RegistrationClient {
  readonly #around: Surroundings
  readonly #registration: Registration
  readonly #aor: SipUri
  readonly #digest: DigestClient
  readonly #callId: string
  readonly #from: NameAddr
  #seq = 0
  #expires: number
  #failures = 0
  #challenges = 0
  #registered = false
  #timer: Timer | undefined
  #stopped: Promise<void> | undefined

  /** @throws BAD_REQUEST when the address of record is no sip: URI */
  constructor(around: Surroundings, registration: Registration) {
    const aor = parseUri(registration.aor)
    if (aor?.scheme !== 'sip' && aor?.scheme !== 'sips')
      throw new YiluError('BAD_REQUEST', { field: 'aor' })
    this.#around = around
    this.#registration = registration
    this.#aor = aor
    this.#digest = new DigestClient(registration.credentials)
    this.#callId = newCallId(aor.host)
    this.#from = nameAddr(aor, { params: { tag: newTag() } })
    this.#expires = registration.expiresSeconds
  }

  start(): void {
    this.#registration.onState({ state: 'registering' })
    this.#send()
  }

  /** Takes the binding back; resolves when the registrar said so, or does not answer. */
  stop(): Promise<void> {
    this.#timer?.cancel()
    this.#stopped ??= this.#registered ? this.#unregister() : Promise.resolve()
    return this.#stopped
  }

  #request(expires: number): SipRequest {
    const contact = this.#around.contact(userOf(this.#aor))
    const request = createRequest({
      method: 'REGISTER',
      uri: sipUri({
        scheme: this.#aor.scheme,
        host: this.#aor.host,
        ...(this.#aor.port !== undefined && { port: this.#aor.port }),
      }),
      from: this.#from,
      to: nameAddr(this.#aor),
      callId: this.#callId,
      seq: ++this.#seq,
      contact: [contact],
      headers: { expires: String(expires), 'user-agent': this.#around.userAgent },
    })
    this.#digest.sign(request)
    return request
  }

  #send(): void {
    const request = this.#request(this.#expires)
    this.#around.layer.send(request, this.#registration.registrar, {
      response: (response) => {
        if (response.status >= 200 && !this.#stopped) this.#answered(request, response)
      },
      timeout: () => this.#failed(408, 'no answer'),
      unreachable: () => this.#failed(503, 'registrar cannot be reached'),
    })
  }

  #answered(request: SipRequest, response: SipResponse): void {
    const { status } = response
    if (status < 300) return this.#bound(request, response)
    if (
      this.#challenges++ < MAX_CHALLENGES &&
      mayTryAgain(this.#digest, { status, response }, request)
    )
      return this.#send()
    const least = numberHeader(response, 'min-expires')
    if (status === 423 && least && least > this.#expires && least <= MAX_EXPIRES) {
      this.#expires = least
      return this.#send()
    }
    this.#failed(status, response.reason, numberHeader(response, 'retry-after'))
  }

  #bound(request: SipRequest, response: SipResponse): void {
    const { clock } = this.#around
    const seconds = grantedSeconds(request, response) ?? this.#expires
    if (seconds === 0) return this.#failed(response.status, 'binding not kept')
    this.#failures = 0
    this.#challenges = 0
    this.#registered = true
    this.#timer?.cancel()
    // a fifth of the time is left for repetitions; never more often than every five seconds
    this.#timer = clock.after(Math.max(5, seconds * 0.8) * 1000, () => this.#send())
    this.#tell({ state: 'registered', untilMs: clock.now() + seconds * 1000 })
  }

  #failed(status: number, reason: string, retryAfterSeconds?: number): void {
    if (this.#stopped) return
    const { clock } = this.#around
    this.#challenges = 0
    this.#registered = false
    const ms = backOffMs(this.#failures++, retryAfterSeconds)
    this.#timer?.cancel()
    this.#timer = clock.after(ms, () => {
      this.#tell({ state: 'registering' })
      this.#send()
    })
    this.#tell({ state: 'failed', status, reason, retryAtMs: clock.now() + ms })
  }

  #unregister(): Promise<void> {
    return new Promise((resolve) => {
      const send = (): void => {
        const request = this.#request(0)
        this.#around.layer.send(request, this.#registration.registrar, {
          response: (response) => {
            if (response.status < 200) return
            const again = this.#challenges++ < MAX_CHALLENGES
            const { status } = response
            if (again && mayTryAgain(this.#digest, { status, response }, request)) send()
            else resolve()
          },
          timeout: resolve,
          unreachable: resolve,
        })
      }
      send()
    })
  }

  #tell(state: Parameters<Registration['onState']>[0]): void {
    this.#registration.onState(state)
  }
}

/** §10.2.4: what the registrar granted our Contact; it lists those of other devices too. */
function grantedSeconds(request: SipRequest, response: SipResponse): number | undefined {
  const ours = formatUri(request.contact[0]!.uri)
  const mine =
    response.contact.find(({ uri }) => formatUri(uri) === ours) ??
    (response.contact.length === 1 ? response.contact[0] : undefined)
  const own = mine?.params.get('expires')
  if (own !== undefined && /^\d{1,9}$/.test(own)) return Number(own)
  return numberHeader(response, 'expires')
}
