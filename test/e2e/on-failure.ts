/** For `afterEach`: how every screen looked when a test failed, kept for whoever reads the log. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Context } from 'mocha'
import type { Browser } from 'playwright-core'

const FOLDER = path.join(tmpdir(), 'yilu-e2e-failed')

/** Keeps the screens of a failed test and closes every window. */
export async function keepScreens(test: Context, browser: Browser | undefined): Promise<void> {
  await pictureScreens(test, browser)
  await Promise.all(browser?.contexts().map((context) => context.close()) ?? [])
}

/** The same for people who go on working in the next test. */
export async function pictureScreens(test: Context, browser: Browser | undefined): Promise<void> {
  const pages = browser?.contexts().flatMap((context) => context.pages()) ?? []
  const failed = test.currentTest
  if (failed?.state === 'failed') {
    mkdirSync(FOLDER, { recursive: true })
    const name = failed
      .fullTitle()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .slice(-80)
    for (const [index, page] of pages.entries())
      await page.screenshot({ path: path.join(FOLDER, `${name}-${index}.png`) }).catch(() => null)
    if (failed.err) failed.err.message += `\nscreens: ${path.join(FOLDER, name)}-*.png`
  }
}
