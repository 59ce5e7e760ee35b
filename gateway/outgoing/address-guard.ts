/**
 * Decides which addresses the product may connect to on behalf of what staff typed. Whoever may edit a data source
 * must not reach what only this machine can: the store, the metadata service of a cloud, the operator's routers.
 */
import type { LookupAddress, LookupOptions } from 'node:dns'
import dns from 'node:dns'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { AllowList } from './allow-list.ts'

export type Refusal = 'ADDRESS_REFUSED' | 'PORT_REFUSED'

export class RefusedAddress extends Error {
  readonly code: Refusal
  constructor(code: Refusal) {
    super(code)
    this.code = code
  }
}

/** The platform address of Azure: public by its number, and answered by the machine's own host. */
const PLATFORM = new Set(['168.63.129.16'])
const GLOBAL_UNICAST: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3]
/** below this, only the ports of the web: a mail or file server is no data source */
const FIRST_FREE_PORT = 1024
const WEB_PORTS = new Set([80, 443])

type Answer = (error: Error | null, found: string | LookupAddress[], family?: number) => void
/** What net, http and the drivers take as `lookup`. */
export type Lookup = (name: string, options: LookupOptions, answer: Answer) => void
export type Resolve = (name: string) => Promise<LookupAddress[]>

const resolveByDns: Resolve = (name) => dns.promises.lookup(name, { all: true })

export class AddressGuard {
  private readonly allow: AllowList
  private readonly resolve: Resolve

  constructor(allow: AllowList, resolve: Resolve = resolveByDns) {
    this.allow = allow
    this.resolve = resolve
  }

  /** @throws RefusedAddress for a port that is not for data, or a host that is itself an address not to be reached */
  checkTarget(host: string, port: number): void {
    const bare = host.replace(/^\[(.*)\]$/, '$1')
    if (isIP(bare)) this.check(bare, bare, port)
    else if (!this.namesHost(bare, port) && !isFreePort(port))
      throw new RefusedAddress('PORT_REFUSED')
  }

  /** As `checkTarget`, for names too: tells at once what a driver would find out by trying again and again. */
  async checkResolved(host: string, port: number): Promise<void> {
    this.checkTarget(host, port)
    if (isIP(host)) return
    await new Promise<void>((resolve, reject) =>
      this.lookup(port)(host, { all: true }, (error) => (error ? reject(error) : resolve())),
    )
  }

  /**
   * Resolves a name and gives only addresses that may be reached: what connects with this connects to the very
   * address that was checked, whatever the name server says the next moment.
   */
  lookup(port: number): Lookup {
    return (name, options, answer) => {
      this.resolve(name).then(
        (found) => {
          const open = found.filter(({ address }) => this.permits(name, address, port))
          const wanted = Number(String(options.family ?? 0).replace('IPv', ''))
          const fits = open.filter(({ family }) => !wanted || family === wanted)
          const [first] = fits
          if (!first)
            return answer(
              found.length ? new RefusedAddress('ADDRESS_REFUSED') : noSuchName(name),
              [],
            )
          if (options.all) answer(null, fits)
          else answer(null, first.address, first.family)
        },
        (error: Error) => answer(error, []),
      )
    }
  }

  /** @param host the name it was found by */
  permits(host: string, address: string, port: number): boolean {
    try {
      this.check(host, address, port)
      return true
    } catch {
      return false
    }
  }

  private check(host: string, address: string, port: number): void {
    const bare = address.replace(/%.*$/, '')
    if (!ipaddr.isValid(bare)) throw new RefusedAddress('ADDRESS_REFUSED')
    // ::ffff:10.0.0.1 is 10.0.0.1
    const parsed = ipaddr.process(bare)
    if (this.inRange(parsed)) return
    if (this.namesHost(host, port) && !isNeverByName(parsed)) return
    if (!isPublic(parsed)) throw new RefusedAddress('ADDRESS_REFUSED')
    if (!isFreePort(port)) throw new RefusedAddress('PORT_REFUSED')
  }

  private inRange(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
    return this.allow.ranges.some(
      ([base, prefix]) => base.kind() === address.kind() && address.match(base, prefix),
    )
  }

  private namesHost(host: string, port: number): boolean {
    const plain = host.toLowerCase().replace(/\.$/, '')
    return this.allow.hosts.some(
      (each) => each.name === plain && (each.port === undefined || each.port === port),
    )
  }
}

const isFreePort = (port: number) => port >= FIRST_FREE_PORT || WEB_PORTS.has(port)

/** A name the operator vouches for still does not lead to a metadata service: that takes its range. */
const isNeverByName = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  ['linkLocal', 'multicast', 'broadcast'].includes(address.range()) ||
  PLATFORM.has(address.toString())

/** IANA's special-purpose registries (RFC 6890): all but ordinary unicast is out, tunnels into IPv4 too. */
function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast' || PLATFORM.has(address.toString())) return false
  return address.kind() === 'ipv4' || address.match(...(GLOBAL_UNICAST as [never, number]))
}

function noSuchName(name: string): Error {
  return Object.assign(new Error(`no address for ${name}`), { code: 'ENOTFOUND' })
}
