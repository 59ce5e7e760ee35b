import {
  escapesAreWhole,
  isPassword,
  isToken,
  isUriHeaders,
  isUriParam,
  isUser,
} from './characters.ts'
import { formatHostPort, readHostPort } from './host-port.ts'
import { limits } from './limits.ts'
import { formatParams } from './params.ts'
import type { Params, SipUri, TelUri, Uri } from './sip-message.ts'
import { fault, orUndefined } from './syntax-fault.ts'

/** sip:, sips: (RFC 3261 §19.1) and tel: (RFC 3966) taken apart, other schemes whole; undefined: malformed. */
export function parseUri(text: string): Uri | undefined {
  return orUndefined(() => readUri(text))
}

/** Like `parseUri`, but throws SyntaxFault. */
export function readUri(text: string): Uri {
  if (text.length > limits.uriChars) fault('URI too long', 414)
  const colon = text.indexOf(':')
  if (colon < 1) fault('URI without scheme')
  const scheme = text.slice(0, colon).toLowerCase()
  if (scheme === 'sip' || scheme === 'sips') return readSipUri(scheme, text.slice(colon + 1))
  if (scheme === 'tel') return readTelUri(text.slice(colon + 1))
  if (!/^[a-z][a-z0-9+.-]*$/.test(scheme) || !/^[!#-;=?-~]+$/.test(text)) fault('URI malformed')
  return { scheme: 'other', text }
}

function readSipUri(scheme: 'sip' | 'sips', rest: string): SipUri {
  const uri: SipUri = { scheme, host: '', params: noParams() }
  const at = rest.indexOf('@')
  if (at !== -1) {
    // ';' and '?' may stand in a user, so the '@' is looked for before them
    const colon = rest.indexOf(':')
    const userEnd = colon !== -1 && colon < at ? colon : at
    uri.user = rest.slice(0, userEnd)
    if (uri.user === '' || !isUser(uri.user) || !escapesAreWhole(uri.user)) fault('user malformed')
    if (userEnd < at) {
      uri.password = rest.slice(userEnd + 1, at)
      if (!isPassword(uri.password) || !escapesAreWhole(uri.password)) fault('password malformed')
    }
    rest = rest.slice(at + 1)
  }
  const question = rest.indexOf('?')
  if (question !== -1) {
    uri.headers = rest.slice(question + 1)
    if (!isUriHeaders(uri.headers) || !escapesAreWhole(uri.headers)) fault('URI headers malformed')
    rest = rest.slice(0, question)
  }
  const semicolon = rest.indexOf(';')
  const { host, port } = readHostPort(semicolon === -1 ? rest : rest.slice(0, semicolon))
  uri.host = host
  if (port !== undefined) uri.port = port
  if (semicolon !== -1) uri.params = readUriParams(rest.slice(semicolon + 1))
  return uri
}

function readTelUri(rest: string): TelUri {
  const semicolon = rest.indexOf(';')
  const number = semicolon === -1 ? rest : rest.slice(0, semicolon)
  if (!isTelNumber(number)) fault('telephone number malformed')
  return {
    scheme: 'tel',
    number,
    params: semicolon === -1 ? noParams() : readUriParams(rest.slice(semicolon + 1)),
  }
}

/** RFC 3966 §3: a global number begins with '+'; a local one may have hexadecimal digits, '*' and '#'. */
function isTelNumber(number: string): boolean {
  return number.startsWith('+')
    ? /^\+[0-9().-]+$/.test(number) && /[0-9]/.test(number)
    : /^[0-9A-Fa-f*#().-]+$/.test(number) && /[0-9A-Fa-f*#]/.test(number)
}

function readUriParams(text: string): Params {
  const params: Params = new Map()
  for (const param of text.split(';', limits.params + 1)) {
    const equals = param.indexOf('=')
    const name = (equals === -1 ? param : param.slice(0, equals)).toLowerCase()
    const value = equals === -1 ? '' : param.slice(equals + 1)
    if (name === '' || !isUriParam(name) || !isUriParam(value)) fault('URI parameter malformed')
    if (!escapesAreWhole(name) || !escapesAreWhole(value)) fault('URI parameter malformed')
    if (params.size >= limits.params) fault('too many URI parameters')
    // RFC 3261 §19.1.1: a name must not come twice; the first wins
    if (!params.has(name)) params.set(name, value)
  }
  return params
}

const noParams = (): Params => new Map()

export function formatUri(uri: Uri): string {
  if (uri.scheme === 'other') return uri.text
  if (uri.scheme === 'tel') return `tel:${uri.number}${formatParams(uri.params)}`
  let text = `${uri.scheme}:`
  if (uri.user !== undefined) {
    text += uri.password === undefined ? `${uri.user}@` : `${uri.user}:${uri.password}@`
  }
  text += formatHostPort(uri.host, uri.port)
  if (uri.params.size > 0) text += formatParams(uri.params)
  return uri.headers === undefined ? text : `${text}?${uri.headers}`
}

/** A sip: URI from plain parts; the user is escaped here, so any text may be handed in. */
export function sipUri(parts: {
  scheme?: 'sip' | 'sips'
  user?: string
  host: string
  port?: number
  params?: Record<string, string>
}): SipUri {
  const uri: SipUri = {
    scheme: parts.scheme ?? 'sip',
    host: parts.host,
    params: new Map(Object.entries(parts.params ?? {})),
  }
  if (parts.user !== undefined && parts.user !== '') uri.user = escapeUser(parts.user)
  if (parts.port !== undefined) uri.port = parts.port
  return uri
}

/** Everything but unreserved characters and & + $ = , becomes %XX of its UTF-8 bytes. */
function escapeUser(user: string): string {
  // a lone surrogate has no UTF-8; through a buffer it becomes U+FFFD instead of an exception
  const wellFormed = Buffer.from(user, 'utf8').toString('utf8')
  return encodeURIComponent(wellFormed).replace(/%(2B|26|3D|24|2C)/g, (escape) =>
    decodeURIComponent(escape),
  )
}

/**
 * Who a URI names: the user part decoded, or the telephone number without its visual separators; '' if nobody.
 */
export function userOf(uri: Uri): string {
  if (uri.scheme === 'tel') return uri.number.replace(/[().-]/g, '')
  if (uri.scheme === 'other' || uri.user === undefined) return ''
  return unescapeUri(uri.user)
}

/** The headers of a URI (`?Replaces=…`), names in lower case, values decoded. */
export function uriHeaders(uri: Uri): Map<string, string> {
  const headers = new Map<string, string>()
  if (uri.scheme === 'other' || uri.scheme === 'tel' || !uri.headers) return headers
  for (const header of uri.headers.split('&', limits.params)) {
    const equals = header.indexOf('=')
    const name = unescapeUri(equals === -1 ? header : header.slice(0, equals)).toLowerCase()
    if (isToken(name) && name !== '' && !headers.has(name))
      headers.set(name, equals === -1 ? '' : unescapeUri(header.slice(equals + 1)))
  }
  return headers
}

/** %XX → characters; bytes that are no UTF-8 become U+FFFD. */
export function unescapeUri(text: string): string {
  if (!text.includes('%')) return text
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'),
  )
}
