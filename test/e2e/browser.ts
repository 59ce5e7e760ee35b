/** One real Chromium for a test file, and a context of its own for every person at it. */
import { existsSync } from 'node:fs'
import type { Context } from 'mocha'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]

export const NO_BROWSER = 'chromium is not installed (apt install chromium)'

export function chromiumPath(): string | undefined {
  const wished = process.env.YILU_TEST_CHROMIUM
  return [...(wished ? [wished] : []), ...PLACES].find((place) => existsSync(place))
}

export async function launchBrowser(): Promise<Browser> {
  const executablePath = chromiumPath()
  if (!executablePath) throw new Error(NO_BROWSER)
  return chromium.launch({ executablePath, args: ARGUMENTS, headless: true })
}

/** For `before`: leaves its tests pending, with the reason in their titles, where no browser is. */
export function needsBrowser(context: Context): void {
  if (chromiumPath()) return
  for (const test of context.test?.parent?.tests ?? []) test.title += ` — ${NO_BROWSER}`
  context.skip()
}
