import {
  createResponse,
  formatUri,
  header,
  nameAddr,
  numberHeader,
  userOf,
  type NameAddr,
  type SipRequest,
  type SipResponse,
  type Uri,
} from '../message/message.ts'
import type { Peer, SipBinding } from '../sip-engine.ts'
import type { Flow } from '../transport/flow.ts'

/** Seconds: asked for nothing; the longest; the shortest (RFC 3261 §10.3 allows to refuse up to an hour). */
const DEFAULT_EXPIRES = 3600
const MAX_EXPIRES = 7200
const MIN_EXPIRES = 60
/** Places one extension may be at: desk phone, softphone, mobile, and what they forgot to take back. */
const MAX_BINDINGS = 10
const MAX_URI = 500

interface Binding extends SipBinding {
  contact: Uri
  callId: string
  seq: number
}

/**
 * Where our own phones are (RFC 3261 §10.3), in memory: they register again within minutes of a restart.
 * A phone is called where its REGISTER came from, not where its Contact says: it may be behind NAT.
 */
export class Registrar {
  readonly #now: () => number
  /** newest last */
  readonly #bindings = new Map<string, Binding[]>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** newest first */
  bindings(extension: string): SipBinding[] {
    const bindings = this.#alive(extension)
    return bindings.map(({ contact: _u, callId: _c, seq: _s, ...binding }) => binding).reverse()
  }

  get count(): number {
    let count = 0
    for (const extension of this.#bindings.keys()) count += this.#alive(extension).length
    return count
  }

  isBinding(address: string, port: number): boolean {
    for (const bindings of this.#bindings.values())
      for (const { target } of bindings)
        if (target.host === address && target.port === port) return true
    return false
  }

  /** A REGISTER whose sender proved to be this peer. @returns the answer */
  register(request: SipRequest, flow: Flow, peer: Peer, userName: string): SipResponse {
    const who = userOf(request.to.uri)
    if (peer.kind !== 'extension' || (who !== peer.id && who !== userName))
      return createResponse(request, 403)
    return this.#update(request, flow, peer.id)
  }

  #update(request: SipRequest, flow: Flow, extension: string): SipResponse {
    const alive = this.#alive(extension)
    const { seq } = request.cseq
    // §10.3 step 7: an older request of the same phone that was overtaken changes nothing
    if (alive.some((b) => b.callId === request.callId && seq <= b.seq))
      return createResponse(request, 500)
    const asked = numberHeader(request, 'expires')
    if (request.everyContact) {
      if (asked !== 0) return createResponse(request, 400)
      this.#bindings.delete(extension)
      return this.#told(request, extension)
    }
    const wanted = request.contact.map((contact) => ({
      contact,
      uri: formatUri(contact.uri),
      seconds: secondsOf(contact, asked),
    }))
    if (wanted.some(({ seconds }) => seconds > 0 && seconds < MIN_EXPIRES))
      return createResponse(request, 423, { headers: { 'min-expires': String(MIN_EXPIRES) } })
    if (wanted.some(({ uri }) => uri.length > MAX_URI)) return createResponse(request, 400)
    let bindings = alive
    for (const { contact, uri, seconds } of wanted) {
      bindings = bindings.filter((b) => b.uri !== uri)
      if (!seconds) continue
      const userAgent = header(request, 'user-agent')?.slice(0, 100)
      bindings.push({
        uri,
        contact: contact.uri,
        target: { host: flow.address, port: flow.port, transport: flow.transport },
        untilMs: this.#now() + Math.min(seconds, MAX_EXPIRES) * 1000,
        ...(userAgent && { userAgent }),
        callId: request.callId,
        seq,
      })
    }
    if (bindings.length) this.#bindings.set(extension, bindings.slice(-MAX_BINDINGS))
    else this.#bindings.delete(extension)
    return this.#told(request, extension)
  }

  #told(request: SipRequest, extension: string): SipResponse {
    const now = this.#now()
    return createResponse(request, 200, {
      headers: { date: dateOf(now) },
      contact: this.#alive(extension).map(({ contact, untilMs }) =>
        nameAddr(contact, { params: { expires: String(Math.ceil((untilMs - now) / 1000)) } }),
      ),
    })
  }

  #alive(extension: string): Binding[] {
    const bindings = this.#bindings.get(extension)
    if (!bindings) return []
    const alive = bindings.filter((b) => b.untilMs > this.#now())
    if (!alive.length) this.#bindings.delete(extension)
    else if (alive.length < bindings.length) this.#bindings.set(extension, alive)
    return alive
  }
}

function secondsOf(contact: NameAddr, asked: number | undefined): number {
  const own = contact.params.get('expires')
  return own !== undefined && /^\d{1,9}$/.test(own) ? Number(own) : (asked ?? DEFAULT_EXPIRES)
}

/** RFC 3261 §20.17: phones without a clock set theirs by it */
const dateOf = (ms: number): string => new Date(ms).toUTCString()
