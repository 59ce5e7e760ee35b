import { isToken } from './characters.ts'
import type { Uri } from './sip-message.ts'
import { SyntaxFault, fault } from './syntax-fault.ts'
import { readUri } from './uri.ts'

export type StartLine = RequestLine | StatusLine
interface RequestLine {
  kind: 'request'
  method: string
  uri: Uri
  /** the method could be read but not the rest; the request is answered with its status */
  fault?: SyntaxFault
}
interface StatusLine {
  kind: 'response'
  status: number
  reason: string
  fault?: SyntaxFault
}

/** RFC 3261 §7.1, §7.2: exactly one space between the parts. Throws SyntaxFault when it is neither kind. */
export function readStartLine(line: string): StartLine {
  if (line.length > 8_192) fault('start line too long', 414)
  return /^SIP\//i.test(line) ? readStatusLine(line) : readRequestLine(line)
}

function readStatusLine(line: string): StatusLine {
  const parts = /^SIP\/2\.0 ([1-6]\d\d)(?: ([^\r\n]*))?$/i.exec(line)
  if (!parts) fault('status line malformed')
  return { kind: 'response', status: Number(parts[1]), reason: parts[2] ?? '' }
}

function readRequestLine(line: string): RequestLine {
  const methodEnd = line.indexOf(' ')
  const method = line.slice(0, Math.max(methodEnd, 0))
  if (method === '' || !isToken(method)) fault('neither request nor response')
  const uriEnd = line.lastIndexOf(' ')
  const uriText = line.slice(methodEnd + 1, Math.max(uriEnd, methodEnd + 1))
  const version = line.slice(uriEnd + 1)
  const result: RequestLine = { kind: 'request', method, uri: { scheme: 'other', text: uriText } }
  try {
    if (!/^SIP\/\d+\.\d+$/i.test(version)) fault('request line malformed')
    if (!/^SIP\/2\.0$/i.test(version)) fault('SIP version unknown', 505)
    result.uri = readUri(uriText)
    // RFC 3261 §19.1.1 table 1: no headers in a request URI; RFC 4475 escruri
    if (
      result.uri.scheme !== 'other' &&
      result.uri.scheme !== 'tel' &&
      result.uri.headers !== undefined
    )
      fault('request URI with headers')
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error
    result.fault = error
  }
  return result
}
