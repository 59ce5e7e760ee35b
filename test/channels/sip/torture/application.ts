/**
 * RFC 4475 §3.3 (and baddate of §3.1.2): well-formed for the parser; what to do with them is decided above it.
 * Written as in valid.ts.
 */
import { expect } from 'chai'
import { header, numberHeader, uriHeaders } from '../../../../channels/sip/message/message.ts'
import type { ValidMessage } from './valid.ts'
import { session, wire } from './wire.ts'

const sessionLength = Buffer.byteLength(session)

export const applicationMessages: ValidMessage[] = [
  {
    name: 'baddate',
    about: 'a Date in another zone than GMT; nobody here reads it',
    bytes: wire(
      [
        'INVITE sip:user@example.com SIP/2.0',
        'To: sip:user@example.com',
        'From: sip:caller@example.net;tag=2234923',
        'Max-Forwards: 70',
        'Call-ID: baddate.239423mnsadf3j23lj42--sedfnm234',
        'CSeq: 1392934 INVITE',
        'Via: SIP/2.0/UDP host.example.com;branch=z9hG4bKkdjuw',
        'Date: Fri, 01 Jan 2010 16:00:00 EST',
        'Contact: <sip:caller@host5.example.net>',
        'Content-Type: application/sdp',
        `Content-Length: ${sessionLength}`,
      ],
      session,
    ),
    reads: (message) => expect(header(message, 'date')).to.match(/EST$/),
  },
  {
    name: 'unkscm',
    about: 'a request URI of unknown scheme: 416',
    bytes: wire([
      'OPTIONS nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0',
      'To: sip:user@example.com',
      'From: sip:caller@example.net;tag=384',
      'Max-Forwards: 3',
      'Call-ID: unkscm.nasdfasser0q239nwsdfasdkl34',
      'CSeq: 3923423 OPTIONS',
      'Via: SIP/2.0/TCP host9.example.com;branch=z9hG4bKkdjuw39234',
      'Content-Length: 0',
    ]),
    reads: (message) =>
      expect(message).to.have.deep.property('uri', {
        scheme: 'other',
        text: 'nobodyKnowsThisScheme:totallyopaquecontent',
      }),
  },
  {
    name: 'novelsc',
    about: 'a request URI of a scheme that is known, but not for SIP: 416',
    bytes: wire([
      'OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0',
      'To: sip:user@example.com',
      'From: sip:caller@example.net;tag=384',
      'Max-Forwards: 3',
      'Call-ID: novelsc.asdfasser0q239nwsdfasdkl34',
      'CSeq: 3923423 OPTIONS',
      'Via: SIP/2.0/TCP host9.example.com;branch=z9hG4bKkdjuw39234',
      'Content-Length: 0',
    ]),
    reads: (message) => expect(message).to.have.nested.property('uri.scheme', 'other'),
  },
  {
    name: 'unksm2',
    about: 'other schemes in To, From and Contact',
    bytes: wire([
      'REGISTER sip:example.com SIP/2.0',
      'To: isbn:2983792873',
      'From: <http://www.example.com>;tag=3234233',
      'Call-ID: unksm2.daksdj@hyphenated-host.example.com',
      'CSeq: 234902 REGISTER',
      'Max-Forwards: 70',
      'Via: SIP/2.0/UDP 192.0.2.21:5060;branch=z9hG4bKkdjuw',
      'Contact: <name:Zhang_San>',
      'l: 0',
    ]),
    reads(message) {
      expect(message.to.uri).to.deep.equal({ scheme: 'other', text: 'isbn:2983792873' })
      expect(message.contact[0]!.uri).to.deep.equal({ scheme: 'other', text: 'name:Zhang_San' })
    },
  },
  {
    name: 'bext01',
    about: 'extensions required that nobody knows: 420',
    bytes: wire([
      'OPTIONS sip:user@example.com SIP/2.0',
      'To: sip:j_user@example.com',
      'From: sip:caller@example.net;tag=242etr',
      'Max-Forwards: 6',
      'Call-ID: bext01.0ha0isndaksdj',
      'Require: nothingSupportsThis, nothingSupportsThisEither',
      'Proxy-Require: noProxiesSupportThis, norDoAnyProxiesSupportThis',
      'CSeq: 8 OPTIONS',
      'Via: SIP/2.0/TLS fold-and-staple.example.com;branch=z9hG4bKkdjuw',
      'Content-Length: 0',
    ]),
    reads: (message) => expect(message.headers.get('require')).to.have.length(2),
  },
  {
    name: 'invut',
    about: 'a body of unknown type: 415',
    bytes: wire(
      [
        'INVITE sip:user@example.com SIP/2.0',
        'Contact: <sip:caller@host5.example.net>',
        'To: sip:j.wang@example.com',
        'From: sip:caller@example.net;tag=8392034',
        'Max-Forwards: 70',
        'Call-ID: invut.0ha0isndaksdjadsfij34n23d',
        'CSeq: 235448 INVITE',
        'Via: SIP/2.0/UDP somehost.example.com;branch=z9hG4bKkdjuw',
        'Content-Type: application/unknownformat',
        'Content-Length: 22',
      ],
      '<opening hours of it>\n',
    ),
    reads: (message) => expect(message.body).to.have.length(22),
  },
  {
    name: 'regaut01',
    about: 'credentials of an unknown scheme: 401',
    bytes: wire([
      'REGISTER sip:example.com SIP/2.0',
      'To: sip:j.wang@example.com',
      'From: sip:j.wang@example.com;tag=87321hj23128',
      'Max-Forwards: 8',
      'Call-ID: regaut01.0ha0isndaksdj',
      'CSeq: 9338 REGISTER',
      'Via: SIP/2.0/TCP 192.0.2.253;branch=z9hG4bKkdjuw',
      'Authorization: NoOneKnowsThisScheme opaque-data=here',
      'Content-Length:0',
    ]),
    reads: (message) =>
      expect(header(message, 'authorization')).to.equal('NoOneKnowsThisScheme opaque-data=here'),
  },
  {
    name: 'bcast',
    about: 'a response whose second Via is a broadcast address: it is not sent on',
    bytes: wire([
      'SIP/2.0 200 OK',
      'Via: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923',
      'Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23',
      'Call-ID: bcast.0384840201234ksdfak3j2erwedfsASdf',
      'CSeq: 35 INVITE',
      'From: sip:user@example.com;tag=11141343',
      'To: sip:user@example.edu;tag=2229',
      'Content-Length: 0',
      'Contact: <sip:user@host28.example.com>',
    ]),
    reads: (message) => expect(message.via).to.have.length(2),
  },
  {
    name: 'zeromf',
    about: 'Max-Forwards 0: the end of the way, not an error for who is asked',
    bytes: wire([
      'OPTIONS sip:user@example.com SIP/2.0',
      'To: sip:user@example.com',
      'From: sip:caller@example.net;tag=3ghsd41',
      'Call-ID: zeromf.jfasdlfnm2o2l43r5u0asdfas',
      'CSeq: 39234321 OPTIONS',
      'Via: SIP/2.0/UDP host1.example.com;branch=z9hG4bKkdjuw2349i',
      'Max-Forwards: 0',
      'Content-Length: 0',
    ]),
    reads: (message) => expect(message.maxForwards).to.equal(0),
  },
  {
    name: 'cparam01',
    about: 'a parameter of the Contact header',
    bytes: wire([
      'REGISTER sip:example.com SIP/2.0',
      'Via: SIP/2.0/UDP saturn.example.com:5060;branch=z9hG4bKkdjuw',
      'Max-Forwards: 70',
      'From: sip:watson@example.com;tag=DkfVgjkrtMwaerKKpe',
      'To: sip:watson@example.com',
      'Call-ID: cparam01.70710@saturn.example.com',
      'CSeq: 2 REGISTER',
      'Contact: sip:+8613900000000@gw1.example.net;unknownparam',
      'l: 0',
    ]),
    reads(message) {
      expect(message.contact[0]!.params.has('unknownparam')).to.equal(true)
      expect(message.contact[0]!.uri).to.have.property('params').with.property('size', 0)
    },
  },
  {
    name: 'cparam02',
    about: 'a parameter of the URI in Contact',
    bytes: wire([
      'REGISTER sip:example.com SIP/2.0',
      'Via: SIP/2.0/UDP saturn.example.com:5060;branch=z9hG4bKkdjuw',
      'Max-Forwards: 70',
      'From: sip:watson@example.com;tag=838293',
      'To: sip:watson@example.com',
      'Call-ID: cparam02.70710@saturn.example.com',
      'CSeq: 3 REGISTER',
      'Contact: <sip:+8613900000000@gw1.example.net;unknownparam>',
      'l: 0',
    ]),
    reads(message) {
      expect(message.contact[0]!.params.size).to.equal(0)
      expect(message.contact[0]!.uri).to.have.property('params').with.property('size', 1)
    },
  },
  {
    name: 'regescrt',
    about: 'a Contact with an escaped Route in angle brackets is kept with it',
    bytes: wire([
      'REGISTER sip:example.com SIP/2.0',
      'To: sip:user@example.com',
      'From: sip:user@example.com;tag=8',
      'Max-Forwards: 70',
      'Call-ID: regescrt.k345asrl3fdbv@192.0.2.1',
      'CSeq: 14398234 REGISTER',
      'Via: SIP/2.0/UDP host5.example.com;branch=z9hG4bKkdjuw',
      'M: <sip:user@example.com?Route=%3Csip:sip.example.com%3E>',
      'L:0',
    ]),
    reads: (message) =>
      expect(uriHeaders(message.contact[0]!.uri).get('route')).to.equal('<sip:sip.example.com>'),
  },
  {
    name: 'sdp01',
    about: 'an answer that may only be of a type we cannot make: 406',
    bytes: wire(
      [
        'INVITE sip:user@example.com SIP/2.0',
        'To: sip:j_user@example.com',
        'Contact: <sip:caller@host15.example.net>',
        'From: sip:caller@example.net;tag=234',
        'Max-Forwards: 5',
        'Call-ID: sdp01.ndaksdj9342dasdd',
        'Accept: text/nobodyKnowsThis',
        'CSeq: 8 INVITE',
        'Expires: 120',
        'Via: SIP/2.0/UDP 192.0.2.15;branch=z9hG4bKkdjuw',
        `Content-Length: ${sessionLength}`,
        'Content-Type: application/sdp',
      ],
      session,
    ),
    reads(message) {
      expect(message.headers.get('accept')).to.deep.equal(['text/nobodyKnowsThis'])
      expect(numberHeader(message, 'expires')).to.equal(120)
    },
  },
]
