/**
 * RFC 4475 §3.1.1: messages that look wrong and are right. Written for this project after the RFC's
 * descriptions, under its names; the people and places are ours.
 */
import { expect } from 'chai'
import {
  formatUri,
  header,
  tagOf,
  uriHeaders,
  userOf,
} from '../../../../channels/sip/message/message.ts'
import type {
  SipMessage,
  SipRequest,
  SipResponse,
} from '../../../../channels/sip/message/message.ts'
import { session, wire } from './wire.ts'

export interface ValidMessage {
  name: string
  about: string
  bytes: Buffer
  reads: (message: SipMessage) => void
}

const request = (message: SipMessage): SipRequest => {
  expect(message.kind).to.equal('request')
  return message as SipRequest
}
const response = (message: SipMessage): SipResponse => {
  expect(message.kind).to.equal('response')
  return message as SipResponse
}

export const validMessages: ValidMessage[] = [
  {
    name: 'wsinv',
    about: 'folded everywhere, odd case and order, compact and long names, leading zeros',
    bytes: wire(
      [
        'INVITE sip:lamaling@temple.example.com;unknownparam SIP/2.0',
        'TO :',
        ' sip:lamaling@temple.example.com ;   tag    = 1918181833n',
        'from   : "Gate \\\\\\""       <sip:gate@example.com>',
        '  ;',
        '  tag = 98asjd8',
        'MaX-fOrWaRdS: 0068',
        'Call-ID: wsinv.gate@192.0.2.1',
        `Content-Length   : ${Buffer.byteLength(session)}`,
        'cseq: 0009',
        '  INVITE',
        'Via  : SIP  /   2.0',
        ' /UDP',
        '    192.0.2.2;rport;branch=390skdjuw',
        's :',
        'NewFangledHeader:   newfangled value',
        ' continued newfangled value',
        'UnknownHeaderWithUnusualValue: ;;,,;;,;',
        'Content-Type: application/sdp',
        'Route:',
        ' <sip:services.example.com;lr;unknownwith=value;unknown-no-value>',
        'v:  SIP  / 2.0  / TCP     east.example.com   ;',
        '  branch  =   z9hG4bK9ikj8  ,',
        ' SIP  /    2.0   / UDP  192.168.255.111   ; branch=',
        ' z9hG4bK30239',
        'm:"Quoted string \\"\\"" <sip:gate@example.com> ; newparam =',
        '      newvalue ;',
        '  secondparam ; q = 0.33',
      ],
      session,
    ),
    reads(message) {
      const invite = request(message)
      expect(invite.from.name).to.equal('Gate \\"')
      expect(tagOf(invite.from)).to.equal('98asjd8')
      expect(tagOf(invite.to)).to.equal('1918181833n')
      expect(invite.maxForwards).to.equal(68)
      expect(invite.cseq).to.deep.equal({ seq: 9, method: 'INVITE' })
      expect(invite.via.map((via) => `${via.transport} ${via.host}`)).to.deep.equal([
        'UDP 192.0.2.2',
        'TCP east.example.com',
        'UDP 192.168.255.111',
      ])
      expect(invite.via.map((via) => via.params.get('branch'))).to.deep.equal([
        '390skdjuw',
        'z9hG4bK9ikj8',
        'z9hG4bK30239',
      ])
      expect(header(invite, 'subject')).to.equal('')
      expect(header(invite, 'unknownheaderwithunusualvalue')).to.equal(';;,,;;,;')
      expect(invite.contact[0]!.name).to.equal('Quoted string ""')
      expect([...invite.contact[0]!.params]).to.deep.equal([
        ['newparam', 'newvalue'],
        ['secondparam', ''],
        ['q', '0.33'],
      ])
      expect(invite.body.toString()).to.equal(session)
    },
  },
  {
    name: 'intmeth',
    about: 'every character the grammar allows: method, user, quoted control characters, UTF-8',
    bytes: wire([
      "!odd-Method0123456789_*+`.%indeed'~ sip:1_odd.URI~(to-be!sure)&isn't+it$/mad?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0",
      "Via: SIP/2.0/TCP host1.example.com;branch=z9hG4bK-.!%66*_+`'~",
      'To: "BEL:\\\u0007 NUL:\\\u0000 DEL:\\\u007f" <sip:1_odd.URI~(to-be!sure)&isn\'t+it$/mad?,/;;*@example.com>',
      "From: token1~` token2'+_ token3*%!.- <sip:plain@example.com>;fromParam''~+*_!.-%=\"работающий\";tag=_token~1'+`*%!-.",
      'Call-ID: intmeth.word%ZK-!.*_+\'@word`~)(><:\\/"][?}{',
      "CSeq: 139122385 !odd-Method0123456789_*+`.%indeed'~",
      'Max-Forwards: 255',
      "extensionHeader-!.%*+_`'~:\ufeff大停電",
      'Content-Length: 0',
    ]),
    reads(message) {
      const odd = request(message)
      expect(odd.method).to.equal("!odd-Method0123456789_*+`.%indeed'~")
      expect(odd.uri).to.include({
        user: "1_odd.URI~(to-be!sure)&isn't+it$/mad?,/;;*",
        password: "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)",
        host: 'example.com',
      })
      expect(odd.to.name).to.equal('BEL:\u0007 NUL:\u0000 DEL:\u007f')
      expect(odd.from.name).to.equal("token1~` token2'+_ token3*%!.-")
      expect(odd.from.params.get("fromparam''~+*_!.-%")).to.equal('"работающий"')
      expect(header(odd, "extensionheader-!.%*+_`'~")).to.equal('\ufeff大停電')
      expect(odd.callId).to.contain('>')
    },
  },
  {
    name: 'esc01',
    about: 'escapes that must not be undone before the URI is taken apart',
    bytes: wire(
      [
        'INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0',
        'To: sip:%75se%72@example.com',
        'From: <sip:I%20have%20spaces@example.net>;tag=938',
        'Max-Forwards: 87',
        'i: esc01.239409asdfakjkn23onasd0-3234',
        'CSeq: 234234 INVITE',
        'Via: SIP/2.0/UDP host5.example.net;branch=z9hG4bKkdjuw',
        'C: application/sdp',
        'Contact:',
        '  <sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31>',
        `Content-Length: ${Buffer.byteLength(session)}`,
      ],
      session,
    ),
    reads(message) {
      const invite = request(message)
      expect(invite.uri).to.include({ user: 'sips%3Auser%40example.com', host: 'example.net' })
      expect(userOf(invite.uri)).to.equal('sips:user@example.com')
      expect(userOf(invite.to.uri)).to.equal('user')
      expect(userOf(invite.from.uri)).to.equal('I have spaces')
      expect(formatUri(invite.contact[0]!.uri)).to.contain('%6c%72')
    },
  },
  {
    name: 'escnull',
    about: 'escaped NULs are characters like others',
    bytes: wire([
      'REGISTER sip:example.com SIP/2.0',
      'To: sip:null-%00-null@example.com',
      'From: sip:null-%00-null@example.com;tag=839923423',
      'Max-Forwards: 70',
      'Call-ID: escnull.39203ndfvkjdasfkq3w4otrq0adsfdfnavd',
      'CSeq: 14398234 REGISTER',
      'Via: SIP/2.0/UDP host5.example.com;branch=z9hG4bKkdjuw',
      'Contact: <sip:%00@host5.example.com>',
      'Contact: <sip:%00%00@host5.example.com>',
      'L:0',
    ]),
    reads(message) {
      const register = request(message)
      expect(userOf(register.to.uri)).to.equal('null-\u0000-null')
      expect(register.contact.map((one) => userOf(one.uri).length)).to.deep.equal([1, 2])
    },
  },
  {
    name: 'esc02',
    about: "'%' that begins no escape: method, display name, header name",
    bytes: wire([
      'RE%47IST%45R sip:registrar.example.com SIP/2.0',
      'To: "%Z%45" <sip:hotline@example.com>',
      'From: "%Z%45" <sip:hotline@example.com>;tag=f232jadfj23',
      'Call-ID: esc02.asdfnqwo34rq23i34jrjasdcnl23nrlknsdf',
      'Via: SIP/2.0/TCP host.example.com;branch=z9hG4bK209%fzsnel234',
      'CSeq: 29344 RE%47IST%45R',
      'Max-Forwards: 70',
      'Contact: <sip:alias1@host1.example.com>',
      'C%6Fntact: <sip:alias2@host2.example.com>',
      'Contact: <sip:alias3@host3.example.com>',
      'l: 0',
    ]),
    reads(message) {
      const odd = request(message)
      expect(odd.method).to.equal('RE%47IST%45R')
      expect(odd.to.name).to.equal('%Z%45')
      expect(odd.contact.map((one) => userOf(one.uri))).to.deep.equal(['alias1', 'alias3'])
      expect(header(odd, 'c%6fntact')).to.equal('<sip:alias2@host2.example.com>')
    },
  },
  {
    name: 'lwsdisp',
    about: "no white space between a display name and '<'",
    bytes: wire([
      'OPTIONS sip:guide@example.com SIP/2.0',
      'To: sip:guide@example.com',
      'From: caller<sip:caller@example.com>;tag=323',
      'Max-Forwards: 70',
      'Call-ID: lwsdisp.1234abcd@funky.example.com',
      'CSeq: 60 OPTIONS',
      'Via: SIP/2.0/UDP funky.example.com;branch=z9hG4bKkdjuw',
      'l: 0',
    ]),
    reads(message) {
      expect(request(message).from.name).to.equal('caller')
    },
  },
  {
    name: 'longreq',
    about: 'long user, parameters, header names and values, and thirty-four Vias',
    bytes: wire(
      [
        `INVITE sip:${'user'.repeat(80)}@example.com SIP/2.0`,
        `To: "I have a ${'very '.repeat(200)}long name" <sip:${'to'.repeat(150)}@example.com:6000;unknownparam1=${'verylong'.repeat(30)};longparam${'name'.repeat(60)}=short>`,
        `F: sip:${'caller'.repeat(60)}@example.net;tag=${'12982982982'.repeat(30)};unknownheaderparam${'name'.repeat(60)}=${'value'.repeat(60)};unknownValueless${'paramname'.repeat(20)}`,
        `Call-ID: longreq.one${'really'.repeat(50)}longcallid`,
        'CSeq: 3882340 INVITE',
        `Unknown-${'Long'.repeat(15)}-Name: unknown-${'long'.repeat(200)}-value; ${'param'.repeat(100)} = x`,
        ...Array.from(
          { length: 33 },
          (_, hop) => `Via: SIP/2.0/TCP sip${hop}.example.com;branch=z9hG4bK${hop}aa`,
        ),
        `v: SIP/2.0/TCP host.example.com;received=192.0.2.5;branch=very${'long'.repeat(100)}branchvalue`,
        'Max-Forwards: 70',
        `Contact: <sip:${'amazing'.repeat(40)}@host5.example.net>`,
        'Content-Type: application/sdp',
        `l: ${Buffer.byteLength(session)}`,
      ],
      session,
    ),
    reads(message) {
      const invite = request(message)
      expect(invite.via).to.have.length(34)
      expect(invite.to.name).to.have.length(1018)
      expect(tagOf(invite.from)).to.have.length(330)
    },
  },
  {
    name: 'dblreq',
    about:
      'more bytes in the datagram than Content-Length says: a second request that must not be read',
    bytes: Buffer.concat([
      wire([
        'REGISTER sip:example.com SIP/2.0',
        'To: sip:j.wang@example.com',
        'From: sip:j.wang@example.com;tag=43251j3j324',
        'Max-Forwards: 8',
        'I: dblreq.0ha0isndaksdj99sdfafnl3lk233412',
        'Contact: sip:j.wang@host.example.com',
        'CSeq: 8 REGISTER',
        'Via: SIP/2.0/UDP 192.0.2.125;branch=z9hG4bKkdjuw23492',
        'Content-Length: 0',
      ]),
      wire(
        [
          'INVITE sip:liu@example.com SIP/2.0',
          't: sip:liu@example.com',
          'From: sip:caller@example.net;tag=141334',
          'Max-Forwards: 8',
          'Call-ID: dblreq.0ha0isnda977644900765@192.0.2.15',
          'CSeq: 8 INVITE',
          'Via: SIP/2.0/UDP 192.0.2.15;branch=z9hG4bKkdjuw380234',
          'Content-Type: application/sdp',
          `Content-Length: ${Buffer.byteLength(session)}`,
        ],
        session,
      ),
    ]),
    reads(message) {
      expect(request(message).method).to.equal('REGISTER')
      expect(message.body).to.have.length(0)
    },
  },
  {
    name: 'semiuri',
    about: 'semicolons in the user part are no parameters',
    bytes: wire([
      'OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0',
      'To: sip:j_user@example.com',
      'From: sip:caller@example.org;tag=33242',
      'Max-Forwards: 3',
      'Call-ID: semiuri.0ha0isndaksdj',
      'CSeq: 8 OPTIONS',
      'Accept: application/sdp, application/pkcs7-mime,',
      '        multipart/mixed, multipart/signed,',
      '        message/sip, message/sipfrag',
      'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKkdjuw',
      'l: 0',
    ]),
    reads(message) {
      const options = request(message)
      expect(userOf(options.uri)).to.equal('user;par=u@example.net')
      expect(options.uri).to.include({ host: 'example.com' })
      expect(options.headers.get('accept')).to.have.length(6)
    },
  },
  {
    name: 'transports',
    about: 'transports known and unknown',
    bytes: wire([
      'OPTIONS sip:guide@example.com SIP/2.0',
      'To: sip:guide@example.com',
      'From: <sip:caller@example.com>;tag=323',
      'Max-Forwards: 70',
      'Call-ID:  transports.kijh4akdnaqjkwendsasfdj',
      'Accept: application/sdp',
      'CSeq: 60 OPTIONS',
      'Via: SIP/2.0/UDP t1.example.com;branch=z9hG4bKkdjuw',
      'Via: SIP/2.0/SCTP t2.example.com;branch=z9hG4bKklasjdhf',
      'Via: SIP/2.0/TLS t3.example.com;branch=z9hG4bK2980unddj',
      'Via: SIP/2.0/UNKNOWN t4.example.com;branch=z9hG4bKasd0f3en',
      'Via: SIP/2.0/TCP t5.example.com;branch=z9hG4bK0a9idfnee',
      'l: 0',
    ]),
    reads(message) {
      expect(message.via.map((via) => via.transport)).to.deep.equal([
        'UDP',
        'SCTP',
        'TLS',
        'UNKNOWN',
        'TCP',
      ])
    },
  },
  {
    name: 'mpart01',
    about: 'a body of several parts with bytes that are no text and line ends within',
    bytes: (() => {
      const body = Buffer.concat([
        Buffer.from('--7a9cbec02ceef655\r\nContent-Type: text/plain\r\n\r\nHello\r\n\r\n'),
        Buffer.from('--7a9cbec02ceef655\r\nContent-Type: application/octet-stream\r\n\r\n'),
        Buffer.from([0x30, 0x82, 0x00, 0x0d, 0x0a, 0x0d, 0x0a, 0xff, 0xfe, 0x80, 0xc3, 0x28]),
        Buffer.from('\r\n--7a9cbec02ceef655--\r\n'),
      ])
      return wire(
        [
          'MESSAGE sip:agent@example.org SIP/2.0',
          'Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK-d87543-4dade06d0bdb11ee-1--d87543-;rport',
          'Max-Forwards: 70',
          'Route: <sip:127.0.0.1:5080>',
          'Identity: r5mwreLuyDRYBi/0TiPwEsY3rEVsk/G2WxhgTV1PF7hHuL',
          'Contact: <sip:tourist@127.0.0.1:5070>',
          'To: <sip:agent@example.org>',
          'From: <sip:tourist@example.com>;tag=2fb0dcc9',
          'Call-ID: 3d9485ad0c49859b@Zmx1ZmZ5LW1hYy0xNi5sb2NhbA..',
          'CSeq: 1 MESSAGE',
          'Content-Transfer-Encoding: binary',
          'Content-Type: multipart/mixed;boundary=7a9cbec02ceef655',
          'Date: Sat, 15 Oct 2005 04:44:56 GMT',
          'User-Agent: test',
          `Content-Length: ${body.length}`,
        ],
        body,
      )
    })(),
    reads(message) {
      expect(message.body.includes(Buffer.from([0xff, 0xfe, 0x80, 0xc3, 0x28]))).to.equal(true)
      expect(message.body.toString('latin1')).to.match(/655--\r\n$/)
    },
  },
  {
    name: 'unreason',
    about: 'a reason phrase in UTF-8',
    bytes: wire([
      'SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять - простое',
      'Via: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923',
      'Call-ID: unreason.1234ksdfak3j2erwedfsASdf',
      'CSeq: 35 INVITE',
      'From: sip:user@example.com;tag=11141343',
      'To: sip:user@example.edu;tag=2229',
      'Content-Length: 0',
      'Contact: <sip:user@host198.example.com>',
    ]),
    reads(message) {
      expect(response(message).reason).to.match(/простое$/)
    },
  },
  {
    name: 'noreason',
    about: 'an empty reason phrase',
    bytes: wire([
      'SIP/2.0 100 ',
      'Via: SIP/2.0/UDP 192.0.2.105;branch=z9hG4bK2398ndaoe',
      'Call-ID: noreason.asndj203insdf99223ndf',
      'CSeq: 35 INVITE',
      'From: <sip:user@example.com>;tag=39ansfi3',
      'To: <sip:user@example.edu>;tag=902jndnke3',
      'Content-Length: 0',
      'Contact: <sip:user@host105.example.com>',
    ]),
    reads(message) {
      expect(response(message)).to.include({ status: 100, reason: '' })
    },
  },
  {
    name: 'badbranch',
    about:
      '§3.2.1: a branch of the magic cookie alone; the transaction layer treats it as RFC 2543',
    bytes: wire([
      'OPTIONS sip:guide@example.com SIP/2.0',
      'To: sip:guide@example.com',
      'From: sip:caller@example.org;tag=33242',
      'Max-Forwards: 3',
      'Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK',
      'Accept: application/sdp',
      'Call-ID: badbranch.sadonfo23i420jv0as0derf3j3n',
      'CSeq: 8 OPTIONS',
      'l: 0',
    ]),
    reads(message) {
      expect(message.via[0]!.params.get('branch')).to.equal('z9hG4bK')
    },
  },
  {
    name: 'inv2543',
    about: '§3.4.1: RFC 2543, with no branch, no tag and no Max-Forwards',
    bytes: wire(
      [
        'INVITE sip:UserB@example.com SIP/2.0',
        'Via: SIP/2.0/UDP iftgw.example.com',
        'From: <sip:+13035551111@ift.client.example.net;user=phone>',
        'Record-Route: <sip:UserB@example.com;maddr=ss1.example.com>',
        'To: sip:+16505552222@ss1.example.net;user=phone',
        'Call-ID: inv2543.1717@ift.client.example.com',
        'CSeq: 56 INVITE',
        'Content-Type: application/sdp',
      ],
      session,
    ),
    reads(message) {
      const invite = request(message)
      expect(invite.maxForwards).to.equal(undefined)
      expect(tagOf(invite.from)).to.equal(undefined)
      expect(invite.body.toString()).to.equal(session)
      // without angle brackets the parameter is the header's
      expect(invite.to.params.get('user')).to.equal('phone')
      expect(uriHeaders(invite.to.uri).size).to.equal(0)
    },
  },
]
