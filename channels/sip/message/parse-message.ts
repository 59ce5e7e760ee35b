import { readCSeq } from './cseq.ts'
import { readHeaderLines } from './header-lines.ts'
import { isListHeader } from './header-names.ts'
import { limits } from './limits.ts'
import { readListValues } from './list-values.ts'
import { readNameAddrList, readOneNameAddr } from './name-addr.ts'
import type {
  KeepAlive,
  MalformedMessage,
  NameAddr,
  SipFields,
  SipMessage,
  SipRequest,
  SipResponse,
} from './sip-message.ts'
import { readStartLine } from './start-line.ts'
import type { StartLine } from './start-line.ts'
import { SyntaxFault, fault, orUndefined } from './syntax-fault.ts'
import { readViaList } from './via.ts'

/**
 * One datagram, or one whole message that the stream framer cut out. Never throws.
 * Work is linear in the length and bounded by `limits`; measured 10–20 µs for an INVITE of 1 kB.
 */
export function parseMessage(data: Buffer): SipMessage | MalformedMessage | KeepAlive {
  if (data.length > limits.messageBytes) return malformed('message too long', 413)
  // RFC 3261 §7.5: line ends before the start line are ignored
  let start = 0
  while (data[start] === 13 || data[start] === 10) start++
  if (start === data.length) return { kind: 'keepAlive' }

  const headEnd = data.indexOf('\r\n\r\n', start)
  const head = data.toString('utf8', start, headEnd === -1 ? data.length : headEnd)
  const bytesAfterHead = headEnd === -1 ? data.subarray(data.length) : data.subarray(headEnd + 4)
  const draft = new Draft()
  const lineEnd = head.indexOf('\r\n')
  const startLine = draft.keep(() => readStartLine(lineEnd === -1 ? head : head.slice(0, lineEnd)))
  if (!startLine) return malformed(draft.fault!.reason, draft.fault!.status)
  if (startLine.fault) draft.fault = startLine.fault
  if (headEnd === -1) draft.fault ??= new SyntaxFault('headers do not end')
  draft.keep(() => readHeaderLines(head, lineEnd, (key, value) => draft.header(key, value)))
  draft.keep(() => draft.finish(startLine, bytesAfterHead))
  return draft.fault
    ? refused(startLine, draft.fields, draft.fault)
    : complete(startLine, draft.fields)
}

function complete(startLine: StartLine, fields: SipFields): SipRequest | SipResponse {
  return startLine.kind === 'request'
    ? { kind: 'request', method: startLine.method, uri: startLine.uri, ...fields }
    : { kind: 'response', status: startLine.status, reason: startLine.reason, ...fields }
}

function refused(startLine: StartLine, fields: SipFields, why: SyntaxFault): MalformedMessage {
  const result = malformed(why.reason, why.status)
  const answerable =
    startLine.kind === 'request' && startLine.method !== 'ACK' && fields.via.length > 0
  if (answerable) {
    result.request = { kind: 'request', method: startLine.method, uri: startLine.uri, ...fields }
  }
  return result
}

function malformed(reason: string, status: number): MalformedMessage {
  return { kind: 'malformed', reason, status }
}

const noBody = Buffer.alloc(0)

/** What has been read so far. A faulty header does not stop the rest, so that a 400 can be sent (§21.4.1). */
class Draft {
  /** the first one */
  fault: SyntaxFault | undefined
  readonly fields: SipFields = {
    via: [],
    from: missing(),
    to: missing(),
    callId: '',
    cseq: { seq: 0, method: '', unreadable: '' },
    contact: [],
    route: [],
    recordRoute: [],
    headers: new Map(),
    body: noBody,
  }
  private readonly seen = new Set<string>()
  private contentLength: number | undefined

  keep<T>(read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error
      this.fault ??= error
      return undefined
    }
  }

  header(key: string, value: string): void {
    this.keep(() => this.take(key, value))
  }

  private take(key: string, value: string): void {
    const { fields } = this
    switch (key) {
      case 'via':
        return readViaList(value, fields.via)
      case 'route':
        return readNameAddrList(value, fields.route)
      case 'record-route':
        return readNameAddrList(value, fields.recordRoute)
      case 'contact':
        return this.contact(value)
      case 'from':
        this.once(key)
        fields.from.unreadable = value
        fields.from = readOneNameAddr(value)
        return
      case 'to':
        this.once(key)
        fields.to.unreadable = value
        fields.to = readOneNameAddr(value)
        return
      case 'call-id':
        this.once(key)
        if (!/^[!-~]+$/.test(value)) fault('Call-ID malformed')
        fields.callId = value
        return
      case 'cseq':
        this.once(key)
        fields.cseq.unreadable = value
        fields.cseq = readCSeq(value)
        return
      case 'max-forwards':
        this.once(key)
        fields.maxForwards = wholeNumber(key, value, 255)
        return
      case 'content-length':
        this.once(key)
        this.contentLength = wholeNumber(key, value, Number.MAX_SAFE_INTEGER)
        return
      default:
        this.other(key, value)
    }
  }

  private contact(value: string): void {
    if (value === '*') this.fields.everyContact = true
    else readNameAddrList(value, this.fields.contact)
    if (this.fields.everyContact && this.fields.contact.length > 0) fault("Contact '*' with others")
  }

  private other(key: string, value: string): void {
    // a broken value of a header nobody may ever ask for does not cost the call: it is kept whole
    const values = (isListHeader(key) && orUndefined(() => readListValues(value))) || [value]
    const known = this.fields.headers.get(key)
    if (values.length + (known?.length ?? 0) > limits.valuesPerHeader) fault('too many values', 413)
    if (known) known.push(...values)
    else this.fields.headers.set(key, values)
  }

  /** RFC 4475 §3.3.8: a single-value header given twice cannot be trusted */
  private once(key: string): void {
    if (this.seen.has(key)) fault(`${key} given twice`)
    this.seen.add(key)
  }

  finish(startLine: StartLine, rest: Buffer): void {
    const { fields } = this
    for (const key of ['from', 'to', 'call-id', 'cseq'])
      if (!this.seen.has(key)) fault(`${key} missing`)
    if (fields.via.length === 0) fault('via missing')
    if (startLine.kind === 'request' && fields.cseq.method !== startLine.method)
      fault('CSeq names another method')
    const length = this.contentLength ?? rest.length
    // RFC 3261 §18.3: a datagram shorter than told is refused, what is longer is cut
    if (length > rest.length) fault('body shorter than Content-Length')
    fields.body = rest.subarray(0, length)
  }
}

function missing(): NameAddr {
  return { uri: { scheme: 'other', text: '' }, params: new Map(), unreadable: '' }
}

function wholeNumber(key: string, value: string, most: number): number {
  if (!/^\d{1,32}$/.test(value) || Number(value) > most) fault(`${key} malformed`)
  return Number(value)
}
