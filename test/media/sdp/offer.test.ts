import { expect } from 'chai'
import { YiluError } from '../../../gateway/errors.ts'
import { answerOffer, makeOffer, readAnswer } from '../../../media/sdp/sdp.ts'
import { connection, described, linesOf, localMedia, phone } from './ends.ts'

const mLines = (sdp: string): string[] => linesOf(sdp).filter((line) => line.startsWith('m='))

describe('offering', () => {
  it('both codecs in our order, keys, and one port for RTP and RTCP', () => {
    expect(linesOf(makeOffer(localMedia()))).to.deep.equal([
      'v=0',
      'o=- 4711 1 IN IP4 192.0.2.1',
      's=-',
      'c=IN IP4 192.0.2.1',
      't=0 0',
      'm=audio 20000 RTP/AVP 8 0 101',
      'a=rtpmap:8 PCMA/8000',
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=fmtp:101 0-15',
      'a=ptime:20',
      'a=sendrecv',
      'a=rtcp-mux',
      '',
    ])
  })

  it('what we offer, we can answer; both ends then agree', () => {
    const here = localMedia()
    const there = localMedia({ address: '2001:db8::2', rtpPort: 30_000, codecs: ['PCMU'] })
    const { sdp, media } = answerOffer(makeOffer(here), there)
    const ours = readAnswer(sdp, here)
    expect(ours).to.deep.include({ codec: 'PCMU', payloadType: 0, rtcpMux: true })
    expect(ours.remoteRtp).to.deep.equal({ address: '2001:db8::2', port: 30_000 })
    expect(media.remoteRtp).to.deep.equal({ address: '192.0.2.1', port: 20_000 })
    expect(ours.direction).to.equal('sendrecv')
  })

  it('an answer may number differently what it receives: we send by its numbers and listen to ours', () => {
    const answer = described(
      connection,
      'm=audio 4000 RTP/AVP 97 98',
      'a=rtpmap:97 PCMA/8000',
      'a=rtpmap:98 telephone-event/8000',
    )
    const media = readAnswer(answer, localMedia())
    expect(media.payloadType).to.equal(97)
    expect(media.accept.get(8)).to.equal('PCMA')
    expect(media.accept.get(97)).to.equal('PCMA')
    expect(media.telephoneEvent).to.deep.equal({ send: 98, accept: [101, 98] })
  })

  it('an answer without keys leaves them to the audio', () => {
    const media = readAnswer(described(connection, 'm=audio 4000 RTP/AVP 8'), localMedia())
    expect(media.telephoneEvent).to.equal(undefined)
  })

  it('hold: we offer sendonly, they may only listen; they may hold as well', () => {
    const local = localMedia({ direction: 'sendonly' })
    expect(makeOffer(local)).to.contain('a=sendonly')
    const answered = (direction: string): unknown =>
      readAnswer(described(connection, 'm=audio 4000 RTP/AVP 8', `a=${direction}`), local).direction
    expect(answered('recvonly')).to.equal('sendonly')
    expect(answered('sendrecv')).to.equal('sendonly')
    expect(answered('inactive')).to.equal('inactive')
  })

  it('in a call they began, their lines keep their places and their numbers their meaning', () => {
    const theirs = described(
      connection,
      'm=video 5000 RTP/AVP 101',
      'm=audio 4000 RTP/AVP 101 97',
      'a=rtpmap:101 PCMA/8000',
      'a=rtpmap:97 telephone-event/8000',
    )
    const { media } = answerOffer(theirs, localMedia())
    const local = localMedia({ sessionVersion: 2, direction: 'sendonly' })
    const offer = makeOffer(local, media)
    expect(mLines(offer)).to.deep.equal(['m=video 0 RTP/AVP 101', 'm=audio 20000 RTP/AVP 101 0 97'])
    expect(offer).to.contain('o=- 4711 2 IN').and.to.contain('a=rtpmap:101 PCMA/8000')
    const answer = described(
      connection,
      'm=video 0 RTP/AVP 101',
      'm=audio 4000 RTP/AVP 101',
      'a=rtpmap:101 PCMA/8000',
      'a=recvonly',
    )
    expect(readAnswer(answer, local, media)).to.deep.include({
      index: 1,
      payloadType: 101,
      direction: 'sendonly',
    })
  })

  it('keys never take a number that means a codec in this call', () => {
    const theirs = described(connection, 'm=audio 4000 RTP/AVP 101', 'a=rtpmap:101 PCMA/8000')
    const { media } = answerOffer(theirs, localMedia())
    expect(makeOffer(localMedia(), media)).to.contain('a=rtpmap:102 telephone-event/8000')
  })

  for (const [what, answer, code] of [
    ['they refuse the line', described(connection, 'm=audio 0 RTP/AVP 8'), 'NO_COMMON_CODEC'],
    [
      'they answer with what we did not offer',
      described(connection, 'm=audio 4000 RTP/AVP 18'),
      'NO_COMMON_CODEC',
    ],
    [
      'they answer with keys alone',
      described(connection, 'm=audio 4000 RTP/AVP 101', 'a=rtpmap:101 telephone-event/8000'),
      'NO_COMMON_CODEC',
    ],
    ['they answer nothing', described(connection), 'BAD_SDP'],
    ['no address', described('m=audio 4000 RTP/AVP 8'), 'BAD_SDP'],
    ['not SDP', 'OK', 'BAD_SDP'],
  ] as const)
    it(`${what}: ${code}`, () => {
      try {
        readAnswer(answer, localMedia())
      } catch (error) {
        expect(error).to.be.instanceOf(YiluError)
        expect((error as YiluError).code).to.equal(code)
        return
      }
      throw new Error('was accepted')
    })

  it('a phone that answers with all of them is sent its first', () => {
    expect(readAnswer(phone, localMedia())).to.include({ codec: 'PCMU', payloadType: 0 })
  })
})
