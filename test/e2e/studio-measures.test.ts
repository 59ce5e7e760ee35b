import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { SimulatedChat } from '../harness/chat.ts'
import { story } from '../harness/story.ts'
import { violations } from './axe.ts'
import { needsBrowser } from './browser.ts'
import { ConsolePage } from './console-page.ts'
import { runHotline } from './hotline.ts'
import type { Hotline } from './hotline.ts'
import { until } from './until.ts'

const say = (zh: string, en: string) => ({ 'zh-CN': { text: zh }, en: { text: en } })

/** A menu that understands two words, and a flow that ends. */
const doc = {
  schema: 1,
  id: 'desk',
  name: '小柜台',
  kind: 'main',
  langs: ['zh-CN', 'en'],
  defaultLang: 'zh-CN',
  entry: 'menu',
  blocks: {
    menu: {
      type: 'menu',
      label: '问什么',
      prompt: say('门票还是路线?', 'Tickets or routes?'),
      choices: [
        { id: 'tickets', dtmf: '1', label: { 'zh-CN': '门票', en: 'Tickets' } },
        { id: 'routes', dtmf: '2', label: { 'zh-CN': '路线', en: 'Routes' } },
      ],
      out: { tickets: 'bye', routes: 'bye', noMatch: 'bye' },
    },
    bye: { type: 'end', reason: 'done', prompt: say('再见', 'Goodbye') },
  },
}

describe('figures in the studio', function () {
  this.timeout(120_000)
  let hotline: Hotline
  let content: ConsolePage
  let page: Page

  before(function () {
    needsBrowser(this)
  })
  const test = story(
    async () => {
      hotline = await runHotline()
      const { admin, product, browser } = hotline
      const done = async (method: string, path: string, body: object) => {
        const response = await admin.rest(method, path, body)
        if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
      }
      await done('POST', '/flows', { id: 'desk', name: doc.name, kind: 'main' })
      const { draftVersion } = await admin.get<{ draftVersion: number }>('/flows/desk/draft')
      await done('PUT', '/flows/desk/draft', { draftVersion, doc })
      await done('POST', '/flows/desk/publish', { note: '' })
      const { items } = await admin.get<{ items: { id: string; version: number }[] }>('/accounts')
      const { version } = items.find(({ id }) => id === 'web')!
      await done('PATCH', '/accounts/web', { flowId: 'desk', version })
      content = await ConsolePage.open(browser, product.url, 'zh-CN')
      page = content.page
      await content.signIn('su', product.password('su'))
    },
    async () => hotline?.stop(),
  )

  const visitor = async (...said: string[]) => {
    const chat = await new SimulatedChat(hotline.product.url, 'zh-CN').connect()
    await chat.ask('你好', /门票还是路线/)
    for (const words of said) await chat.ask(words, /./)
    return chat
  }
  const row = (name: string) => page.getByRole('row').filter({ hasText: name }).first()

  test('say when they will come, while nobody was there', async () => {
    await content.go('flows/desk/figures')
    await page.getByText('这段时间还没有数据').waitFor()
    expect(await violations(page)).to.deep.equal([])
  })

  test('show per block who entered, gave up and was not understood', async () => {
    await visitor('1')
    await visitor('我要买票票')
    const gone = await visitor()
    gone.send({ t: 'leave' })
    await gone.status('closed')
    await page.reload()
    await row('问什么').waitFor()
    const cells = await row('问什么').getByRole('cell').allInnerTexts()
    expect(cells.map((text) => text.replace(/\s+/g, ' ').trim()).slice(-5)).to.deep.equal([
      '3',
      '1 33%',
      '0',
      '1 33%',
      '0',
    ])
    await row('问什么').getByRole('button', { name: /展开/ }).click()
    await page.getByRole('table').filter({ hasText: '门票' }).last().waitFor()
    expect(await violations(page)).to.deep.equal([])
  })

  test('are a table as well where they are a chart', async () => {
    await page.getByRole('img', { name: /进入流程/ }).waitFor()
    await page.getByText('用表格看这些数字').click()
    await page
      .getByRole('rowheader')
      .filter({ hasText: /^20\d\d-\d\d-\d\d$/ })
      .last()
      .waitFor()
  })

  test('words that were not understood become a wording of a choice in the draft', async () => {
    const words = page.getByRole('region', { name: '没听懂的话' })
    await words.getByText('我要买票票').waitFor()
    await words.getByRole('button', { name: '加为选项的说法' }).click()
    await page.getByRole('menuitem', { name: '门票' }).click()
    await words.getByText('没有没听懂的话').waitFor()
    await until(async () => {
      const { doc: draft } = await hotline.admin.get<{ doc: typeof doc }>('/flows/desk/draft')
      return JSON.stringify(draft.blocks.menu.choices[0]).includes('我要买票票')
    }, 'the wording in the stored draft')
  })

  test('are drawn on the canvas while they are looked at', async () => {
    await content.go('flows/desk/canvas')
    await page.getByRole('complementary').getByRole('tab', { name: '数据' }).click()
    await page.getByText('进入 3').first().waitFor()
    await page.getByRole('complementary').getByRole('tab').first().click()
    await page.getByText('进入 3').first().waitFor({ state: 'detached' })
  })
})
