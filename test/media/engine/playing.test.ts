import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { createMediaEngine } from '../../../media/engine/engine.ts'
import { g711 } from '../../../media/codecs/g711.ts'
import type { MediaEngine, Room, RtpLeg } from '../../../media/media.ts'
import { writeWavHeader } from '../../../media/prompts/wav-header.ts'
import { RtpPhone } from '../../harness/rtp-phone.ts'
import { amplitudeOf, sine } from '../../harness/tones.ts'

const LOW = 500
const MIDDLE = 800
const HIGH = 1200
const ALL = [LOW, MIDDLE, HIGH]

describe('what is played to a leg', () => {
  let engine: MediaEngine
  let room: Room
  let leg: RtpLeg
  let phone: RtpPhone
  const folder = mkdtempSync(path.join(tmpdir(), 'yilu-play-'))

  const bytes = (pcm: Int16Array) => Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength)
  function file(name: string, pcm: Int16Array, header = writeWavHeader(1, 8000, pcm.byteLength)) {
    const place = path.join(folder, name)
    writeFileSync(place, Buffer.concat([header, bytes(pcm)]))
    return place
  }

  before(async () => {
    engine = await createMediaEngine()
  })
  after(async () => {
    await engine.stop()
    rmSync(folder, { recursive: true })
  })
  beforeEach(async () => {
    room = await engine.openRoom()
    leg = await room.addRtp()
    phone = await RtpPhone.open()
    phone.talkTo(leg.answer(phone.sdp()).sdp)
  })
  afterEach(async () => {
    phone.close()
    await room.close()
  })

  it('files come one after the other, as loud as they are, and the end is told', async () => {
    const files = [file('low.wav', sine(LOW, 500)), file('high.wav', sine(HIGH, 500))]
    const playback = leg.play({ files })
    await phone.hears([LOW], ALL)
    await phone.receives(8)
    expect(amplitudeOf(phone.last(100), LOW)).to.be.closeTo(6000, 200)
    await phone.hears([HIGH], ALL)
    expect(await playback.ended).to.equal('finished')
    await phone.hears([], ALL)
  })

  it('A-law, headerless PCM and stereo files are understood', async () => {
    const pcm = sine(MIDDLE, 400)
    const alaw = new Uint8Array(pcm.length)
    g711.PCMA.encode(pcm, alaw)
    const header = writeWavHeader(1, 8000, alaw.length)
    header.writeUInt16LE(6, 20)
    header.writeUInt16LE(8, 34)
    const law = path.join(folder, 'law.wav')
    writeFileSync(law, Buffer.concat([header, alaw]))
    const raw = file('raw.pcm', sine(LOW, 400), Buffer.alloc(0))
    const both = new Int16Array(6400)
    sine(HIGH, 400, 12_000).forEach((sample, i) => (both[2 * i] = sample))
    const stereo = file('stereo.wav', both, writeWavHeader(2, 8000, both.byteLength))
    const playback = leg.play({ files: [law, raw, stereo] })
    await phone.hears([MIDDLE], ALL)
    await phone.hears([LOW], ALL)
    await phone.hears([HIGH], ALL)
    expect(await playback.ended).to.equal('finished')
  })

  it('music loops until it is stopped; pausing is silence, and it goes on from there', async () => {
    const music = file('music.wav', sine(LOW, 200))
    const playback = leg.play({ files: [music] }, { loop: true })
    await phone.receives(40)
    await phone.hears([LOW], ALL)
    playback.pause()
    await phone.hears([], ALL)
    playback.resume()
    await phone.hears([LOW], ALL)
    playback.stop()
    expect(await playback.ended).to.equal('stopped')
    await phone.hears([], ALL)
  })

  it('a second prompt replaces the first', async () => {
    const first = leg.play({ files: [file('first.wav', sine(LOW, 5000))] })
    await phone.hears([LOW], ALL)
    leg.play({ files: [file('second.wav', sine(HIGH, 5000))] })
    expect(await first.ended).to.equal('replaced')
    await phone.hears([HIGH], ALL)
  })

  it('an announcement comes over the music, which is lowered meanwhile and rises again', async () => {
    const music = leg.play({ files: [file('under.wav', sine(LOW, 300))] }, { loop: true })
    await phone.hears([LOW], ALL)
    const announcement = leg.play({ files: [file('over.wav', sine(HIGH, 1200))] }, { over: true })
    await phone.hears([LOW, HIGH], ALL)
    await phone.receives(20)
    expect(amplitudeOf(phone.last(200), LOW)).to.be.closeTo(1500, 300)
    expect(await announcement.ended).to.equal('finished')
    await phone.until(() => amplitudeOf(phone.last(200), LOW) > 5500)
    music.stop()
  })

  it('starts in the middle and at half the volume where that is asked for', async () => {
    const both = new Int16Array([...sine(LOW, 1000), ...sine(HIGH, 1000)])
    leg.play({ files: [file('both.wav', both)] }, { fromMs: 1000, gain: 0.5 })
    await phone.hears([HIGH], ALL)
    await phone.receives(15)
    expect(amplitudeOf(phone.last(200), HIGH)).to.be.closeTo(3000, 200)
  })

  it('a file that is missing, or is no WAV, fails and nothing else', async () => {
    expect(await leg.play({ files: [path.join(folder, 'absent.wav')] }).ended).to.equal('failed')
    const text = path.join(folder, 'text.wav')
    writeFileSync(text, 'this is not audio')
    expect(await leg.play({ files: [text] }).ended).to.equal('failed')
    leg.play({ tone: { hz: [LOW], onMs: 500, offMs: 0 } })
    await phone.hears([LOW], ALL)
  })

  it('a busy tone has its rhythm', async () => {
    leg.play({ tone: { hz: [450], onMs: 350, offMs: 350 } }, { loop: true })
    for (let i = 0; i < 2; i++) {
      await phone.hears([450], [450])
      await phone.hears([], [450])
    }
  })

  it('silence takes its time', async () => {
    const silence = leg.play({ silenceMs: 300 })
    const before = phone.packets
    expect(await silence.ended).to.equal('finished')
    expect(phone.packets - before).to.be.within(10, 25)
  })

  describe('as a stream that is still being made', () => {
    it('is heard, and is not fetched faster than about two seconds ahead', async () => {
      let made = 0
      async function* speech() {
        for (let i = 0; i < 100; i++) {
          made++
          yield sine(LOW, 100)
        }
      }
      const playback = leg.play({ stream: speech() })
      await phone.hears([LOW], ALL)
      await phone.receives(25)
      expect(made).to.be.within(20, 35)
      playback.stop()
      expect(await playback.ended).to.equal('stopped')
    })

    it('gaps are silence, and the end is the end of the stream', async () => {
      let goOn!: () => void
      const waiting = new Promise<void>((resolve) => (goOn = resolve))
      async function* speech() {
        yield sine(LOW, 300)
        await waiting
        yield sine(HIGH, 300)
      }
      const playback = leg.play({ stream: speech() })
      await phone.hears([LOW], ALL)
      await phone.hears([], ALL)
      goOn()
      await phone.hears([HIGH], ALL)
      expect(await playback.ended).to.equal('finished')
    })

    it('stopping tells its maker', async () => {
      let told!: () => void
      const returned = new Promise<void>((resolve) => (told = resolve))
      async function* speech() {
        try {
          for (;;) yield sine(LOW, 100)
        } finally {
          told()
        }
      }
      const playback = leg.play({ stream: speech() })
      await phone.hears([LOW], ALL)
      playback.stop()
      await returned
    })

    it('one that breaks off is played so far and has failed', async () => {
      // eslint-disable-next-line require-yield
      async function* speech(): AsyncGenerator<Int16Array> {
        throw new Error('synthesis broke')
      }
      expect(await leg.play({ stream: speech() }).ended).to.equal('failed')
    })
  })

  it('closing the leg ends what plays', async () => {
    const playback = leg.play({ silenceMs: 60_000 })
    leg.close()
    expect(await playback.ended).to.equal('closed')
    expect(await leg.play({ silenceMs: 10 }).ended).to.equal('closed')
  })
})
