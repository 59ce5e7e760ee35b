import { expect } from 'chai'
import { createMediaEngine } from '../../../media/engine/engine.ts'
import type { MediaEngine, Room } from '../../../media/media.ts'

const offer = (...lines: string[]) =>
  ['v=0', 'o=- 1 1 IN IP4 0.0.0.0', 's=-', 't=0 0', ...lines, ''].join('\r\n')

describe('an offer of a browser that cannot be answered', () => {
  let engine: MediaEngine
  let room: Room

  before(async () => {
    engine = await createMediaEngine()
    room = await engine.openRoom()
  })
  after(() => engine.stop())

  const refusal = (sdp: string) =>
    room.addWebRtc(sdp).catch((error: { code: string }) => error.code)

  it('is refused with a reason', async () => {
    expect(await refusal('')).to.equal('BAD_SDP')
    expect(await refusal('garbage')).to.equal('BAD_SDP')
    expect(await refusal(offer('m=video 9 UDP/TLS/RTP/SAVPF 96'))).to.equal('BAD_SDP')
    expect(await refusal('x'.repeat(100_000))).to.equal('BAD_SDP')
    const keys = ['a=ice-ufrag:abcd', `a=fingerprint:sha-256 ${Array(32).fill('AB').join(':')}`]
    const opus = offer('m=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=rtpmap:111 opus/48000/2', ...keys)
    expect(await refusal(opus)).to.equal('NO_COMMON_CODEC')
    // no fingerprint, no credentials
    const bare = offer('m=audio 9 UDP/TLS/RTP/SAVPF 8', 'a=rtpmap:8 PCMA/8000', 'a=mid:0')
    expect(await refusal(bare)).to.equal('BAD_SDP')
  })

  it('leaves room for others', async () => {
    expect(engine.load()[0]!.webrtcLegs).to.equal(0)
    await room.addRtp()
  })
})
