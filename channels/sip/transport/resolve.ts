import { promises as dns } from 'node:dns'
import { isIP } from 'node:net'
import type { SipTarget, SipTransport } from '../sip-engine.ts'

const KEEP_MS = 60_000
const KEEP_NAMES = 1000
const known = new Map<string, { at: number; found: Promise<SipTarget> }>()

export const DEFAULT_PORT: Record<SipTransport, number> = { udp: 5060, tcp: 5060, tls: 5061 }

/**
 * Where a host is, as an IP address: SRV when no port was named (RFC 3263 §4.2), then A or AAAA.
 * NAPTR is not asked: the transport comes from the URI or the account's settings.
 */
export function resolve(
  host: string,
  port: number | undefined,
  transport: SipTransport,
): Promise<SipTarget> | SipTarget {
  const bare = host.startsWith('[') ? host.slice(1, -1) : host
  if (isIP(bare)) return { host: bare, port: port ?? DEFAULT_PORT[transport], transport }
  const key = `${transport}:${host}:${port ?? ''}`
  const cached = known.get(key)
  if (cached && Date.now() - cached.at < KEEP_MS) return cached.found
  const found = ask(bare, port, transport)
  known.delete(key)
  known.set(key, { at: Date.now(), found })
  found.catch(() => known.delete(key))
  if (known.size > KEEP_NAMES) known.delete(known.keys().next().value!)
  return found
}

async function ask(
  host: string,
  port: number | undefined,
  transport: SipTransport,
): Promise<SipTarget> {
  if (port === undefined) {
    const service = transport === 'tls' ? `_sips._tcp.${host}` : `_sip._${transport}.${host}`
    const records = await dns.resolveSrv(service).catch(() => [])
    records.sort((a, b) => a.priority - b.priority || b.weight - a.weight)
    if (records[0]) {
      const { address } = await dns.lookup(records[0].name)
      return { host: address, port: records[0].port, transport }
    }
  }
  const { address } = await dns.lookup(host)
  return { host: address, port: port ?? DEFAULT_PORT[transport], transport }
}
