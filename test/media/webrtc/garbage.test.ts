/** A browser's line while strangers send STUN, DTLS, RTP and nonsense to its port. */
import { createHash, randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import type { Socket } from 'node:dgram'
import { once } from 'node:events'
import { expect } from 'chai'
import fc from 'fast-check'
import {
  MediaStreamTrack,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  RtpHeader,
  RtpPacket,
} from 'werift'
import { g711 } from '../../../media/codecs/g711.ts'
import { createMediaEngine } from '../../../media/engine/engine.ts'
import type { MediaEngine, Room, WebRtcLeg } from '../../../media/media.ts'
import { mutated } from '../../harness/mutate.ts'
import { RtpPhone } from '../../harness/rtp-phone.ts'

const BROWSER = 700
const DATAGRAMS = 4000
const MAGIC = 0x2112a442

/** RFC 8489 §5: a binding request, with whatever it names and no proof of it */
function stun(type: number, attributes: [number, Buffer][]): Buffer {
  const body = Buffer.concat(
    attributes.map(([kind, value]) => {
      const head = Buffer.alloc(4)
      head.writeUInt16BE(kind, 0)
      head.writeUInt16BE(value.length, 2)
      return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)])
    }),
  )
  const head = Buffer.alloc(8)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(body.length, 2)
  head.writeUInt32BE(MAGIC, 4)
  return Buffer.concat([head, createHash('md5').update(body).digest().subarray(0, 12), body])
}

const hello = Buffer.from(
  // RFC 6347 §4.2.1: a ClientHello of one cipher
  '16feff00000000000000000036010000' +
    '2a000000000000002afefd' +
    '00'.repeat(32) +
    '00000002c02b0100',
  'hex',
)

describe('strangers at the port of a browser’s line', function () {
  this.timeout(40_000)
  let engine: MediaEngine
  let room: Room
  let leg: WebRtcLeg
  let phone: RtpPhone
  let browser: RTCPeerConnection
  let speaking: NodeJS.Timeout
  let stranger: Socket
  let lost = 0
  const errors: Error[] = []

  before(async () => {
    engine = await createMediaEngine({ onError: (error) => errors.push(error) })
    room = await engine.openRoom()
    const track = new MediaStreamTrack({ kind: 'audio' })
    browser = new RTCPeerConnection({
      codecs: {
        audio: [
          new RTCRtpCodecParameters({
            ...{ mimeType: 'audio/PCMA', clockRate: 8000, channels: 1, payloadType: 8 },
          }),
        ],
        video: [],
      },
      iceServers: [],
      iceUseIpv6: false,
      iceInterfaceAddresses: { udp4: '127.0.0.1' },
      iceAdditionalHostAddresses: ['127.0.0.1'],
    })
    browser.addTransceiver(track, { direction: 'sendrecv' })
    // with no server given the library asks a public one
    for (const { connection } of browser.iceTransports)
      (connection as { stunServer?: unknown }).stunServer = undefined
    await browser.setLocalDescription(await browser.createOffer())
    leg = await room.addWebRtc(browser.localDescription!.sdp)
    const up = new Promise<boolean>((resolve) => (leg.onConnected = resolve))
    await browser.setRemoteDescription({ type: 'answer', sdp: leg.answerSdp })
    expect(await up).to.be.true
    leg.onConnected = (connected) => void (connected || lost++)
    speaking = speak(track)
    phone = await RtpPhone.open()
    const caller = await room.addRtp()
    phone.talkTo(caller.answer(phone.sdp()).sdp)
    room.setHearing([{ listener: caller.id, speaker: leg.id, gain: 1 }])
    await phone.hears([BROWSER], [BROWSER])
    stranger = createSocket('udp4')
    stranger.bind(0, '127.0.0.1')
    await once(stranger, 'listening')
  })
  after(async () => {
    clearInterval(speaking)
    stranger?.close()
    phone?.close()
    await browser?.close()
    await engine?.stop()
  })
  afterEach(() => expect(errors).to.deep.equal([]))

  function speak(track: MediaStreamTrack): NodeJS.Timeout {
    const pcm = new Int16Array(160)
    const payload = Buffer.alloc(160)
    const startedMs = performance.now()
    let frame = 0
    return setInterval(() => {
      for (; frame * 20 <= performance.now() - startedMs; frame++) {
        for (let i = 0; i < 160; i++)
          pcm[i] = 6000 * Math.sin((2 * Math.PI * BROWSER * (frame * 160 + i)) / 8000)
        g711.PCMA.encode(pcm, payload)
        const header = new RtpHeader({
          ...{ payloadType: 8, sequenceNumber: frame & 0xffff, timestamp: frame * 160, ssrc: 5 },
        })
        track.writeRtp(new RtpPacket(header, Buffer.from(payload)))
      }
    }, 20)
  }

  const port = () => Number(/a=candidate:\S+ \d+ udp \d+ \S+ (\d+)/i.exec(leg.answerSdp)![1])
  const ufrag = () => /a=ice-ufrag:(\S+)/.exec(leg.answerSdp)![1]!

  async function send(datagrams: Buffer[]): Promise<void> {
    for (const [n, datagram] of datagrams.entries()) {
      stranger.send(
        datagram.length > 1400 ? datagram.subarray(0, 1400) : datagram,
        port(),
        '127.0.0.1',
      )
      // loopback drops what nobody reads in time; the point is that they arrive
      if (n % 50 === 49) await phone.receives(1)
    }
  }

  const kinds: [string, () => fc.Arbitrary<Buffer>][] = [
    [
      'STUN, true and broken, without the password',
      () => {
        const user = Buffer.from(`${ufrag()}:them`)
        const integrity = randomBytes(20)
        const right: [number, Buffer][] = [
          [0x0006, user],
          [0x0024, Buffer.alloc(4)],
          [0x8029, Buffer.alloc(8)],
          [0x0025, Buffer.alloc(0)],
          [0x0008, integrity],
        ]
        const corpus = [stun(1, right), stun(1, []), stun(0x0101, right), stun(0x0111, right)]
        return mutated(corpus, ['\x00\x06', '\x00\x08', '\xff\xff', '\x00\x01'])
      },
    ],
    [
      'DTLS records',
      () => mutated([hello], ['\x16\xfe\xfd', '\x17\xfe\xfd', '\x15\xfe\xfd', '\x00']),
    ],
    [
      'RTP and RTCP that were never encrypted',
      () => mutated([Buffer.concat([Buffer.from([0x80, 8, 0, 1]), Buffer.alloc(168)]), Buffer.from([0x80, 200, 0, 6])], ['\x80\xc8']), // prettier-ignore
    ],
    ['nonsense', () => fc.uint8Array({ maxLength: 1200 }).map((bytes) => Buffer.from(bytes))],
  ]
  for (const [what, datagrams] of kinds) {
    it(`${DATAGRAMS} datagrams of ${what}: the line goes on`, async () => {
      await send(fc.sample(datagrams(), { numRuns: DATAGRAMS, seed: 20_261_122 }))
      await phone.hears([BROWSER], [BROWSER])
      expect(lost, 'times the line was lost').to.equal(0)
    })
  }

  it('and another browser still gets one', async () => {
    const more = await room.addWebRtc(browser.localDescription!.sdp)
    expect(more.answerSdp).to.include('a=candidate')
    more.close()
  })
})
