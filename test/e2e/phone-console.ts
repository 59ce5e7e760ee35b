/** A console whose microphone hums a tone, and whose ears can be asked what they hear. */
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { chromiumPath } from './browser.ts'
import { ConsolePage } from './console-page.ts'
import { hears, hearsNo, withTones } from './tones-in-page.ts'
import type { Lang } from './words.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

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

/**
 * One Chromium for everybody with a telephone in the console.
 * @param voice a WAV the microphones say over and over, where nobody hums
 */
export function launchPhoneBrowser(voice?: string): Promise<Browser> {
  const args = [...ARGUMENTS, ...(voice ? [`--use-file-for-fake-audio-capture=${voice}`] : [])]
  return chromium.launch({ executablePath: chromiumPath()!, args, headless: true })
}

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
    context.setDefaultTimeout(PATIENCE_MS)
    await context.addInitScript(withTones(who.hz))
    const page = await context.newPage()
    await page.goto(`${url}/admin/`)
    if (lang === 'en') await page.getByRole('button', { name: 'English' }).click()
    const console = new PhoneConsole(page, url, lang)
    await console.signIn(who.userName, who.password)
    return console
  }

  hears(hz: number): Promise<void> {
    return hears(this.page, hz, 'the console')
  }

  hearsNo(hz: number): Promise<void> {
    return hearsNo(this.page, hz, 'the console')
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click()
  }
}
