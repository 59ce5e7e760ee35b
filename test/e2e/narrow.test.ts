/** A telephone of 390 pixels: every room of the console fits, and nothing has to be looked for beside the screen. */
import { expect } from 'chai'
import type { Page, Request } from 'playwright-core'
import { needsBrowser } from './browser.ts'
import { ConsolePage } from './console-page.ts'
import { runHotline } from './hotline.ts'
import type { Hotline } from './hotline.ts'
import { pictureScreens } from './on-failure.ts'
import { Scene } from './scene.ts'
import { until } from './until.ts'

const TELEPHONE = { width: 390, height: 844 }
const ROOMS = [
  'desk',
  'wallboard',
  'tickets',
  'contacts',
  'voicemail',
  'recordings',
  'delivery',
  'delivery/unhandled',
  ...['entries', 'misses', 'try', 'synonyms', 'categories', 'intents', 'intents/matters', 'model'].map((tab) => `knowledge/${tab}`), // prettier-ignore
  'flows',
  'flows/-/routes',
  ...['outline', 'draft', 'figures', 'versions', 'compare'].map((tab) => `flows/main/${tab}`),
  ...['list', 'recordings', 'tunes', 'document'].map((tab) => `prompts/${tab}`),
  ...['users', 'queues', 'skills', 'hours', 'channels', 'canned', 'choices', 'kinds', 'sources', 'telephony'].map((tab) => `settings/${tab}`), // prettier-ignore
]

/** What reaches beyond the right edge and cannot be scrolled to within its own frame. */
const BESIDE = `(() => {
  const framed = (element) => {
    for (let up = element.parentElement; up && up.id !== 'room'; up = up.parentElement)
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(up).overflowX)) return true
    return false
  }
  const beside = [...document.querySelectorAll('#room *')].filter((element) => {
    const { right, width, height } = element.getBoundingClientRect()
    return width > 1 && height > 1 && right > innerWidth + 1 && !framed(element)
  })
  const pages = [document.documentElement, document.getElementById('room')]
  return [
    ...pages.filter((page) => page.scrollWidth > page.clientWidth + 1).map(() => 'the page scrolls sideways'),
    ...beside.slice(0, 5).map((element) => element.outerHTML.slice(0, 120)),
  ]
})()`

describe('the console on a telephone', function () {
  this.timeout(120_000)
  let hotline: Hotline

  before(async function () {
    needsBrowser(this)
    hotline = await runHotline()
    await new Scene(hotline).play()
  })
  afterEach(function () {
    return pictureScreens(this, hotline?.browser)
  })
  after(() => hotline?.stop())

  for (const lang of ['zh-CN', 'en'] as const)
    it(`has nothing beside the screen in any room: ${lang}`, async () => {
      const { browser, product } = hotline
      const console = await ConsolePage.open(browser, product.url, lang)
      const { page } = console
      await page.setViewportSize(TELEPHONE)
      await console.signIn('admin', `${product.password('admin')}-next`)
      const asked = pending(page)
      const found: Record<string, unknown> = {}
      for (const room of ROOMS) {
        await console.go(room)
        await settled(page, asked)
        const beside = await page.evaluate<string[]>(BESIDE)
        if (beside.length > 0) found[room] = beside
      }
      expect(found).to.deep.equal({})
      await page.close()
    })

  it('rows are cards, each with what can be done about it', async () => {
    const { browser, product } = hotline
    const console = await ConsolePage.open(browser, product.url, 'zh-CN')
    const { page } = console
    await page.setViewportSize(TELEPHONE)
    await console.signIn('su', product.password('su'))
    await console.go('knowledge/misses')
    const card = page.getByRole('row').filter({ hasText: '带宠物狗能坐缆车吗' })
    const make = card.getByRole('button', { name: '建成问答' })
    await make.waitFor()
    const { x, width } = (await make.boundingBox())!
    expect(x + width).to.be.below(TELEPHONE.width)
    await make.click()
    await page.getByRole('dialog').waitFor()
  })
})

/** The room stands, with what it asked for. */
async function settled(page: Page, asked: ReadonlySet<Request>): Promise<void> {
  await page.locator('.shell-wait').waitFor({ state: 'detached' })
  await until(() => Promise.resolve(asked.size === 0), 'the answers')
  await page
    .locator('#room .ant-spin-spinning, #room .ant-skeleton')
    .first()
    .waitFor({ state: 'detached' })
}

/** What was asked of the server and not answered yet. */
function pending(page: Page): ReadonlySet<Request> {
  const asked = new Set<Request>()
  page.on('request', (request) => asked.add(request))
  page.on('requestfinished', (request) => asked.delete(request))
  page.on('requestfailed', (request) => asked.delete(request))
  return asked
}
