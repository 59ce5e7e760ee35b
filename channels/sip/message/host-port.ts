import { isIPv6 } from 'node:net'
import { isDigits, isHostName } from './characters.ts'
import { fault } from './syntax-fault.ts'

/**
 * hostport of RFC 3261 §25.1: name, IPv4 or bracketed IPv6, then optionally a port. Brackets are taken off.
 * Throws SyntaxFault.
 */
export function readHostPort(text: string): { host: string; port?: number } {
  if (text.startsWith('[')) {
    const end = text.indexOf(']')
    const host = text.slice(1, end === -1 ? undefined : end)
    if (end === -1 || host.includes('%') || !isIPv6(host)) fault('not an IPv6 address')
    if (end === text.length - 1) return { host }
    if (text[end + 1] !== ':') fault('host malformed')
    return { host, port: readPort(text.slice(end + 2)) }
  }
  const colon = text.indexOf(':')
  const host = colon === -1 ? text : text.slice(0, colon)
  if (host === '' || host.length > 255 || !isHostName(host)) fault('host malformed')
  return colon === -1 ? { host } : { host, port: readPort(text.slice(colon + 1)) }
}

function readPort(text: string): number {
  if (text === '' || text.length > 5 || !isDigits(text)) fault('port malformed')
  const port = Number(text)
  if (port > 65_535) fault('port malformed')
  return port
}

export function formatHostPort(host: string, port?: number): string {
  const bracketed = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  return port === undefined ? bracketed : `${bracketed}:${port}`
}
