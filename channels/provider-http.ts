/** Calls to a provider's HTTP API: bounded, and honest about whether a request that failed had left. */

const TIMEOUT_MS = 15_000

/** No usable answer. `sent`: 'no' where the request never left, 'unknown' where it may have had its effect. */
export class Unreachable extends Error {
  readonly sent: 'no' | 'unknown'
  /** a code, never an address: that may hold a token */
  readonly detail: string
  constructor(sent: 'no' | 'unknown', detail: string) {
    super(`provider not reached: ${detail}`)
    this.sent = sent
    this.detail = detail
  }
}

/** A connection that never came about. */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS)/

export interface ProviderAnswer {
  status: number
  headers: Headers
  body: Buffer
}

/**
 * Follows no redirects: a request with a secret goes where it was sent.
 * @param maxBytes of the answer
 * @param timeoutMs of all of it; longer than the 10 s that undici gives a connection, so that one that never
 *   came about is told apart from an answer that never came
 * @throws Unreachable
 */
export async function callProvider(
  url: string | URL,
  init: RequestInit,
  maxBytes: number,
  timeoutMs = TIMEOUT_MS,
): Promise<ProviderAnswer> {
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const response = await fetch(url, { redirect: 'manual', ...init, signal })
    const chunks: Uint8Array[] = []
    let bytes = 0
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      bytes += chunk.length
      if (bytes > maxBytes) throw new Unreachable('unknown', 'TOO_LARGE')
      chunks.push(chunk)
    }
    return { status: response.status, headers: response.headers, body: Buffer.concat(chunks) }
  } catch (error) {
    if (error instanceof Unreachable) throw error
    const { name, cause } = error as Error & { cause?: { code?: string } }
    const detail = cause?.code ?? name
    throw new Unreachable(neverSent.test(detail) ? 'no' : 'unknown', detail)
  }
}
