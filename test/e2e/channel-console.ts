/** The administrator's side of channels: accounts added, tested and looked at as a person does. */
import type { Locator, Page } from 'playwright-core'
import type { AccountView } from '../../gateway/accounts/schema.ts'
import type { ConsolePage } from './console-page.ts'

export class ChannelConsole {
  readonly console: ConsolePage
  readonly page: Page

  constructor(console: ConsolePage) {
    this.console = console
    this.page = console.page
  }

  /** The list, then the form of a new account of that kind. */
  async begin(kind: string): Promise<void> {
    await this.console.go('settings/channels')
    await this.button('添加账号').click()
    await this.page.getByRole('dialog').getByRole('button', { name: kind }).click()
    await this.drawer.waitFor()
  }

  get drawer(): Locator {
    return this.page.getByRole('dialog')
  }

  field(label: string | RegExp): Locator {
    return this.drawer.getByLabel(label, { exact: true })
  }

  async unfold(): Promise<void> {
    await this.drawer.getByRole('button', { name: '高级设置' }).click()
  }

  async replace(secret: string, by: string): Promise<void> {
    await this.drawer.getByRole('button', { name: `更换… ${secret}` }).click()
    await this.field(secret).fill(by)
  }

  async save(): Promise<void> {
    await this.drawer.getByRole('button', { name: '保存', exact: true }).click()
  }

  /** What is said beside the field with this label. */
  async complaint(label: string): Promise<string> {
    const item = this.drawer
      .locator('.ant-form-item')
      .filter({ has: this.page.getByLabel(label, { exact: true }) })
    return item.locator('.ant-form-item-explain').innerText()
  }

  async account(name: string): Promise<AccountView> {
    const { items } = await this.console.get<{ items: AccountView[] }>('/accounts')
    const found = items.find((account) => account.name === name)
    if (!found) throw new Error(`no account is called ${name}`)
    return found
  }

  /** Presses the test button. @returns what it says */
  async check(expected: RegExp): Promise<string> {
    await this.button('测试').click()
    const said = this.page.getByRole('alert').filter({ hasText: expected })
    await said.waitFor()
    return said.innerText()
  }

  async healthIs(word: string): Promise<void> {
    const heading = this.page.getByRole('heading', { level: 2 })
    await heading.filter({ hasText: word }).waitFor()
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }
}
