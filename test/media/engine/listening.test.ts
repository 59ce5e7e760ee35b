import { spawnSync } from 'node:child_process'
import { expect } from 'chai'
import { createMediaEngine } from '../../../media/engine/engine.ts'
import type { MediaEngine, Room, RtpLeg } from '../../../media/media.ts'
import { RtpPhone } from '../../harness/rtp-phone.ts'
import { tonesIn } from '../../harness/tones.ts'

const TONE = 600

describe('what a leg says', () => {
  let engine: MediaEngine
  let room: Room
  let leg: RtpLeg
  let phone: RtpPhone

  before(async () => {
    engine = await createMediaEngine()
  })
  after(() => engine.stop())
  beforeEach(async () => {
    room = await engine.openRoom()
    leg = await room.addRtp()
    phone = await RtpPhone.open()
  })
  afterEach(async () => {
    phone.close()
    await room.close()
  })

  it('comes in chunks of 100 ms while it is tapped, and stops', async () => {
    phone.talkTo(leg.answer(phone.sdp()).sdp).say(TONE)
    const chunks: Int16Array[] = []
    leg.onAudio = (pcm) => chunks.push(pcm)
    leg.tap(true)
    await phone.until(() => chunks.length >= 5)
    expect(chunks.every((chunk) => chunk.length === 800)).to.be.true
    expect(tonesIn(chunks.at(-1)!, [TONE, 900])).to.deep.equal([TONE])
    leg.tap(false)
    await leg.stats()
    const { length } = chunks
    await phone.receives(15)
    expect(chunks.length).to.equal(length)
  })

  it('is told to be speech where it is speech, and to have ended', async function () {
    const text = 'Good morning, I would like to know when the park opens.'
    const espeak = spawnSync('espeak-ng', ['--stdout', text])
    const args = ['-t', 'wav', '-', '-r', '8000', '-t', 's16', '-L', '-']
    const sox = spawnSync('sox', args, { input: espeak.stdout })
    if (espeak.error || sox.error) {
      this.test!.title += ' — espeak-ng or sox is not installed (apt install espeak-ng sox)'
      this.skip()
    }
    const speech = new Int16Array(sox.stdout.length >> 1)
    new Uint8Array(speech.buffer).set(sox.stdout.subarray(0, speech.byteLength))
    const changes: boolean[] = []
    leg.onSpeech = (speaking) => changes.push(speaking)
    leg.detectSpeech(true)
    phone.talkTo(leg.answer(phone.sdp()).sdp)
    await phone.receives(25)
    expect(changes).to.deep.equal([])
    phone.speak(speech)
    await phone.until(() => changes.length >= 1)
    await phone.until(() => changes.length % 2 === 0)
    expect(changes.slice(0, 2)).to.deep.equal([true, false])
  })

  it('our offer is answered by them as well as theirs by us', async () => {
    const offer = leg.offer()
    expect(leg.accept(phone.sdp()).theirDirection).to.equal('sendrecv')
    phone.talkTo(offer)
    leg.play({ tone: { hz: [TONE], onMs: 100, offMs: 0 } }, { loop: true })
    await phone.hears([TONE], [TONE])
    // hold from our side: they are told to listen only, and hear on
    const hold = leg.offer('sendonly')
    expect(hold).to.include('a=sendonly')
    const version = (sdp: string) => Number(/o=\S+ \d+ (\d+)/.exec(sdp)![1])
    expect(version(hold)).to.equal(version(offer) + 1)
    leg.accept(phone.sdp('recvonly'))
    await phone.receives(20)
    await phone.hears([TONE], [TONE])
  })

  it('packets of 40 ms are sent to whom asks for them', async () => {
    phone.talkTo(leg.answer(phone.sdp() + 'a=ptime:40\r\n').sdp)
    leg.play({ tone: { hz: [TONE], onMs: 100, offMs: 0 } }, { loop: true })
    await phone.receives(10)
    await phone.hears([TONE], [TONE])
    const { packetsSent } = await leg.stats()
    const heard = phone.last(400)
    expect(heard.every((sample, i) => i === 0 || Math.abs(sample - heard[i - 1]!) < 4000)).to.be
      .true
    expect(packetsSent).to.be.greaterThan(9)
  })
})
