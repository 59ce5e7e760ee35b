import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { expect } from 'chai'
import { createMediaEngine } from '../../../media/engine/engine.ts'
import type { MediaEngine, Room } from '../../../media/media.ts'
import type { PhoneOptions } from '../../harness/rtp-phone.ts'
import { RtpPhone } from '../../harness/rtp-phone.ts'

const CALLER = 500
const OTHER = 900
const ALL = [CALLER, OTHER]

describe('RTP from the network as it is', () => {
  let engine: MediaEngine
  let room: Room
  const phones: RtpPhone[] = []
  const errors: Error[] = []

  before(async () => {
    engine = await createMediaEngine({ silentLineMs: 400, onError: (error) => errors.push(error) })
  })
  after(() => engine.stop())
  beforeEach(async () => {
    room = await engine.openRoom()
    errors.length = 0
  })
  afterEach(async () => {
    for (const phone of phones.splice(0)) phone.close()
    await room.close()
    expect(errors).to.deep.equal([])
  })

  async function phone(options: PhoneOptions = {}) {
    const opened = await RtpPhone.open(options)
    phones.push(opened)
    return opened
  }

  async function listener() {
    const opened = await phone()
    const leg = await room.addRtp()
    opened.talkTo(leg.answer(opened.sdp()).sdp)
    const listenTo = (speaker: { id: string }) =>
      room.setHearing([{ listener: leg.id, speaker: speaker.id, gain: 1 }])
    return { phone: opened, leg, listenTo }
  }

  it('a phone behind NAT is answered where its packets come from', async () => {
    const behindNat = await phone()
    const leg = await room.addRtp()
    // port 9 of the SDP is nobody's
    behindNat.talkTo(leg.answer(behindNat.sdp('sendrecv', 9)).sdp).say(CALLER)
    leg.play({ tone: { hz: [OTHER], onMs: 100, offMs: 0 } }, { loop: true })
    await behindNat.hears([OTHER], ALL)
  })

  it('a stranger who sends to the port is neither heard nor sent to', async () => {
    const { phone: ears, listenTo } = await listener()
    const caller = await phone()
    const leg = await room.addRtp()
    const { sdp } = leg.answer(caller.sdp())
    listenTo(leg)
    caller.talkTo(sdp).say(CALLER)
    await ears.hears([CALLER], ALL)
    const stranger = await phone()
    stranger.talkTo(sdp).say(OTHER)
    await ears.receives(30)
    await ears.hears([CALLER], ALL)
    expect(stranger.packets).to.equal(0)
  })

  it('a stranger who is faster than the phone loses to the agreed address', async () => {
    const { phone: ears, listenTo } = await listener()
    const caller = await phone()
    const leg = await room.addRtp()
    const { sdp } = leg.answer(caller.sdp())
    listenTo(leg)
    const stranger = await phone()
    stranger.talkTo(sdp).say(OTHER)
    await ears.hears([OTHER], ALL)
    caller.talkTo(sdp).say(CALLER)
    await ears.hears([CALLER], ALL)
  })

  it('a source that changes in mid-call is heard again at once', async () => {
    const { phone: ears, listenTo } = await listener()
    const caller = await phone()
    const leg = await room.addRtp()
    caller.talkTo(leg.answer(caller.sdp()).sdp).say(CALLER)
    listenTo(leg)
    await ears.hears([CALLER], ALL)
    caller.changeSource()
    caller.say(OTHER)
    await ears.hears([OTHER], ALL)
  })

  it('with 5 % lost, doubled and out of order the voice is still the voice', async () => {
    const { phone: ears, listenTo } = await listener()
    const caller = await phone({ impairment: { lose: 0.05, double: 0.05, reorder: 0.05 } })
    const leg = await room.addRtp()
    caller.talkTo(leg.answer(caller.sdp()).sdp).say(CALLER)
    listenTo(leg)
    await ears.receives(150)
    await ears.hears([CALLER], ALL)
  })

  it('garbage of all kinds changes nothing', async () => {
    const { phone: ears, listenTo } = await listener()
    const caller = await phone()
    const leg = await room.addRtp()
    caller.talkTo(leg.answer(caller.sdp()).sdp).say(CALLER)
    listenTo(leg)
    for (let length = 0; length < 200; length++) {
      const garbage = Buffer.alloc(length, 0x80 + length)
      if (length > 1) garbage[1] = length
      caller.sendRaw(garbage)
    }
    await ears.receives(30)
    await ears.hears([CALLER], ALL)
  })

  it('sending to a port nobody listens on harms nobody', async () => {
    const gone = createSocket('udp4')
    gone.bind(0, '127.0.0.1')
    await once(gone, 'listening')
    const { port } = gone.address()
    gone.close()
    const { phone: ears, leg } = await listener()
    const lost = await room.addRtp()
    lost.answer(ears.sdp('sendrecv', port))
    lost.play({ tone: { hz: [OTHER], onMs: 100, offMs: 0 } }, { loop: true })
    leg.play({ tone: { hz: [OTHER], onMs: 100, offMs: 0 } }, { loop: true })
    await ears.receives(30)
    await ears.hears([OTHER], ALL)
    expect((await lost.stats()).packetsSent).to.be.greaterThan(10)
  })

  it('a line that falls silent is told once, and again only after it spoke', async () => {
    const { phone: ears, leg } = await listener()
    let told = 0
    const silence = () =>
      new Promise<number>((resolve) => {
        leg.onSilentLine = (silentMs) => {
          told++
          resolve(silentMs)
        }
      })
    await ears.receives(5)
    const first = silence()
    ears.hush()
    expect(await first).to.equal(400)
    await ears.receives(30)
    expect(told).to.equal(1)
    const second = silence()
    ears.talkTo(leg.offer())
    await ears.receives(5)
    ears.hush()
    await second
    expect(told).to.equal(2)
  })

  it('on hold by the other end we send nothing, and its silence is no fault', async () => {
    const { phone: ears, leg } = await listener()
    let told = 0
    leg.onSilentLine = () => told++
    await ears.receives(5)
    expect(leg.answer(ears.sdp('inactive')).theirDirection).to.equal('inactive')
    ears.hush()
    const other = await listener()
    await other.phone.receives(5)
    const before = ears.packets
    await other.phone.receives(30)
    expect(ears.packets).to.equal(before)
    expect(told).to.equal(0)
    leg.answer(ears.sdp('sendrecv'))
    await ears.receives(5)
  })

  it('reports go to the other end by RTCP and its own are learned', async function () {
    this.timeout(15_000)
    const { phone: ears, leg } = await listener()
    await ears.until(() => ears.reports.length > 0)
    const [report] = ears.reports[0]!.reports
    expect(report!.sender!.packets).to.be.greaterThan(10)
    expect(report!.blocks[0]!.ssrc).to.equal(0x1234)
    leg.close()
    await ears.until(() => ears.reports.some(({ goodbyes }) => goodbyes.length === 1))
  })
})
