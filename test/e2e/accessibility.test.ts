import { expect } from 'chai'
import type { Frame, Page } from 'playwright-core'
import { violations } from './axe.ts'
import { needsBrowser } from './browser.ts'
import { ConsolePage } from './console-page.ts'
import { runHotline } from './hotline.ts'
import type { Hotline } from './hotline.ts'
import { keepScreens } from './on-failure.ts'
import { Scene } from './scene.ts'
import { VisitorPage } from './visitor-page.ts'
import type { Lang } from './words.ts'

const ROOMS = ['wallboard', 'tickets', 'contacts', 'knowledge', 'flows', 'settings/users']
const INNER = [
  'settings/queues',
  'settings/hours',
  'settings/channels',
  'settings/kinds',
  'settings/telephony/trunks',
  'settings/telephony/status',
  'recordings',
  'voicemail',
  'delivery',
  'delivery/unhandled',
  'flows/main',
]

describe('every screen passes WCAG 2.1 A and AA as axe checks it', function () {
  // eighteen rooms in one test, a second of a core each
  this.timeout(180_000)
  let hotline: Hotline
  let served: string

  before(async function () {
    needsBrowser(this)
    hotline = await runHotline()
    served = (await new Scene(hotline).play()).servedZh
  })
  afterEach(function () {
    return keepScreens(this, hotline?.browser)
  })
  after(() => hotline?.stop())

  for (const lang of ['zh-CN', 'en'] as const) {
    it(`the demo page and the widget, fresh and with quick replies: ${lang}`, async () => {
      const visitor = await VisitorPage.open(hotline.browser, hotline.product.url, lang)
      await expectNone(visitor.page.mainFrame(), 'demo page')
      await expectNone(visitor.frame, 'fresh widget')
      await visitor.say(lang === 'en' ? 'menu' : '主菜单')
      await visitor.sees(lang === 'en' ? 'Sights' : '景点')
      await expectNone(visitor.frame, 'widget with quick replies')
    })

    it(`the widget in the dark: ${lang}`, async () => {
      const visitor = await VisitorPage.open(hotline.browser, hotline.product.url, lang, 'dark')
      await visitor.say(lang === 'en' ? 'menu' : '主菜单')
      await visitor.sees(lang === 'en' ? 'Sights' : '景点')
      await expectNone(visitor.page.mainFrame(), 'demo page')
      await expectNone(visitor.frame, 'widget')
    })

    it(`sign-in and the desk, empty and with a conversation: ${lang}`, async () => {
      const { page, console } = await entrance(lang)
      await expectNone(page, 'sign-in')
      await console.signIn('lin', hotline.product.password('lin'))
      await console.online()
      await expectNone(page, 'desk with nothing chosen')
      await console.go(`desk/${served}`)
      await console.lines.first().waitFor()
      await page.waitForLoadState('networkidle')
      await expectNone(page, 'desk with a conversation')
      await console.openTicketDialog()
      await expectNone(page, 'ticket dialog')
    })

    it(`the rooms of leaders and administrators: ${lang}`, async () => {
      const { page, console } = await entrance(lang)
      await console.signIn('admin', `${hotline.product.password('admin')}-next`)
      for (const room of [...ROOMS, ...INNER]) {
        await console.go(room)
        await page.getByRole('heading').first().waitFor()
        await page.waitForLoadState('networkidle')
        await expectNone(page, room)
      }
    })
  }

  async function entrance(lang: Lang): Promise<{ page: Page; console: ConsolePage }> {
    const console = await ConsolePage.open(hotline.browser, hotline.product.url, lang)
    return { page: console.page, console }
  }
})

async function expectNone(page: Page | Frame, what: string): Promise<void> {
  expect(await violations(page), what).to.deep.equal([])
}
