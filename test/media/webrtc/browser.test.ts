import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { createMediaEngine } from '../../../media/engine/engine.ts'
import type { MediaEngine, Room, WebRtcLeg } from '../../../media/media.ts'
import { chromiumPath, needsBrowser } from '../../e2e/browser.ts'
import { RtpPhone } from '../../harness/rtp-phone.ts'

const BROWSER = 700
const CALLER = 1100
const PROMPT = 1500
const ALL = [BROWSER, CALLER, PROMPT]
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  // our end has no other address in tests, and Chromium does not look for its own loopback by itself
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
]

/** What runs in the page: says a tone, shows what it hears. */
const softphone = `
  const context = new AudioContext()
  const tone = context.createOscillator()
  const microphone = context.createMediaStreamDestination()
  tone.frequency.value = ${BROWSER}
  tone.connect(microphone)
  tone.start()
  const connection = (window.connection = new RTCPeerConnection())
  const sender = (window.sender = connection.addTrack(microphone.stream.getAudioTracks()[0]))
  connection.ontrack = ({ track }) => {
    const stream = new MediaStream([track])
    // Chromium decodes nothing that no element plays
    const player = new Audio()
    player.srcObject = stream
    void player.play()
    const ear = (window.ear = context.createAnalyser())
    ear.fftSize = 4096
    ear.smoothingTimeConstant = 0
    context.createMediaStreamSource(stream).connect(ear)
  }
  window.hears = (candidates) => {
    if (!window.ear) return ''
    const spectrum = new Float32Array(window.ear.frequencyBinCount)
    window.ear.getFloatFrequencyData(spectrum)
    const bin = (hz) => Math.round((hz * 4096) / context.sampleRate)
    const level = (hz) => Math.max(...spectrum.slice(bin(hz) - 1, bin(hz) + 2))
    return candidates.filter((hz) => level(hz) > -50).join()
  }
`

interface Softphone {
  connection: RTCPeerConnectionLike
  sender: { dtmf: { insertDTMF: (keys: string, duration: number, gap: number) => void } }
  hears: (candidates: number[]) => string
}
interface RTCPeerConnectionLike {
  createOffer: () => Promise<unknown>
  setLocalDescription: (description: unknown) => Promise<void>
  setRemoteDescription: (description: { type: 'answer'; sdp: string }) => Promise<void>
  localDescription: { sdp: string }
  close: () => void
}
declare const window: Softphone

describe('an agent in a real browser', function () {
  this.timeout(40_000)
  let engine: MediaEngine
  let browser: Browser
  let server: Server
  let page: Page
  let room: Room
  let leg: WebRtcLeg
  let phone: RtpPhone | undefined
  const errors: Error[] = []

  before(async function () {
    needsBrowser(this)
    engine = await createMediaEngine({ onError: (error) => errors.push(error) })
    server = createServer((_, response) => {
      response.setHeader('content-type', 'text/html').end('<title>softphone</title>')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    browser = await chromium.launch({ executablePath: chromiumPath()!, args: ARGUMENTS })
  })
  after(async () => {
    await browser?.close()
    await engine?.stop()
    server?.close()
  })

  beforeEach(async () => {
    room = await engine.openRoom()
    page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await page.evaluate(softphone)
    const offer = await page.evaluate(async () => {
      const { connection } = window
      await connection.setLocalDescription(await connection.createOffer())
      return connection.localDescription.sdp
    })
    leg = await room.addWebRtc(offer)
    const up = new Promise<boolean>((resolve) => (leg.onConnected = resolve))
    await page.evaluate(
      (sdp) => window.connection.setRemoteDescription({ type: 'answer', sdp }),
      leg.answerSdp,
    )
    expect(await up).to.be.true
  })
  afterEach(async () => {
    phone?.close()
    phone = undefined
    await page.close()
    await room.close()
    expect(errors).to.deep.equal([])
  })

  const hears = (wanted: number[]) =>
    page.waitForFunction(
      ([candidates, expected]) => window.hears(candidates) === expected,
      [ALL, wanted.join()] as const,
      { timeout: 10_000 },
    )

  async function join(): Promise<RtpPhone> {
    phone = await RtpPhone.open()
    const caller = await room.addRtp()
    phone.talkTo(caller.answer(phone.sdp()).sdp).say(CALLER)
    room.setHearing([
      { listener: caller.id, speaker: leg.id, gain: 1 },
      { listener: leg.id, speaker: caller.id, gain: 1 },
    ])
    return phone
  }

  it('the answer names our address alone, one codec and keys at its clock', () => {
    const candidates = leg.answerSdp.match(/a=candidate:.*/g)!
    expect(candidates).to.have.length(1)
    expect(candidates[0]).to.match(/ udp \d+ 127\.0\.0\.1 \d+ typ host/)
    expect(leg.answerSdp).to.include('a=ice-lite')
    expect(leg.answerSdp.match(/a=rtpmap:.*/g)).to.deep.equal([
      'a=rtpmap:8 PCMA/8000',
      'a=rtpmap:126 telephone-event/8000',
    ])
  })

  it('talks with a caller on the telephone, each hearing the other', async () => {
    const caller = await join()
    await Promise.all([hears([CALLER]), caller.hears([BROWSER], ALL)])
    const stats = await leg.stats()
    expect(stats.codec).to.equal('PCMA')
    expect(stats.packetsReceived).to.be.greaterThan(0)
  })

  it('hears a prompt over the caller', async () => {
    await join()
    leg.play({ tone: { hz: [PROMPT], onMs: 100, offMs: 0 } }, { loop: true })
    await hears([CALLER, PROMPT])
  })

  it('its keypad is told key by key', async () => {
    let digits = ''
    const all = new Promise<void>((resolve) => {
      leg.onDigit = (digit) => {
        digits += digit
        if (digits.length === 4) resolve()
      }
    })
    await page.evaluate(() => window.sender.dtmf.insertDTMF('12#9', 100, 60))
    await all
    expect(digits).to.equal('12#9')
  })

  it('hanging up in the page is told', async () => {
    const gone = new Promise<boolean>((resolve) => (leg.onConnected = resolve))
    await page.evaluate(() => window.connection.close())
    expect(await gone).to.be.false
  })

  it('a tab that is closed without a word is told', async () => {
    const gone = new Promise<boolean>((resolve) => (leg.onConnected = resolve))
    await page.close()
    expect(await gone).to.be.false
  })
})
