import { formatHostPort, readHostPort } from './host-port.ts'
import { limits } from './limits.ts'
import { formatParams, readParams } from './params.ts'
import { Scanner } from './scanner.ts'
import type { Via } from './sip-message.ts'
import { fault } from './syntax-fault.ts'

/** Appends the values of one Via line to `into` (RFC 3261 §20.42). Throws SyntaxFault. */
export function readViaList(text: string, into: Via[]): void {
  const scanner = new Scanner(text)
  do {
    into.push(readVia(scanner))
    if (into.length > limits.valuesPerHeader) fault('too many Via values')
  } while (scanner.take(','))
  if (!scanner.done) fault('Via malformed')
}

function readVia(scanner: Scanner): Via {
  scanner.space()
  const protocol = scanner.token().toUpperCase()
  scanner.expect('/')
  const version = scanner.token()
  if (protocol !== 'SIP' || version !== '2.0') fault('Via protocol unknown')
  scanner.expect('/')
  const transport = scanner.token().toUpperCase()
  const afterTransport = scanner.at
  scanner.space()
  if (scanner.at === afterTransport) fault('Via without sent-by')
  let sentBy = scanner.word()
  scanner.space()
  // white space around the colon is allowed: "host : 5060"
  if (scanner.peek() === 58 || sentBy.endsWith(':')) {
    if (scanner.take(':')) sentBy += ':'
    sentBy += scanner.word()
  }
  const via: Via = { transport, ...readHostPort(sentBy), params: readParams(scanner) }
  scanner.space()
  return via
}

export function formatVia(via: Via): string {
  return `SIP/2.0/${via.transport} ${formatHostPort(via.host, via.port)}${formatParams(via.params)}`
}

/** The branch of a Via; undefined or without the magic cookie: an RFC 2543 peer. */
export function branchOf(via: Via): string | undefined {
  return via.params.get('branch') || undefined
}
