/** The form of a block in the studio, filled in by keyboard. */
import type { Locator, Page } from 'playwright-core'
import { violations } from './axe.ts'

export class Form {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get region(): Locator {
    return this.page.locator('.form')
  }

  /** Goes to a block by the search, and waits for its form. */
  async show(block: string): Promise<void> {
    await this.page.locator('.block-search input').fill(block)
    await this.page.locator('.block-found', { hasText: block }).first().waitFor()
    await this.page.keyboard.press('Enter')
    await this.region.locator('h2 code', { hasText: new RegExp(`^${block}$`) }).waitFor()
  }

  box(name: string | RegExp, exact = false): Locator {
    return this.region.getByRole('combobox', { name, ...(exact && { exact }) }).first()
  }

  async type(name: string | RegExp, text: string): Promise<void> {
    const exact = typeof name === 'string'
    const field = this.region
      .getByRole('textbox', { name, exact })
      .or(this.region.getByRole('combobox', { name, exact }))
      .or(this.region.getByLabel(name, { exact }))
      .and(this.region.locator('input, textarea'))
      .first()
    await field.focus()
    await this.page.keyboard.press('ControlOrMeta+A')
    if (text) await this.page.keyboard.type(text)
    else await this.page.keyboard.press('Delete')
  }

  async press(name: string | RegExp): Promise<void> {
    await this.region
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .press('Enter')
  }

  async toggle(name: string): Promise<void> {
    await this.region.getByRole('switch', { name }).press('Space')
  }

  item(name: RegExp): Locator {
    return this.region.getByRole('group', { name }).first()
  }

  async unfold(around: Locator): Promise<void> {
    const folded = around.locator('details:not([open]) > summary')
    while ((await folded.count()) > 0) await folded.first().press('Enter')
  }

  /** By arrow keys down to the option. */
  async choose(box: Locator, option: string | RegExp): Promise<void> {
    await box.focus()
    await this.page.keyboard.press('ArrowDown')
    const wanted = this.page
      .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
      .filter({ hasText: option })
      .first()
    await wanted.waitFor()
    // long lists keep only what is in sight
    const active = async () =>
      (await wanted.count()) > 0 && (await wanted.getAttribute('class'))?.includes('option-active')
    for (let step = 0; step < 40 && !(await active()); step++)
      await this.page.keyboard.press('ArrowDown')
    await this.page.keyboard.press('Enter')
  }

  async chooseFirst(box: Locator): Promise<void> {
    await this.choose(box, /./)
  }

  async menu(name: RegExp, item: string): Promise<void> {
    await this.press(name)
    const wanted = this.page.getByRole('menuitem', { name: item })
    await wanted.waitFor()
    await wanted.press('Enter')
  }

  hears(sentence: string): Promise<void> {
    return this.region.getByText(sentence).first().waitFor()
  }

  gone(sentence: string): Promise<void> {
    return this.region.getByText(sentence).first().waitFor({ state: 'detached' })
  }

  /** What axe says of the form. */
  async flaws(): Promise<string[]> {
    return (await violations(this.page)).filter((line) => /form/.test(line))
  }
}
