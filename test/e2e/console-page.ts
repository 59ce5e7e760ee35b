/** The agent's side: the console, used as a person uses it. */
import type { Browser, Locator, Page } from 'playwright-core'
import type { WireMessage } from '../../gateway/desk/protocol.ts'
import { until } from './until.ts'
import { linesOf, seenLine } from './visitor-page.ts'
import { words } from './words.ts'
import type { Lang, Words } from './words.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

export const DESKTOP = { width: 1440, height: 900 }

export class ConsolePage {
  readonly page: Page
  private readonly url: string
  private readonly lang: Lang
  private readonly words: Words

  constructor(page: Page, url: string, lang: Lang) {
    this.page = page
    this.url = url
    this.lang = lang
    this.words = words[lang]
  }

  /** A desktop of its own, with the sign-in form on it. */
  static async open(browser: Browser, url: string, lang: Lang): Promise<ConsolePage> {
    const context = await browser.newContext({
      viewport: DESKTOP,
      locale: 'zh-CN',
      reducedMotion: 'reduce',
    })
    context.setDefaultTimeout(PATIENCE_MS)
    const console = new ConsolePage(await context.newPage(), url, lang)
    await console.page.goto(`${url}/admin/`)
    if (lang === 'en') await console.page.getByRole('button', { name: 'English' }).click()
    return console
  }

  inAnotherTab(page: Page): ConsolePage {
    return new ConsolePage(page, this.url, this.lang)
  }

  async signInShown(): Promise<void> {
    await this.button(this.words.signIn).waitFor()
  }

  async signIn(userName: string, password: string): Promise<void> {
    await this.page.getByLabel(this.words.userName).fill(userName)
    await this.page.getByLabel(this.words.password, { exact: true }).fill(password)
    await this.button(this.words.signIn).click()
    await this.page.getByRole('banner').waitFor()
  }

  async go(room: string): Promise<void> {
    await this.page.goto(`${this.url}/admin/#/${room}`)
  }

  ready(): Promise<void> {
    return this.be(this.words.ready)
  }

  /** Takes no more for a while. */
  busy(): Promise<void> {
    return this.be(this.words.busy)
  }

  private async be(wanted: string): Promise<void> {
    const state = this.page.getByRole('button', { name: this.words.state })
    await state.click()
    await this.page.getByRole('menuitem', { name: wanted }).first().click()
    await state.filter({ hasText: wanted }).waitFor()
  }

  async signOut(name: string): Promise<void> {
    await this.page.getByRole('banner').getByRole('button', { name }).click()
    await this.page.getByRole('menuitem', { name: this.words.signOut }).click()
    await this.signInShown()
  }

  async online(): Promise<void> {
    await this.page.getByRole('status').filter({ hasText: this.words.connected }).waitFor()
  }

  async offline(): Promise<void> {
    await this.page.getByRole('status').filter({ hasText: this.words.disconnected }).waitFor()
  }

  get acceptOffer(): Locator {
    const offers = this.inbox.getByRole('region', { name: this.words.offered })
    return offers.getByRole('button', { name: this.words.accept, exact: true }).first()
  }

  /** Looks at the newest of those served. @returns the conversation's id */
  async lookAtMine(): Promise<string> {
    const mine = this.inbox.getByRole('region', { name: this.words.mine })
    await mine.getByRole('link').first().click()
    await this.thread.waitFor()
    return this.conversationId
  }

  get conversationId(): string {
    return new URL(this.page.url()).hash.split('/')[2] ?? ''
  }

  get inbox(): Locator {
    return this.page.getByRole('navigation', { name: this.words.inbox })
  }

  get thread(): Locator {
    return this.page.getByRole('log', { name: this.words.thread })
  }

  get lines(): Locator {
    return this.thread.getByRole('article')
  }

  get composer(): Locator {
    return this.page.getByRole('combobox', { name: this.words.reply })
  }

  async type(text: string): Promise<void> {
    await this.composer.fill(text)
  }

  async send(): Promise<void> {
    await this.button(this.words.send).click()
  }

  async say(text: string): Promise<void> {
    await this.type(text)
    await this.send()
  }

  async note(text: string): Promise<void> {
    await this.page.getByRole('switch', { name: this.words.note }).click()
    await this.page.getByRole('combobox', { name: this.words.note }).fill(text)
    await this.button(this.words.saveNote).click()
    await this.page.getByRole('switch', { name: this.words.note }).click()
  }

  async sendFile(path: string): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser')
    await this.button(this.words.attach).click()
    await (await chooser).setFiles(path)
  }

  /** An upload the cut took away stays with its error, and is picked anew. */
  async retryUpload(path: string): Promise<void> {
    const failed = this.page.getByRole('listitem').filter({ has: this.page.getByRole('alert') })
    if (!(await failed.isVisible())) return
    await failed.getByRole('button', { name: this.words.close }).click()
    await this.sendFile(path)
  }

  async sees(expected: RegExp | string): Promise<string> {
    return seenLine(this.lines, expected)
  }

  async openTicketDialog(): Promise<void> {
    await this.button(this.words.ticket).click()
    await this.ticketDialog.waitFor()
  }

  async openTicket(kind: string, title: string): Promise<void> {
    await this.openTicketDialog()
    await this.ticketDialog.getByRole('combobox', { name: this.words.kind }).click()
    await this.page.getByTitle(kind, { exact: true }).click()
    await this.ticketDialog.getByLabel(this.words.title, { exact: true }).fill(title)
  }

  get ticketDialog(): Locator {
    return this.page.getByRole('dialog', { name: this.words.newTicket })
  }

  async createTicket(): Promise<void> {
    await this.ticketDialog.getByRole('button', { name: this.words.create, exact: true }).click()
  }

  /** The answer may have been lost: then the dialog stands with its error, and one tries again. */
  async ticketCreated(expected: RegExp): Promise<void> {
    const created = this.page.getByText(expected).first()
    const failed = this.ticketDialog.getByRole('alert')
    await until(async () => {
      if (await failed.isVisible()) await this.createTicket()
      return created.isVisible()
    }, 'the ticket')
  }

  async finish(): Promise<void> {
    await this.button(this.words.finish).click()
  }

  async wrapUp(code: string): Promise<void> {
    const panel = this.page.getByRole('region', { name: this.words.wrapUp }).last()
    await panel.getByText(code, { exact: true }).click()
    await panel.getByRole('button', { name: this.words.done }).click()
  }

  async noneInHand(): Promise<void> {
    await this.inbox.getByRole('region', { name: this.words.wrapUp }).waitFor({ state: 'detached' })
  }

  /** Every line's words; events between them are no lines. */
  async shown(): Promise<string[]> {
    return linesOf(this.lines)
  }

  /** The whole thread as the store has it. */
  async stored(conversationId: string): Promise<WireMessage[]> {
    const { messages } = await this.get<{ messages: WireMessage[] }>(
      `/conversations/${conversationId}/messages?limit=200`,
    )
    return messages
  }

  async get<T>(path: string): Promise<T> {
    const response = await this.page.request.get(`${this.url}/api/v1${path}`)
    if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`)
    return (await response.json()) as T
  }

  /** The line was cut, and now it must be seen to stand again. */
  async backOnline(): Promise<void> {
    await until(
      () => this.page.getByRole('status').filter({ hasText: this.words.connected }).isVisible(),
      'the console to be connected',
    )
  }

  private button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }
}
