import { expect } from 'chai'
import { YiluError } from '../../../gateway/errors.ts'
import { answerOffer } from '../../../media/sdp/sdp.ts'
import { connection, described, linesOf, localMedia, phone } from './ends.ts'

describe('answering an offer', () => {
  it('of an ordinary phone: its first codec that we have, its payload types, its port', () => {
    const { sdp, media } = answerOffer(phone, localMedia())
    expect(media).to.deep.include({
      codec: 'PCMU',
      payloadType: 0,
      telephoneEvent: { send: 101, accept: [101] },
      remoteRtp: { address: '192.0.2.9', port: 4000 },
      remoteRtcp: { address: '192.0.2.9', port: 4001 },
      rtcpMux: false,
      ptimeMs: 20,
      theirDirection: 'sendrecv',
      direction: 'sendrecv',
    })
    expect([...media.accept]).to.deep.equal([
      [0, 'PCMU'],
      [8, 'PCMA'],
    ])
    expect(linesOf(sdp)).to.deep.equal([
      'v=0',
      'o=- 4711 1 IN IP4 192.0.2.1',
      's=-',
      'c=IN IP4 192.0.2.1',
      't=0 0',
      'm=audio 20000 RTP/AVP 0 101',
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=fmtp:101 0-15',
      'a=ptime:20',
      'a=sendrecv',
      '',
    ])
  })

  it('with static types and no rtpmap', () => {
    const { media } = answerOffer(described(connection, 'm=audio 4000 RTP/AVP 18 8'), localMedia())
    expect(media).to.include({ codec: 'PCMA', payloadType: 8 })
    expect(media.telephoneEvent).to.equal(undefined)
  })

  it('with G.711 and keys under dynamic numbers, and keys at another rate beside them', () => {
    const offer = described(
      connection,
      'm=audio 4000 RTP/AVP 111 97 110 96',
      'a=rtpmap:111 opus/48000/2',
      'a=rtpmap:97 pcma/8000/1',
      'a=rtpmap:110 telephone-event/48000',
      'a=rtpmap:96 TELEPHONE-EVENT/8000',
    )
    const { sdp, media } = answerOffer(offer, localMedia())
    expect(media).to.deep.include({ codec: 'PCMA', payloadType: 97 })
    expect(media.telephoneEvent).to.deep.equal({ send: 96, accept: [96] })
    expect(sdp).to.contain('m=audio 20000 RTP/AVP 97 96\r\na=rtpmap:97 PCMA/8000')
  })

  it('an rtpmap overrules what a number usually means', () => {
    const offer = described(connection, 'm=audio 4000 RTP/AVP 8 0', 'a=rtpmap:8 PCMU/8000')
    expect(answerOffer(offer, localMedia()).media).to.include({ codec: 'PCMU', payloadType: 8 })
  })

  it('from a gateway that lists one line for each codec: the first that fits, the rest refused in place', () => {
    const offer = described(
      connection,
      'm=video 5000 RTP/AVP 96',
      'a=rtpmap:96 H264/90000',
      'm=audio 4002/2 RTP/SAVP 8',
      'm=audio 4004 RTP/AVP 18',
      'm=audio 4006 RTP/AVP 8',
      'm=audio 4008 RTP/AVP 0',
      'm=application 4010 x-own/udp something odd',
      'm=image 0 udptl t38',
    )
    const { sdp, media } = answerOffer(offer, localMedia())
    expect(media).to.deep.include({ index: 3, remoteRtp: { address: '192.0.2.9', port: 4006 } })
    expect(linesOf(sdp).filter((line) => line.startsWith('m='))).to.deep.equal([
      'm=video 0 RTP/AVP 96',
      'm=audio 0 RTP/SAVP 8',
      'm=audio 0 RTP/AVP 18',
      'm=audio 20000 RTP/AVP 8',
      'm=audio 0 RTP/AVP 0',
      'm=application 0 x-own/udp something odd',
      'm=image 0 udptl t38',
    ])
  })

  it('AVPF is answered as AVPF, without feedback', () => {
    const { sdp } = answerOffer(described(connection, 'm=audio 4000 RTP/AVPF 8'), localMedia())
    expect(sdp).to.contain('m=audio 20000 RTP/AVPF 8\r\n').and.not.to.contain('rtcp-fb')
  })

  describe('addresses', () => {
    it('of the line win over those of the session, IPv6 too', () => {
      const offer = described(connection, 'm=audio 4000 RTP/AVP 8', 'c=IN IP6 2001:db8::7')
      const { media } = answerOffer(offer, localMedia())
      expect(media.remoteRtp).to.deep.equal({ address: '2001:db8::7', port: 4000 })
    })

    it('ours may be IPv6', () => {
      const { sdp } = answerOffer(phone, localMedia({ address: '2001:db8::1' }))
      expect(sdp).to.contain('c=IN IP6 2001:db8::1\r\n').and.to.contain(' IN IP6 2001:db8::1\r\ns=')
    })

    for (const [what, line] of [
      ['none', ''],
      ['a host name, which we do not look up', 'c=IN IP4 phone.example.com'],
      ['one of the wrong family', 'c=IN IP6 192.0.2.9'],
      ['one that is none', 'c=IN IP4 192.0.2.999'],
    ] as const)
      it(`${what}: BAD_SDP`, () => {
        refuses(described(...(line ? [line] : []), 'm=audio 4000 RTP/AVP 8'), 'BAD_SDP')
      })
  })

  describe('RTCP', () => {
    const rtcpOf = (...lines: string[]): unknown => {
      const offer = described(connection, 'm=audio 4000 RTP/AVP 8', ...lines)
      const { sdp, media } = answerOffer(offer, localMedia({ rtcpPort: 20_100 }))
      return { ...media.remoteRtcp, mux: media.rtcpMux, told: /a=rtcp.*/.exec(sdp)?.[0] }
    }
    it('at the port they name, and we name ours when it is not the next', () =>
      expect(rtcpOf('a=rtcp:5001')).to.deep.equal({
        address: '192.0.2.9',
        port: 5001,
        mux: false,
        told: 'a=rtcp:20100',
      }))
    it('at another address of theirs', () =>
      expect(rtcpOf('a=rtcp:5001 IN IP4 192.0.2.77')).to.include({ address: '192.0.2.77' }))
    it('on one port where both want it', () => {
      const offer = described(connection, 'm=audio 4000 RTP/AVP 8', 'a=rtcp:4001', 'a=rtcp-mux')
      const { sdp, media } = answerOffer(offer, localMedia())
      expect(media).to.deep.include({ rtcpMux: true, remoteRtcp: media.remoteRtp })
      expect(sdp).to.contain('a=rtcp-mux')
      const alone = answerOffer(offer, localMedia({ rtcpMux: false }))
      expect(alone.media).to.deep.include({ rtcpMux: false })
      expect(alone.media.remoteRtcp.port).to.equal(4001)
      expect(alone.sdp).not.to.contain('rtcp-mux')
    })
    it('above port 65535 there is none, and no impossible port is named', () => {
      const offer = described(connection, 'm=audio 65535 RTP/AVP 8')
      expect(answerOffer(offer, localMedia()).media.remoteRtcp.port).to.equal(65_535)
    })
  })

  describe('hold', () => {
    for (const [what, lines, theirs, ours] of [
      [
        'sendonly on the line',
        [connection, 'm=audio 4000 RTP/AVP 8', 'a=sendonly'],
        'sendonly',
        'recvonly',
      ],
      [
        'sendonly for the session',
        [connection, 'a=sendonly', 'm=audio 4000 RTP/AVP 8'],
        'sendonly',
        'recvonly',
      ],
      ['inactive', [connection, 'm=audio 4000 RTP/AVP 8', 'a=inactive'], 'inactive', 'inactive'],
      [
        'the line wins over the session',
        [connection, 'a=inactive', 'm=audio 4000 RTP/AVP 8', 'a=sendrecv'],
        'sendrecv',
        'sendrecv',
      ],
      [
        'an address of zeros',
        ['c=IN IP4 0.0.0.0', 'm=audio 4000 RTP/AVP 8'],
        'sendonly',
        'recvonly',
      ],
      [
        'an address of zeros on the line',
        [connection, 'm=audio 4000 RTP/AVP 8', 'c=IN IP4 0.0.0.0'],
        'sendonly',
        'recvonly',
      ],
      [
        'an address of zeros in IPv6',
        ['c=IN IP6 ::', 'm=audio 4000 RTP/AVP 8'],
        'sendonly',
        'recvonly',
      ],
      [
        'zeros and inactive',
        ['c=IN IP4 0.0.0.0', 'm=audio 4000 RTP/AVP 8', 'a=inactive'],
        'inactive',
        'inactive',
      ],
      [
        'zeros and recvonly',
        ['c=IN IP4 0.0.0.0', 'm=audio 4000 RTP/AVP 8', 'a=recvonly'],
        'inactive',
        'inactive',
      ],
      [
        'they only listen',
        [connection, 'm=audio 4000 RTP/AVP 8', 'a=recvonly'],
        'recvonly',
        'sendonly',
      ],
    ] as const)
      it(`${what}: they are ${theirs}, we are ${ours}`, () => {
        const { sdp, media } = answerOffer(described(...lines), localMedia())
        expect([media.theirDirection, media.direction]).to.deep.equal([theirs, ours])
        expect(sdp).to.contain(`a=${ours}\r\n`)
      })

    it('by us stays when they offer to talk', () => {
      const { sdp, media } = answerOffer(phone, localMedia({ direction: 'sendonly' }))
      expect([media.theirDirection, media.direction]).to.deep.equal(['sendrecv', 'sendonly'])
      expect(sdp).to.contain('a=sendonly')
    })

    it('by both leaves nothing', () => {
      const offer = described(connection, 'm=audio 4000 RTP/AVP 8', 'a=sendonly')
      expect(answerOffer(offer, localMedia({ direction: 'sendonly' })).media.direction).to.equal(
        'inactive',
      )
    })
  })

  for (const [lines, ptimeMs] of [
    [[], 20],
    [['a=ptime:40'], 40],
    [['a=ptime:30'], 20],
    [['a=ptime:10'], 20],
    [['a=ptime:200'], 60],
    [['a=ptime:60', 'a=maxptime:40'], 40],
    [['a=ptime:0'], 20],
    [['a=ptime:long'], 20],
  ] as const)
    it(`${lines.join(' ') || 'no ptime'}: packets of ${ptimeMs} ms`, () => {
      const offer = described(connection, 'm=audio 4000 RTP/AVP 8', ...lines)
      expect(answerOffer(offer, localMedia()).media.ptimeMs).to.equal(ptimeMs)
    })

  describe('nothing in common: NO_COMMON_CODEC', () => {
    for (const [what, lines] of [
      ['other codecs', ['m=audio 4000 RTP/AVP 18 3']],
      ['SRTP only', ['m=audio 4000 RTP/SAVP 8']],
      ['a browser', ['m=audio 9 UDP/TLS/RTP/SAVPF 8']],
      ['fax', ['m=image 4000 udptl t38']],
      ['audio that they switched off', ['m=audio 0 RTP/AVP 8']],
      ['no line at all', []],
      ['G.711 at another rate', ['m=audio 4000 RTP/AVP 97', 'a=rtpmap:97 PCMA/16000']],
      ['stereo', ['m=audio 4000 RTP/AVP 97', 'a=rtpmap:97 PCMA/8000/2']],
      ['keys alone', ['m=audio 4000 RTP/AVP 101', 'a=rtpmap:101 telephone-event/8000']],
      ['formats that are no numbers', ['m=audio 4000 RTP/AVP x 200 -1']],
    ] as const)
      it(what, () => refuses(described(connection, ...lines), 'NO_COMMON_CODEC'))

    it('a codec we did not want this time', () => {
      const offer = described(connection, 'm=audio 4000 RTP/AVP 0')
      expect(() => answerOffer(offer, localMedia({ codecs: ['PCMA'] }))).to.throw(YiluError)
    })
  })

  describe('unreadable: BAD_SDP', () => {
    for (const [what, sdp] of [
      ['empty', ''],
      ['not SDP', 'hello'],
      ['no version', described().replace('v=0\r\n', '')],
      ['another version', described().replace('v=0', 'v=1')],
      ['no origin', described(connection, 'm=audio 4000 RTP/AVP 8').replace(/o=.*\r\n/, '')],
      ['half an origin', described(connection).replace(/o=.*/, 'o=- 1 1')],
      ['a port too large', described(connection, 'm=audio 65536 RTP/AVP 8')],
      ['a port that is none', described(connection, 'm=audio x RTP/AVP 8')],
      ['half a line', described(connection, 'm=audio 4000')],
      ['text between the lines', described(connection, 'hello', 'm=audio 4000 RTP/AVP 8')],
      [
        'twenty-one lines',
        described(connection, ...Array<string>(21).fill('m=audio 4000 RTP/AVP 18')),
      ],
      [
        'longer than 16 kB',
        described(connection, `a=x:${'y'.repeat(16_384)}`, 'm=audio 4000 RTP/AVP 8'),
      ],
    ] as const)
      it(what, () => refuses(sdp, 'BAD_SDP'))
  })

  it('line ends of any kind, blank lines and white space at the end are taken', () => {
    for (const end of ['\n', '\r', ' \r\n', '\r\n\r\n'])
      expect(answerOffer(phone.replaceAll('\r\n', end), localMedia()).media.payloadType).to.equal(0)
  })
})

function refuses(sdp: string, code: string): void {
  try {
    answerOffer(sdp, localMedia())
  } catch (error) {
    expect(error).to.be.instanceOf(YiluError)
    expect((error as YiluError).code).to.equal(code)
    return
  }
  throw new Error('was answered')
}
