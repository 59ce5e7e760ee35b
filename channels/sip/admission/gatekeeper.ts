import { DigestServer } from '../digest/digest.ts'
import { createResponse, type SipRequest, type SipResponse } from '../message/message.ts'
import type { Peer, SipPolicy } from '../sip-engine.ts'
import { Offenders } from './offenders.ts'

export type Admission =
  | { kind: 'known'; peer: Peer; userName?: string }
  /** answer so and forget the request */
  | { kind: 'refused'; response: SipResponse }
  | { kind: 'ignored' }

/**
 * What a challenge offers. Answers by either are taken. SHA-256 beside MD5 is what RFC 8760 asks for, but
 * baresip 1.0.0 gives up when any challenge names another algorithm than MD5 ("Function not implemented"),
 * and sipp 3.6 reads the first one only; so MD5 alone is the default.
 */
export type ChallengeAlgorithm = 'SHA-256' | 'MD5'

/**
 * Who sends a request: a trunk by its address, anybody else by digest. No credentials: 401; a wrong password
 * or user: 403, and after ten of them silence for the rest of the minute.
 */
export class Gatekeeper {
  readonly #policy: SipPolicy
  readonly #digest: DigestServer
  readonly #offenders = new Offenders()

  readonly #algorithms: readonly ChallengeAlgorithm[]

  constructor(policy: SipPolicy, algorithms: readonly ChallengeAlgorithm[]) {
    this.#policy = policy
    this.#algorithms = algorithms
    this.#digest = new DigestServer({
      realm: policy.realm,
      secretOf: (userName) => policy.credentials(userName),
    })
  }

  /** @param always digest is asked for even of a known address (REGISTER) */
  admit(request: SipRequest, address: string, nowMs: number, always = false): Admission {
    const trunk = always ? undefined : this.#policy.peerByAddress(address)
    if (trunk) return { kind: 'known', peer: trunk }
    if (this.#offenders.ignored(address, nowMs)) return { kind: 'ignored' }
    const verdict = this.#digest.verify({
      method: request.method,
      credentials: [
        ...(request.headers.get('authorization') ?? []),
        ...(request.headers.get('proxy-authorization') ?? []),
      ],
      nowMs,
    })
    if (verdict.ok) {
      const secret = this.#policy.credentials(verdict.userName)
      if (secret) {
        this.#offenders.succeeded(address)
        return { kind: 'known', peer: secret.peer, userName: verdict.userName }
      }
    }
    if (!verdict.ok && verdict.reason !== 'wrong') {
      if (verdict.reason === 'missing') this.#offenders.challenged(address, nowMs)
      const challenges = this.#digest
        .challenge(nowMs, verdict.stale)
        .filter((value) => this.#algorithms.some((name) => value.includes(`algorithm=${name},`)))
      const response = createResponse(request, 401, { headers: { 'www-authenticate': challenges } })
      return { kind: 'refused', response }
    }
    this.#offenders.failed(address, nowMs)
    return { kind: 'refused', response: createResponse(request, 403) }
  }
}
