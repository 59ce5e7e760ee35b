/** Messages as phones and carriers send them, for the tests of this room. */
import { parseMessage } from '../../../../channels/sip/message/message.ts'
import type {
  SipMessage,
  SipRequest,
  SipResponse,
} from '../../../../channels/sip/message/message.ts'

export const sdp = [
  'v=0',
  'o=- 3724394400 3724394400 IN IP4 192.0.2.10',
  's=phone',
  'c=IN IP4 192.0.2.10',
  't=0 0',
  'm=audio 4000 RTP/AVP 8 0 101',
  'a=rtpmap:101 telephone-event/8000',
  'a=sendrecv',
  '',
].join('\r\n')

/** Lines with CRLF, the empty line, the body. */
export function bytesOf(lines: string[], body = ''): Buffer {
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'utf8')
}

export const inviteLines = [
  'INVITE sip:12301@192.0.2.1:5060;transport=udp SIP/2.0',
  'Via: SIP/2.0/UDP 192.0.2.10:5062;rport;branch=z9hG4bK74bf9',
  'Via: SIP/2.0/UDP [2001:db8::1]:5060;branch=z9hG4bKa, SIP/2.0/TLS sbc.example.com;branch=z9hG4bKb',
  'Record-Route: <sip:p1.example.com;lr>, <sip:p2.example.com;lr>',
  'Max-Forwards: 70',
  'From: "张三, \\"导游\\"" <sip:+8613900000000@example.com;user=phone>;tag=9fxced76sl',
  'To: <sip:12301@192.0.2.1>',
  'Call-ID: 3848276298220188511@example.com',
  'CSeq: 2 INVITE',
  'Contact: <sip:phone@192.0.2.10:5062;ob>;+sip.instance="<urn:uuid:1>"',
  'Allow: INVITE, ACK, CANCEL, BYE, PRACK, UPDATE, INFO, REFER',
  'k: 100rel, timer',
  'x: 1800;refresher=uac',
  'Min-SE: 90',
  'User-Agent: Softphone 1.2 (build 3)',
  'P-Asserted-Identity: "Zhang, San" <sip:+8613900000000@example.com>, <tel:+86-139-0000-0000>',
  'Content-Type: application/sdp',
]

export const inviteBytes = bytesOf([...inviteLines, `Content-Length: ${sdp.length}`], sdp)

/** A request line and the headers every request needs, with more behind them. */
export function requestLines(...more: string[]): string[] {
  return [
    'OPTIONS sip:12301@192.0.2.1 SIP/2.0',
    'Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bKx',
    'From: <sip:a@example.com>;tag=1',
    'To: <sip:b@example.com>',
    'Call-ID: c1',
    'CSeq: 1 OPTIONS',
    ...more,
  ]
}

export function readRequest(bytes: Buffer): SipRequest {
  const message = parseMessage(bytes)
  if (message.kind !== 'request') throw new Error(`not a request: ${JSON.stringify(message)}`)
  return message
}

export function readResponse(bytes: Buffer): SipResponse {
  const message = parseMessage(bytes)
  if (message.kind !== 'response') throw new Error(`not a response: ${JSON.stringify(message)}`)
  return message
}

export function isMessage(parsed: { kind: string }): parsed is SipMessage {
  return parsed.kind === 'request' || parsed.kind === 'response'
}
