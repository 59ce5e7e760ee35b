/** Somebody at the keys and nothing else: what Tab does not reach within a bounded walk is not reached. */
import { expect } from 'chai'
import type { Locator, Page } from 'playwright-core'

type Role = Parameters<Page['getByRole']>[0] | 'summary'
type Name = string | RegExp
type Filter = Parameters<Locator['filter']>[0]

/** a walk longer than that nobody puts up with */
const MOST_STEPS = 30

export class Keyboard {
  /** keys that were pressed, characters that were written */
  presses = 0
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Presses of a mouse or a finger in the page are kept, to be asked for at the end. */
  async watchForMice(): Promise<void> {
    await this.page.evaluate(`for (const kind of ['pointerdown', 'mousedown', 'touchstart'])
      document.addEventListener(kind, () => { document.documentElement.dataset.mouse = kind }, true)`)
  }

  async sawNoMouse(): Promise<void> {
    expect(await this.page.locator('html').getAttribute('data-mouse')).to.equal(null)
  }

  async press(key: string, times = 1): Promise<void> {
    for (let time = 0; time < times; time++) await this.page.keyboard.press(key)
    this.presses += times
  }

  /** A word letter by letter, a sentence in one piece, as input methods give it. */
  async write(text: string): Promise<void> {
    if (text.length > 12) await this.page.keyboard.insertText(text)
    else await this.page.keyboard.type(text)
    this.presses += text.length
  }

  /** Instead of what stands in the field. */
  async rewrite(text: string): Promise<void> {
    await this.press('ControlOrMeta+A')
    await this.write(text)
  }

  /** Waits until what was done has put the focus there. */
  async standsOn(role: Role, name: Name): Promise<void> {
    const there = this.focused(role, name)
    await there.waitFor({ state: 'attached' }).catch(async () => {
      throw new Error(
        `the focus is not on ${role} ${String(name)} but on ${await this.described()}`,
      )
    })
  }

  /** @throws Error with what was passed instead */
  async tabTo(role: Role, name: Name, { key = 'Tab', most = MOST_STEPS } = {}): Promise<void> {
    // nobody sets out before it is seen
    await this.named(role, name).first().waitFor({ state: 'attached' })
    const there = this.focused(role, name)
    const passed: string[] = []
    while ((await there.count()) === 0) {
      passed.push(await this.described())
      if (passed.length > most)
        throw new Error(`${key} leads not to ${role} ${String(name)} but to\n${passed.join('\n')}`)
      await this.press(key)
    }
  }

  backTo(role: Role, name: Name): Promise<void> {
    return this.tabTo(role, name, { key: 'Shift+Tab' })
  }

  async activate(role: Role, name: Name): Promise<void> {
    await this.tabTo(role, name)
    await this.press('Enter')
  }

  async fill(name: Name, text: string): Promise<void> {
    await this.tabTo('textbox', name)
    await this.rewrite(text)
  }

  /** In the list of the box one stands on, which opens by an arrow key or by what is written. */
  async choose(option: RegExp | Filter, written = ''): Promise<void> {
    const wanted = option instanceof RegExp ? { hasText: option } : option
    if (written) await this.write(written)
    else await this.press('ArrowDown')
    const open = this.page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')
    const active = open.locator('.ant-select-item-option-active').filter(wanted)
    const any = open.locator('.ant-select-item-option').filter(wanted)
    await any.first().waitFor()
    for (let step = 0; (await active.count()) === 0; step++) {
      expect(step, `${String(option)}, ${written} in the list`).to.be.lessThan(MOST_STEPS)
      await this.press('ArrowDown')
    }
    await this.press('Enter')
    await open.waitFor({ state: 'hidden' })
  }

  private named(role: Role, name: Name): Locator {
    // what folds has no role of its own in ARIA
    if (role === 'summary') return this.page.locator('summary', { hasText: name })
    return this.page.getByRole(role, { name, exact: typeof name === 'string' })
  }

  private focused(role: Role, name: Name): Locator {
    return this.named(role, name).and(this.page.locator(':focus'))
  }

  private described(): Promise<string> {
    return this.page.evaluate<string>(`(() => {
      const at = document.activeElement
      const words = at.getAttribute('aria-label') ?? at.id
      return [at.tagName, at.getAttribute('role'), words, at.textContent.slice(0, 50)].join(' ')
    })()`)
  }
}
