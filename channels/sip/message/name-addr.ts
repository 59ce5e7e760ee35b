import { isTokenCode } from './characters.ts'
import { limits } from './limits.ts'
import { formatParams, readParams } from './params.ts'
import { quote, unquote } from './quoting.ts'
import { Scanner } from './scanner.ts'
import type { NameAddr } from './sip-message.ts'
import { fault, orUndefined } from './syntax-fault.ts'
import { trimSpace } from './trim-space.ts'
import { formatUri, readUri } from './uri.ts'

/** One address with display name and parameters, as in From or Refer-To; undefined: malformed. */
export function parseNameAddr(text: string): NameAddr | undefined {
  return orUndefined(() => readOneNameAddr(text))
}

/** One or more addresses, as in Path or P-Asserted-Identity; undefined: malformed. */
export function parseNameAddrs(text: string): NameAddr[] | undefined {
  return orUndefined(() => {
    const list: NameAddr[] = []
    readNameAddrList(text, list)
    return list
  })
}

/** Like `parseNameAddr`, but throws SyntaxFault. */
export function readOneNameAddr(text: string): NameAddr {
  const scanner = new Scanner(text)
  const address = readNameAddr(scanner)
  scanner.space()
  if (!scanner.done) fault('address malformed')
  return address
}

/** Appends the addresses of one header line to `into`. Throws SyntaxFault. */
export function readNameAddrList(text: string, into: NameAddr[]): void {
  const scanner = new Scanner(text)
  do {
    into.push(readNameAddr(scanner))
    if (into.length > limits.valuesPerHeader) fault('too many values')
  } while (scanner.take(','))
  if (!scanner.done) fault('address malformed')
}

function readNameAddr(scanner: Scanner): NameAddr {
  scanner.space()
  let name: string | undefined
  if (scanner.peek() === 34) {
    name = unquote(scanner.quoted())
    scanner.space()
    if (scanner.peek() !== 60) fault("'<' missing")
  } else name = readPlainName(scanner)
  let uriText: string
  if (scanner.peek() === 60) {
    const end = scanner.text.indexOf('>', scanner.at)
    if (end === -1) fault("'>' missing")
    uriText = scanner.text.slice(scanner.at + 1, end)
    scanner.at = end + 1
  } else {
    uriText = scanner.word()
    // RFC 3261 §20: a URI with '?' has to stand in angle brackets
    if (uriText.includes('?')) fault('angle brackets missing')
  }
  const address: NameAddr = { uri: readUri(uriText), params: readParams(scanner) }
  if (name !== undefined && name !== '') address.name = name
  scanner.space()
  return address
}

/**
 * Words before '<' without quotes. Only tokens are allowed; letters beyond ASCII are taken too, since phones
 * send names so. If no '<' follows, nothing is taken: it was the URI.
 */
function readPlainName(scanner: Scanner): string | undefined {
  const { text } = scanner
  let at = scanner.at
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 60) {
      const name = trimSpace(text.slice(scanner.at, at))
      scanner.at = at
      return name
    }
    if (code !== 32 && code !== 9 && code < 128 && !isTokenCode(code)) return undefined
  }
  return undefined
}

export function formatNameAddr(address: NameAddr): string {
  const params = formatParams(address.params)
  if (address.unreadable !== undefined) return address.unreadable + params
  const uri = `<${formatUri(address.uri)}>`
  return address.name ? `${quote(address.name)} ${uri}${params}` : uri + params
}

/** An address from its parts. */
export function nameAddr(
  uri: NameAddr['uri'],
  options: { name?: string; params?: Record<string, string> } = {},
): NameAddr {
  const address: NameAddr = { uri, params: new Map(Object.entries(options.params ?? {})) }
  if (options.name) address.name = options.name
  return address
}

/** The tag of a From or To, undefined if it has none (yet). */
export function tagOf(address: NameAddr): string | undefined {
  return address.params.get('tag') || undefined
}
