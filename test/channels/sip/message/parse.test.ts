import { expect } from 'chai'
import {
  header,
  numberHeader,
  parseMessage,
  tokens,
  valueParams,
} from '../../../../channels/sip/message/message.ts'
import { limits } from '../../../../channels/sip/message/limits.ts'
import { bytesOf, inviteBytes, readRequest, requestLines, sdp } from './messages.ts'

describe('reading SIP messages', () => {
  it('an INVITE of a phone behind two proxies', () => {
    const invite = readRequest(inviteBytes)
    expect(invite.uri).to.deep.include({ user: '12301', host: '192.0.2.1', port: 5060 })
    expect(invite.via.map(({ transport, host, port }) => [transport, host, port])).to.deep.equal([
      ['UDP', '192.0.2.10', 5062],
      ['UDP', '2001:db8::1', 5060],
      ['TLS', 'sbc.example.com', undefined],
    ])
    expect(invite.via[0]!.params.get('rport')).to.equal('')
    expect(invite.from.name).to.equal('张三, "导游"')
    expect(invite.recordRoute.map((route) => route.uri)).to.have.nested.property(
      '[1].host',
      'p2.example.com',
    )
    expect(invite.contact[0]!.params.get('+sip.instance')).to.equal('"<urn:uuid:1>"')
    expect(tokens(invite, 'supported')).to.deep.equal(['100rel', 'timer'])
    expect(numberHeader(invite, 'session-expires')).to.equal(1800)
    expect(valueParams(header(invite, 'session-expires')!).get('refresher')).to.equal('uac')
    expect(invite.headers.get('p-asserted-identity')).to.have.length(2)
    expect(invite.body.toString()).to.equal(sdp)
  })

  it('every compact name as its long one', () => {
    const lines = [
      'OPTIONS sip:b@192.0.2.1 SIP/2.0',
      'v: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bKx',
      'f: <sip:a@example.com>;tag=1',
      't: <sip:b@example.com>',
      'i: c1',
      'CSeq: 1 OPTIONS',
      'm: <sip:a@192.0.2.10>',
    ]
    const others = {
      c: 'content-type',
      e: 'content-encoding',
      s: 'subject',
      k: 'supported',
      o: 'event',
      u: 'allow-events',
      r: 'refer-to',
      b: 'referred-by',
      x: 'session-expires',
      j: 'reject-contact',
      a: 'accept-contact',
      d: 'request-disposition',
      y: 'identity',
    }
    const message = readRequest(
      bytesOf([...lines, ...Object.keys(others).map((name) => `${name}: v`), 'l: 0']),
    )
    expect(message.callId).to.equal('c1')
    expect(message.contact).to.have.length(1)
    expect([...message.headers.keys()].sort()).to.deep.equal(Object.values(others).sort())
  })

  it('unknown headers as they came, list headers value by value over any number of lines', () => {
    const message = readRequest(
      bytesOf(
        requestLines(
          'X-Note: a, "b, c" ;;',
          'X-Note: again',
          'Allow: INVITE,ACK',
          'Allow: BYE',
          'Supported:',
          'Reason: SIP ;cause=600 ;text="busy, everywhere", Q.850;cause=17',
        ),
      ),
    )
    expect(message.headers.get('x-note')).to.deep.equal(['a, "b, c" ;;', 'again'])
    expect(message.headers.get('allow')).to.deep.equal(['INVITE', 'ACK', 'BYE'])
    expect(message.headers.get('supported')).to.deep.equal([])
    const [reason] = message.headers.get('reason')!
    expect(valueParams(reason!).get('text')).to.equal('busy, everywhere')
  })

  it('a broken value in a header nobody needs, kept whole', () => {
    const message = readRequest(bytesOf(requestLines('Alert-Info: <x>, "open', 'Subject: s')))
    expect(message.headers.get('alert-info')).to.deep.equal(['<x>, "open'])
  })

  it("'Contact: *' alone, and not beside another", () => {
    expect(readRequest(bytesOf(requestLines('Contact: *')))).to.include({ everyContact: true })
    const both = parseMessage(bytesOf(requestLines('Contact: *', 'Contact: <sip:a@b>')))
    expect(both.kind).to.equal('malformed')
  })

  it('line ends before the message, and alone as keep-alive', () => {
    const message = readRequest(Buffer.concat([Buffer.from('\r\n\r\n'), bytesOf(requestLines())]))
    expect(message.method).to.equal('OPTIONS')
    expect(parseMessage(Buffer.from('\r\n\r\n')).kind).to.equal('keepAlive')
    expect(parseMessage(Buffer.alloc(0)).kind).to.equal('keepAlive')
  })

  it('a display name in letters beyond ASCII without quotes, as some phones send it', () => {
    const lines = requestLines().map((line) =>
      line.startsWith('From') ? 'From: 王 小明 <sip:a@example.com>;tag=1' : line,
    )
    expect(readRequest(bytesOf(lines)).from.name).to.equal('王 小明')
  })

  it('a body to the end of the datagram where no length is told', () => {
    expect(readRequest(bytesOf(requestLines(), 'text')).body.toString()).to.equal('text')
  })

  for (const [what, lines] of [
    ['a line without colon', requestLines('Subject')],
    ['a header without name', requestLines(': value')],
    ['a bare line feed within a header', requestLines('Subject: a\nVia: SIP/2.0/UDP evil')],
    ['a bare carriage return within a header', requestLines('Subject: a\rb')],
    ['Max-Forwards beyond 255', requestLines('Max-Forwards: 256')],
    ['a second Call-ID under its compact name', requestLines('i: c2')],
    ['a Route that is none', requestLines('Route: <sip:a@b>, nothing')],
    ['a Via of another protocol', requestLines('Via: HTTP/1.1/TCP host')],
    ['a Contact whose port is none', requestLines('Contact: <sip:a@b:70000>')],
  ] as const)
    it(`${what} is answered 400`, () => {
      const result = parseMessage(bytesOf([...lines]))
      expect(result).to.include({ kind: 'malformed', status: 400 })
      expect(result).to.have.nested.property('request.callId')
    })

  it('a malformed ACK is never answered', () => {
    const lines = requestLines('Max-Forwards: x').map((line) => line.replace('OPTIONS', 'ACK'))
    expect(parseMessage(bytesOf(lines))).not.to.have.property('request')
  })

  describe('beyond what one message may cost', () => {
    const refuses = (bytes: Buffer, status: number): void => {
      expect(parseMessage(bytes)).to.include({ kind: 'malformed', status })
    }
    it('more bytes than any datagram', () =>
      refuses(Buffer.alloc(limits.messageBytes + 1, 'INVITE '), 413))
    it('more header lines', () =>
      refuses(
        bytesOf(
          requestLines(
            ...Array.from({ length: limits.headerLines }, (_, index) => `X-A${index}: 1`),
          ),
        ),
        413,
      ))
    it('more values of one header', () =>
      refuses(bytesOf(requestLines(...Array<string>(101).fill('Allow: BYE'))), 413))
    it('a longer header', () =>
      refuses(bytesOf(requestLines(`X-A: ${'a'.repeat(limits.headerChars)}`)), 413))
    it('more Vias', () => {
      const via = 'SIP/2.0/UDP a;branch=z9hG4bK1'
      refuses(bytesOf(requestLines(`Via: ${Array<string>(101).fill(via).join(',')}`)), 400)
    })
    it('more parameters', () => {
      const params = Array.from({ length: 65 }, (_, index) => `;p${index}=1`).join('')
      refuses(bytesOf(requestLines(`Contact: <sip:a@b>${params}`)), 400)
    })
    it('more URI parameters', () => {
      const params = Array.from({ length: 65 }, (_, index) => `;p${index}`).join('')
      refuses(bytesOf(requestLines(`Contact: <sip:a@b${params}>`)), 400)
    })
    it('a longer request URI', () => {
      const [first, ...rest] = requestLines()
      refuses(bytesOf([first!.replace('12301', 'a'.repeat(limits.uriChars)), ...rest]), 414)
    })
  })
})
