import { expect } from 'chai'
import fc from 'fast-check'
import { parseRtcp, writeRtcp } from '../../../media/engine/rtcp-packet.ts'
import { RtcpSession } from '../../../media/engine/rtcp-session.ts'
import { parseRtp, writeRtp } from '../../../media/engine/rtp-packet.ts'
import { ArrivalStatistics } from '../../../media/engine/arrival-statistics.ts'
import { TelephoneEventReceiver } from '../../../media/engine/telephone-event.ts'

const uint = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 })

describe('RTP and RTCP on the wire', () => {
  it('what is written is read', () => {
    const packet = fc.record({
      payloadType: uint(7),
      marker: fc.boolean(),
      sequence: uint(16),
      timestamp: uint(32),
      ssrc: uint(32),
      payload: fc.uint8Array({ maxLength: 200 }),
    })
    fc.assert(
      fc.property(packet, (sent) => {
        const read = parseRtp(writeRtp(sent))!
        expect({ ...read, payload: [...read.payload] }).to.deep.equal({
          ...sent,
          payload: [...sent.payload],
        })
      }),
    )
  })

  it('CSRCs, an extension and padding are passed over', () => {
    const header = Buffer.alloc(12)
    header[0] = 0x80 | 0x20 | 0x10 | 2
    const extension = Buffer.from([0, 0, 0, 1, 9, 9, 9, 9])
    const datagram = Buffer.concat([
      header,
      Buffer.alloc(8),
      extension,
      Buffer.from([5, 6, 0, 0, 3]),
    ])
    expect([...parseRtp(datagram)!.payload]).to.deep.equal([5, 6])
  })

  it('any bytes are read or refused, never past their end', () => {
    const bytes = fc.uint8Array({ maxLength: 120 }).map((each) => Buffer.from(each))
    const likely = fc.tuple(uint(6), bytes).map(([flags, rest]) => {
      if (rest.length) rest[0] = 0x80 | flags
      if (rest.length > 1) rest[1] = 200 + (flags % 5)
      return rest
    })
    fc.assert(
      fc.property(fc.oneof(bytes, likely), (datagram) => {
        const rtp = parseRtp(datagram)
        if (rtp) expect(rtp.payload.length).to.be.at.most(datagram.length - 12)
        const rtcp = parseRtcp(datagram)
        if (!rtcp) return
        const session = new RtcpSession()
        session.receive(rtcp, 1, 1e12)
        session.report(
          { ssrc: 1, packets: 1, octets: 160, timestamp: 0 },
          new ArrivalStatistics(),
          1e12,
        )
      }),
      { numRuns: 5000 },
    )
  })

  it('reports come back as they were', () => {
    const block = fc.record({
      ssrc: uint(32),
      fractionLost: uint(8),
      cumulativeLost: fc.integer({ min: -0x800000, max: 0x7fffff }),
      extendedHighest: uint(32),
      jitter: uint(32),
      lastSenderReport: uint(32),
      delaySince: uint(32),
    })
    const sender = fc.record({
      ntpSeconds: uint(32),
      ntpFraction: uint(32),
      rtpTimestamp: uint(32),
      packets: uint(32),
      octets: uint(32),
    })
    const report = fc.record(
      { ssrc: uint(32), sender, blocks: fc.array(block, { maxLength: 31 }) },
      { requiredKeys: ['ssrc', 'blocks'] },
    )
    fc.assert(
      fc.property(report, fc.string({ maxLength: 300 }), fc.boolean(), (sent, name, goodbye) => {
        const { reports, goodbyes } = parseRtcp(writeRtcp(sent, name, goodbye))!
        expect(reports).to.deep.equal([{ ...sent }])
        expect(goodbyes).to.deep.equal(goodbye ? [sent.ssrc] : [])
      }),
    )
  })

  it('two ends learn loss and the time of the round trip from each other', () => {
    const [ours, theirs] = [new RtcpSession(), new RtcpSession()]
    const [arrivals, none] = [new ArrivalStatistics(), new ArrivalStatistics()]
    for (const sequence of [65_534, 65_535, 0, 1, 4, 5, 3, 5]) {
      arrivals.add({ ssrc: 7, sequence, timestamp: sequence * 160 }, 0, true)
    }
    const nowMs = 1_900_000_000_000
    const sent = { ssrc: 7, packets: 8, octets: 1280, timestamp: 900 }
    const first = parseRtcp(writeRtcp(ours.report(sent, none, nowMs), 'us'))!
    theirs.receive(first, 8, nowMs + 40)
    const answer = theirs.report({ ...sent, ssrc: 8, packets: 0 }, arrivals, nowMs + 1040)
    expect(answer.sender).to.be.undefined
    ours.receive(parseRtcp(writeRtcp(answer, 'them'))!, 7, nowMs + 1090)
    expect(ours.learned.remoteLost).to.equal(0)
    expect(arrivals.packetsLost).to.equal(1)
    expect(ours.learned.roundTripMs).to.be.closeTo(90, 1)
  })

  it('a press is told once with its beginning, its end or its middle lost', () => {
    const packet = (event: number, duration: number, end = false) =>
      Uint8Array.of(event, (end ? 0x80 : 0) | 10, duration >> 8, duration & 255)
    const receiver = new TelephoneEventReceiver()
    const receive = (timestamp: number, payload: Uint8Array, ssrc = 1) =>
      receiver.receive({ ssrc, timestamp, payload })
    expect(receive(1000, packet(5, 160))).to.equal('5')
    expect(receive(1000, packet(5, 320))).to.be.undefined
    // the end never came, and the same key again
    expect(receive(5000, packet(5, 160))).to.equal('5')
    expect(receive(5000, packet(5, 800, true))).to.be.undefined
    // late from the press before
    expect(receive(1000, packet(5, 800, true))).to.be.undefined
    // of this one only the end arrives
    expect(receive(9000, packet(11, 800, true))).to.equal('#')
    // held for longer than one event can be
    expect(receive(20_000, packet(1, 0xffff))).to.equal('1')
    expect(receive(20_000 + 0xffff, packet(1, 160))).to.be.undefined
    // of another source, which may use the same timestamps
    expect(receive(20_000 + 0xffff, packet(1, 160), 2)).to.equal('1')
    // no key of a telephone
    expect(receive(200_000, packet(64, 160))).to.be.undefined
  })
})
