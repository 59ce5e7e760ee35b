/** Places in the operator's own network that addresses set by staff may lead to (YILU_SOURCE_ALLOW). */
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

export interface AllowList {
  ranges: [Address, number][]
  /** names, in lower case; with a port where only that one is meant */
  hosts: { name: string; port?: number }[]
}

export const nothingAllowed: AllowList = { ranges: [], hosts: [] }

const NAME = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_-]+)*$/

/**
 * `10.1.0.0/16, 192.168.3.4, fd00:7::/64, tours.internal, db.internal:5432`
 * @throws an Error that names the entry that is none of these
 */
export function parseAllowList(text: string): AllowList {
  const list: AllowList = { ranges: [], hosts: [] }
  for (const entry of text.split(/[\s,]+/).filter(Boolean)) {
    const range = rangeOf(entry)
    if (range) {
      list.ranges.push(range)
      continue
    }
    const [name = '', port] = entry.toLowerCase().split(':')
    const bad =
      !NAME.test(name) ||
      // 10.1 and 0x7f.1 are addresses to some resolvers and names to others
      /(^|\.)(\d+|0x[0-9a-f]*)$/.test(name) ||
      (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535))
    if (bad) throw new Error(`neither an address, a range nor a host name: ${entry}`)
    list.hosts.push({ name, ...(port !== undefined && { port: Number(port) }) })
  }
  return list
}

function rangeOf(entry: string): [Address, number] | undefined {
  const [base = '', bits, ...more] = entry.split('/')
  if (more.length > 0 || !isAddress(base)) return undefined
  const address = ipaddr.parse(base)
  const whole = address.kind() === 'ipv4' ? 32 : 128
  const prefix = bits === undefined ? whole : /^\d{1,3}$/.test(bits) ? Number(bits) : Infinity
  return prefix <= whole ? [address, prefix] : undefined
}

/** Four decimal parts or IPv6; no shorter, octal or hexadecimal spelling. */
function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)
}
