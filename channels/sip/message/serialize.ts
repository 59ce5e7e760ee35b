import { formatCSeq } from './cseq.ts'
import { headerName, isListHeader } from './header-names.ts'
import { formatNameAddr } from './name-addr.ts'
import type { SipMessage } from './sip-message.ts'
import { formatUri } from './uri.ts'
import { formatVia } from './via.ts'

/**
 * The bytes of a message. Content-Length is always the body's. Line ends within values become spaces:
 * a name that came from outside must never turn into a header of its own.
 */
export function serialize(message: SipMessage): Buffer {
  const head = Buffer.from(formatHead(message), 'utf8')
  return message.body.length === 0 ? head : Buffer.concat([head, message.body])
}

function formatHead(message: SipMessage): string {
  let text =
    message.kind === 'request'
      ? `${message.method} ${safe(formatUri(message.uri))} SIP/2.0\r\n`
      : `SIP/2.0 ${message.status} ${safe(message.reason)}\r\n`
  const line = (name: string, value: string): void => {
    text += `${name}: ${safe(value)}\r\n`
  }
  for (const via of message.via) line('Via', formatVia(via))
  for (const route of message.route) line('Route', formatNameAddr(route))
  for (const route of message.recordRoute) line('Record-Route', formatNameAddr(route))
  if (message.maxForwards !== undefined) line('Max-Forwards', String(message.maxForwards))
  // '' is what a malformed request lacked; its 400 lacks it too
  if (message.from.unreadable !== '') line('From', formatNameAddr(message.from))
  if (message.to.unreadable !== '') line('To', formatNameAddr(message.to))
  if (message.callId !== '') line('Call-ID', message.callId)
  if (message.cseq.unreadable !== '') line('CSeq', formatCSeq(message.cseq))
  if (message.everyContact) line('Contact', '*')
  for (const contact of message.contact) line('Contact', formatNameAddr(contact))
  for (const [key, values] of message.headers) {
    const name = headerName(key)
    if (isListHeader(key) && fitsOneLine(values)) line(name, values.join(', '))
    else for (const value of values) line(name, value)
  }
  return `${text}Content-Length: ${message.body.length}\r\n\r\n`
}

/**
 * Token lists (Allow, Supported) go on one line, since old phones read only the first. Values with quotes or
 * brackets of their own do not: one that is broken would swallow the next.
 */
function fitsOneLine(values: string[]): boolean {
  return values.length < 64 && values.every((value) => value.length < 64 && !/["<>,]/.test(value))
}

const breaking = /[\r\n]+/g
function safe(value: string): string {
  return value.includes('\n') || value.includes('\r') ? value.replace(breaking, ' ') : value
}
