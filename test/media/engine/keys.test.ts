import { expect } from 'chai'
import { createMediaEngine } from '../../../media/engine/engine.ts'
import type { MediaEngine, Room } from '../../../media/media.ts'
import type { PhoneOptions } from '../../harness/rtp-phone.ts'
import { RtpPhone } from '../../harness/rtp-phone.ts'
import { amplitudeOf } from '../../harness/tones.ts'

const EVERY_KEY = '1234567890*#ABCD'

describe('keys', () => {
  let engine: MediaEngine
  let room: Room
  const phones: RtpPhone[] = []

  before(async () => {
    engine = await createMediaEngine()
  })
  after(() => engine.stop())
  beforeEach(async () => {
    room = await engine.openRoom()
  })
  afterEach(async () => {
    for (const phone of phones.splice(0)) phone.close()
    await room.close()
  })

  async function join(options: PhoneOptions = {}) {
    const phone = await RtpPhone.open(options)
    phones.push(phone)
    const leg = await room.addRtp()
    phone.talkTo(leg.answer(phone.sdp()).sdp)
    let digits = ''
    leg.onDigit = (digit) => (digits += digit)
    return { phone, leg, digits: () => digits }
  }

  it('each press is told once, however often its packets come', async () => {
    const { phone, digits } = await join()
    phone.press('1223#')
    await phone.until(() => digits() === '1223#', digits)
    await phone.receives(10)
    expect(digits()).to.equal('1223#')
  })

  it('with packets lost, doubled and out of order', async () => {
    const impairment = { lose: 0.05, double: 0.05, reorder: 0.05 }
    const { phone, digits } = await join({ impairment })
    phone.press('12223#*0')
    await phone.until(() => digits().length >= 8, digits)
    await phone.receives(15)
    expect(digits()).to.equal('12223#*0')
  })

  it('ours arrive as events', async () => {
    const { phone, leg } = await join()
    leg.sendDigits('12 3#')
    await phone.until(
      () => phone.digits === '123#',
      () => phone.digits,
    )
  })

  it('where events were not agreed, ours are tones and theirs are heard as tones', async () => {
    const a = await join({ events: false })
    const b = await join({ events: false })
    room.setHearing([{ listener: b.leg.id, speaker: a.leg.id, gain: 1 }])
    b.leg.sendDigits('5')
    await b.phone.hears([770, 1336], [697, 770, 852, 941, 1209, 1336, 1477])
    expect(b.phone.digits).to.equal('')
    expect(a.digits()).to.equal('')
  })

  it('all sixteen tones made by us are understood by us', async () => {
    const from = await room.addRtp()
    const to = await room.addRtp()
    const withoutEvents = (sdp: string) =>
      sdp.replace(/ 101\r/, '\r').replace(/a=(rtpmap|fmtp):101.*\r\n/g, '')
    from.accept(withoutEvents(to.answer(withoutEvents(from.offer())).sdp))
    let digits = ''
    const all = new Promise<void>((resolve) => {
      to.onDigit = (digit) => {
        digits += digit
        if (digits.length === EVERY_KEY.length) resolve()
      }
    })
    from.sendDigits(EVERY_KEY)
    await all
    expect(digits).to.equal(EVERY_KEY)
  })

  it('while a key is sent the voice is left out, and comes back', async () => {
    const a = await join()
    const b = await join()
    a.phone.say(600)
    room.setHearing([{ listener: b.leg.id, speaker: a.leg.id, gain: 1 }])
    await b.phone.hears([600], [600])
    b.leg.sendDigits('9')
    await b.phone.until(() => b.phone.digits === '9')
    await b.phone.receives(20)
    expect(amplitudeOf(b.phone.last(200), 600)).to.be.closeTo(6000, 300)
  })
})
