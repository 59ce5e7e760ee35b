/** Addresses and CIDR ranges (RFC 4632, RFC 4291 §2.3) by which trunks are known. */
import { BlockList, isIP, SocketAddress } from 'node:net'

export interface AddressRange {
  /** network and prefix in one spelling, so that the same range is recognised however it was written */
  readonly key: string
  /** bits that must agree; more is more specific */
  readonly prefix: number
  readonly family: 'ipv4' | 'ipv6'
  contains(address: string): boolean
}

/** '10.0.0.7', '10.0.0.0/8', '2001:db8::/32'; undefined: neither. */
export function parseRange(text: string): AddressRange | undefined {
  const [base = '', bits, ...rest] = text.trim().split('/')
  const address = plainAddress(base)
  const family = isIP(address)
  if (!family || rest.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits)))
    return undefined
  const whole = family === 4 ? 32 : 128
  const prefix = bits === undefined ? whole : Number(bits)
  if (prefix > whole) return undefined
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  const list = new BlockList()
  list.addSubnet(address, prefix, kind)
  return {
    key: `${networkOf(address, family, prefix)}/${prefix}`,
    prefix,
    family: kind,
    contains(other) {
      const plain = plainAddress(other)
      return isIP(plain) === family && list.check(plain, kind)
    },
  }
}

/** An IPv4 address as a dual-stack socket shows it (::ffff:10.0.0.7) is that IPv4 address. */
export function plainAddress(address: string): string {
  const bare = address.replace(/%.*$/, '')
  return bare.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
}

function networkOf(address: string, family: number, prefix: number): string {
  const bytes = bytesOf(address, family)
  return bytes
    .map((byte, at) => byte & (0xff << Math.max(0, 8 - Math.max(0, prefix - at * 8))) & 0xff)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}

function bytesOf(address: string, family: number): number[] {
  if (family === 4) return address.split('.').map(Number)
  // the longest spelling node gives is RFC 5952's; only '::' and an embedded IPv4 are left to spread out
  const { address: short } = new SocketAddress({ address, family: 'ipv6' })
  const [head = '', tail] = short.split('::')
  const groups = (part: string): number[] =>
    part === ''
      ? []
      : part.split(':').flatMap((group) => {
          if (group.includes('.')) return group.split('.').map(Number)
          const value = parseInt(group, 16)
          return [value >> 8, value & 0xff]
        })
  const front = groups(head)
  const back = tail === undefined ? [] : groups(tail)
  return [...front, ...Array<number>(16 - front.length - back.length).fill(0), ...back]
}
