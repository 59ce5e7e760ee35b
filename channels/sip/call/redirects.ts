import { targetOfUri, withoutHeaders } from '../dialog/route.ts'
import { formatUri, type SipResponse, type Uri } from '../message/message.ts'
import type { SipTarget } from '../sip-engine.ts'

/** Addresses tried for one call; two servers that point at each other end here. */
const MAX_TARGETS = 8

/** Where 3xx responses point (RFC 3261 §8.1.3.4): best q first, none twice. */
export class Redirects {
  readonly #tried = new Set<string>()
  #open: { uri: Uri; target: SipTarget; q: number }[] = []

  constructor(first: Uri) {
    this.#tried.add(formatUri(first))
  }

  add(response: SipResponse): void {
    for (const { uri, params } of response.contact) {
      if (uri.scheme !== 'sip' && uri.scheme !== 'sips') continue
      const plain = withoutHeaders(uri)
      const target = targetOfUri(plain)
      const text = formatUri(plain)
      if (!target || this.#tried.has(text) || this.#tried.size >= MAX_TARGETS) continue
      this.#tried.add(text)
      const q = Number(params.get('q') ?? 1)
      this.#open.push({ uri: plain, target, q: Number.isFinite(q) ? q : 1 })
    }
    this.#open.sort((a, b) => b.q - a.q)
  }

  next(): { uri: Uri; target: SipTarget } | undefined {
    return this.#open.shift()
  }
}
