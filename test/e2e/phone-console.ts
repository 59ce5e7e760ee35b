/** A console whose microphone hums a tone, and whose ears can be asked what they hear. */
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { chromiumPath } from './browser.ts'
import { ConsolePage } from './console-page.ts'
import { until } from './until.ts'
import type { Lang } from './words.ts'

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
]

/** One Chromium for everybody with a telephone in the console. */
export function launchPhoneBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath()!, args: ARGUMENTS, headless: true })
}

/**
 * Runs in the page before anything of ours: the microphone is an oscillator (a device would be filtered as
 * noise), and every remote track is listened to beside the page's own loudspeaker.
 */
const withTones = (hz: number): string => `
  const context = new AudioContext()
  navigator.mediaDevices.getUserMedia = async () => {
    const tone = context.createOscillator()
    const level = context.createGain()
    const microphone = context.createMediaStreamDestination()
    tone.frequency.value = ${hz}
    level.gain.value = 0.3
    tone.connect(level).connect(microphone)
    tone.start()
    await context.resume()
    return microphone.stream
  }
  const ears = (window.ears = [])
  const Native = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Native {
    constructor(...given) {
      super(...given)
      this.addEventListener('track', ({ track }) => {
        const ear = context.createAnalyser()
        ear.fftSize = 4096
        ear.smoothingTimeConstant = 0
        context.createMediaStreamSource(new MediaStream([track])).connect(ear)
        ears.push({ ear, track })
      })
    }
  }
  window.hears = (hz) => {
    const open = ears.filter(({ track }) => track.readyState === 'live').at(-1)
    if (!open) return false
    const spectrum = new Float32Array(open.ear.frequencyBinCount)
    open.ear.getFloatFrequencyData(spectrum)
    const bin = Math.round((hz * 4096) / context.sampleRate)
    return Math.max(...spectrum.slice(bin - 1, bin + 2)) > -55
  }
`

export class PhoneConsole extends ConsolePage {
  static async enter(
    browser: Browser,
    url: string,
    lang: Lang,
    who: { userName: string; password: string; hz: number },
  ): Promise<PhoneConsole> {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'zh-CN',
      reducedMotion: 'reduce',
      permissions: ['microphone'],
    })
    context.setDefaultTimeout(15_000)
    await context.addInitScript(withTones(who.hz))
    const page = await context.newPage()
    await page.goto(`${url}/admin/`)
    if (lang === 'en') await page.getByRole('button', { name: 'English' }).click()
    const console = new PhoneConsole(page, url, lang)
    await console.signIn(who.userName, who.password)
    return console
  }

  /** Looks until it does. */
  async hears(hz: number): Promise<void> {
    await until(() => hearsTone(this.page, hz), `the console to hear ${hz} Hz`)
  }

  /** Looks until it has not for half a second on end. */
  async hearsNo(hz: number): Promise<void> {
    let quiet = 0
    await until(async () => {
      quiet = (await hearsTone(this.page, hz)) ? 0 : quiet + 1
      return quiet >= 10
    }, `the console not to hear ${hz} Hz`)
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click()
  }
}

function hearsTone(page: Page, hz: number): Promise<boolean> {
  return page.evaluate<boolean>(`hears(${hz})`)
}
