/** The visitor's side: a page with the real widget on it, used as a person uses it. */
import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  Frame,
  FrameLocator,
  Locator,
  Page,
} from 'playwright-core'
import { until } from './until.ts'
import { words } from './words.ts'
import type { Lang, Words } from './words.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

export const PHONE = { width: 390, height: 844 }

export class VisitorPage {
  readonly page: Page
  readonly chat: FrameLocator
  private readonly words: Words

  constructor(page: Page, lang: Lang) {
    this.page = page
    this.words = words[lang]
    this.chat = page.frameLocator('yilu-chat iframe')
  }

  /** A phone of its own, with the demo page on it and the chat opened. */
  static async open(
    browser: Browser,
    url: string,
    lang: Lang,
    colorScheme?: 'dark',
  ): Promise<VisitorPage> {
    const context = await phoneOf(browser, lang, { ...(colorScheme && { colorScheme }) })
    const visitor = new VisitorPage(await context.newPage(), lang)
    await visitor.page.goto(url)
    await visitor.openChat()
    return visitor
  }

  async openChat(): Promise<void> {
    await this.page.getByRole('button', { name: this.words.open }).click()
    await this.input.waitFor()
    await this.online()
  }

  /** the page inside the widget */
  get frame(): Frame {
    return this.page.frames().find((frame) => frame.url().includes('/webchat/frame'))!
  }

  get input(): Locator {
    return this.chat.getByRole('textbox', { name: this.words.message })
  }

  get log(): Locator {
    return this.chat.getByRole('log', { name: this.words.log })
  }

  get lines(): Locator {
    return this.log.getByRole('article')
  }

  async type(text: string): Promise<void> {
    await this.input.fill(text)
  }

  async send(): Promise<void> {
    await this.chat.getByRole('button', { name: this.words.sendToUs, exact: true }).click()
  }

  async say(text: string): Promise<void> {
    await this.type(text)
    await this.send()
  }

  /** Waits for a line that fits, from whomever. @returns its words */
  async sees(expected: RegExp | string): Promise<string> {
    return seenLine(this.lines, expected)
  }

  async tap(label: string): Promise<void> {
    await this.log.getByRole('button', { name: label, exact: true, disabled: false }).last().click()
  }

  async sendFile(path: string): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser')
    await this.chat.getByRole('button', { name: this.words.attach }).click()
    await (await chooser).setFiles(path)
  }

  /** The line was cut: as soon as it is back, "retry now" like everybody does. */
  async online(): Promise<void> {
    const up = this.chat.getByRole('banner').getByText(this.words.linkUp, { exact: true })
    const retry = this.chat.getByRole('button', { name: this.words.retryNow })
    await until(async () => {
      if (await up.isVisible()) return true
      if (await retry.isVisible()) await retry.click({ timeout: 1000 }).catch(() => undefined)
      return false
    }, 'the widget to be online')
  }

  /** An upload the cut took away offers to be tried again; one that got through does not. */
  async retryUpload(): Promise<void> {
    const retry = this.chat.getByRole('button', { name: this.words.retry, exact: true })
    if (await retry.isVisible()) await retry.click()
  }

  status(expected: RegExp | string): Promise<void> {
    return this.chat.getByRole('status').filter({ hasText: expected }).first().waitFor()
  }

  /** Every line's words, with the names of pictures in place of the pictures. */
  async shown(): Promise<string[]> {
    return linesOf(this.lines)
  }
}

/** A telephone's screen. */
export async function phoneOf(
  browser: Browser,
  lang: Lang,
  more: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: PHONE,
    hasTouch: true,
    locale: lang,
    reducedMotion: 'reduce',
    ...more,
  })
  context.setDefaultTimeout(PATIENCE_MS)
  return context
}

/** What each line says and which pictures it shows; spaces are one space. */
export async function linesOf(lines: Locator): Promise<string[]> {
  const found = await lines.all()
  return Promise.all(
    found.map(async (line) => {
      const pictures = await line.locator('img').all()
      const names = await Promise.all(pictures.map((picture) => picture.getAttribute('alt')))
      return `${await line.innerText()} ${names.join(' ')}`.replace(/\s+/g, ' ')
    }),
  )
}

/** Waits for a line that fits. @throws Error with all that is shown instead */
export async function seenLine(lines: Locator, expected: RegExp | string): Promise<string> {
  const line = lines.filter({ hasText: expected }).last()
  await until(() => line.isVisible(), `a line like ${expected}`).catch(async (error: Error) => {
    throw new Error(`${error.message}; shown:\n${(await linesOf(lines)).join('\n')}`)
  })
  return line.innerText()
}
