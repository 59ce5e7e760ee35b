import { isIPv4 } from 'node:net'
import { networkInterfaces } from 'node:os'

/**
 * The address written into SDP where none is configured: nobody can send audio to 0.0.0.0, which means hold
 * (RFC 3264 §8.4) to whoever reads it.
 * @param host what the sockets are bound to
 */
export function ownAddress(host: string, interfaces = networkInterfaces()): string | undefined {
  if (host !== '0.0.0.0' && host !== '::') return undefined
  const addresses = Object.values(interfaces).flatMap((each) => each ?? [])
  const outside = addresses.find(({ address, internal }) => !internal && isIPv4(address))
  return outside?.address ?? '127.0.0.1'
}
