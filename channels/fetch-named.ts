import type { FetchOutside } from './provider.ts'
import { callProvider, Unreachable } from './provider-http.ts'

/**
 * A file at an address that a provider's answer names. At the account's own API it is asked for as everything is;
 * anywhere else behind the guard: an answer must not lead into the operator's network.
 * @param apiBase the address the account's settings name
 * @throws Unreachable; ADDRESS_REFUSED and PORT_REFUSED are the guard's
 */
export async function fetchNamed(
  address: string,
  apiBase: string,
  outside: FetchOutside,
  limits: { maxBytes: number; timeoutMs: number },
): Promise<{ status: number; body: Buffer }> {
  if (!URL.canParse(address)) throw new Unreachable('no', 'BAD_ANSWER')
  const url = new URL(address)
  if (url.origin === new URL(apiBase).origin)
    return callProvider(url, {}, limits.maxBytes, limits.timeoutMs)
  try {
    return await outside(url, limits)
  } catch (error) {
    const { code, name } = error as Error & { code?: string }
    throw new Unreachable('unknown', code ?? name)
  }
}
