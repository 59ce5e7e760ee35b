/** For `afterEach`: how every screen looked when a test failed, kept for whoever reads the log. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Context } from 'mocha'
import type { Browser } from 'playwright-core'

const FOLDER = path.join(tmpdir(), 'yilu-e2e-failed')

export async function keepScreens(test: Context, browser: Browser | undefined): Promise<void> {
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
  await Promise.all(browser?.contexts().map((context) => context.close()) ?? [])
}
