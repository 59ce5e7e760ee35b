/** A visitor who talks: in the widget, with a microphone that hums a tone. */
import type { Browser } from 'playwright-core'
import { hears, hearsNo, hearsSound, withTones } from './tones-in-page.ts'
import { phoneOf, VisitorPage } from './visitor-page.ts'

export class PhoneVisitor extends VisitorPage {
  /** Reads English. */
  static async come(browser: Browser, url: string, hz: number): Promise<PhoneVisitor> {
    const context = await phoneOf(browser, 'en', { permissions: ['microphone'] })
    await context.addInitScript(withTones(hz))
    const visitor = new PhoneVisitor(await context.newPage(), 'en')
    await visitor.page.goto(url)
    await visitor.openChat()
    return visitor
  }

  async press(name: string): Promise<void> {
    await this.chat.getByRole('button', { name, exact: true }).click()
  }

  /** A key of the keypad, which is opened first. */
  async dial(key: string): Promise<void> {
    const pad = this.chat.getByRole('group', { name: 'Keypad' })
    if (!(await pad.isVisible())) await this.press('Keypad')
    await pad.getByRole('button', { name: key, exact: true }).click()
  }

  hears(hz: number): Promise<void> {
    return hears(this.frame, hz, 'the visitor')
  }

  hearsNo(hz: number): Promise<void> {
    return hearsNo(this.frame, hz, 'the visitor')
  }

  hearsSound(): Promise<void> {
    return hearsSound(this.frame, 'the visitor')
  }
}
