/** The life of a flow by the console: made, refused, mended, live, tried on half of the visitors, rolled back. */
import { expect } from 'chai'
import type { Browser, Locator, Page } from 'playwright-core'
import type { FlowDoc } from '../../bots/flow/schema.ts'
import type { SimulatedChat } from '../harness/chat.ts'
import { simulateChat } from '../harness/chat.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'
import { story } from '../harness/story.ts'
import { violations } from './axe.ts'
import { launchBrowser, needsBrowser } from './browser.ts'
import { ConsolePage } from './console-page.ts'
import { pictureScreens } from './on-failure.ts'
import { until } from './until.ts'

const FLOW = 'ye-jian-zhi-shou'

/** Greets, asks a name and says goodbye, all in the words of one version; its test expects `tested`. */
const drawn = (version: string, tested = version): FlowDoc => ({
  schema: 1,
  id: FLOW,
  name: '夜间值守',
  kind: 'main',
  langs: ['zh-CN', 'en'],
  defaultLang: 'zh-CN',
  entry: 'ask',
  vars: [{ name: 'who', type: 'text' }],
  blocks: {
    ask: {
      type: 'ask',
      label: '问称呼',
      prompt: {
        'zh-CN': { text: `${version}:请问怎么称呼?` },
        en: { text: `${version}: what is your name?` },
      },
      slot: { type: 'text' },
      set: 'who',
      out: { next: 'bye', noMatch: 'bye' },
    },
    bye: {
      type: 'end',
      reason: 'done',
      prompt: { 'zh-CN': { text: `${version}:再见。` }, en: { text: `${version}: goodbye.` } },
    },
  },
  tests: [{ name: '问候', channel: 'webchat', steps: [{ expect: { say: tested } }] }],
})

describe('studio: the life of a flow', function () {
  this.timeout(120_000)
  let product: RunningProduct
  let browser: Browser
  let console: ConsolePage
  let page: Page
  const visitors: SimulatedChat[] = []

  before(function () {
    needsBrowser(this)
  })
  const test = story(
    async () => {
      ;[product, browser] = await Promise.all([runProduct(), launchBrowser()])
      console = await ConsolePage.open(browser, product.url, 'zh-CN')
      page = console.page
      await console.signIn('su', product.password('su'))
    },
    async () => {
      for (const visitor of visitors.splice(0)) visitor.cut()
      await browser?.close()
      await product?.stop()
    },
  )
  afterEach(function () {
    return pictureScreens(this, browser)
  })

  const dialog = (): Locator => page.getByRole('dialog')
  const button = (name: string, within: Page | Locator = page): Locator =>
    within.getByRole('button', { name, exact: true })

  async function redraw(doc: FlowDoc): Promise<void> {
    const { draftVersion } = await console.get<{ draftVersion: number }>(`/flows/${FLOW}/draft`)
    const stored = await page.request.put(`${product.url}/api/v1/flows/${FLOW}/draft`, {
      data: { draftVersion, doc },
    })
    expect(stored.ok()).to.equal(true)
    await page.reload()
  }

  async function openPublish(): Promise<void> {
    await button('发布').click()
    await dialog().getByText('流程自带的测试').waitFor()
  }

  async function publish(note: string): Promise<void> {
    await openPublish()
    await dialog().getByLabel('这次改了什么').fill(note)
    await button('发布', dialog()).click()
    await page.getByText(/已发布第 \d 版/).waitFor()
    await dialog().waitFor({ state: 'hidden' })
  }

  /** A new visitor says hello. @returns the version that greets */
  async function arrives(): Promise<{ visitor: SimulatedChat; version: string }> {
    const visitor = await simulateChat(product.url)
    visitors.push(visitor)
    const heard = await visitor.ask('你好', /怎么称呼/)
    return { visitor, version: heard.split(':')[0]! }
  }

  test('a new flow is made from the list, and an id that is taken is said so', async () => {
    await console.go('flows')
    await button('新建').click()
    await dialog().getByLabel('名称').fill('夜间值守')
    await until(
      async () => (await dialog().getByLabel('编号').inputValue()) === FLOW,
      'an id out of the name',
    )
    await dialog().getByLabel('编号').fill('main')
    await button('新建', dialog()).click()
    await dialog().getByText('这个编号已被使用').waitFor()
    await dialog().getByLabel('编号').fill(FLOW)
    await button('新建', dialog()).click()
    await page.waitForURL(`**/#/flows/${FLOW}`)
    await page.getByRole('heading', { name: '夜间值守' }).waitFor()
  })

  test('a failing test stands in the way, with its reason; mended it goes live', async () => {
    await redraw(drawn('甲', '别的问候'))
    await openPublish()
    await dialog().getByText('1 个测试没有通过').waitFor()
    await dialog()
      .getByText(/应听到“别的问候”/)
      .waitFor()
    expect(await button('发布', dialog()).isDisabled()).to.equal(true)
    expect(await violations(page)).to.deep.equal([])
    await button('取消', dialog()).click()
    await redraw(drawn('甲'))
    await publish('第一次上线')
    await page.getByText('线上 · 第 1 版').waitFor()
  })

  test('a rule leads visitors to it, tried before it is saved', async () => {
    await console.go('flows/-/routes')
    await button('添加规则').click()
    await page.getByLabel('规则名称').fill('网页夜间')
    await page.getByRole('combobox', { name: '进入流程' }).click()
    await page.getByTitle('夜间值守', { exact: true }).click()
    await page.getByRole('combobox', { name: '渠道' }).click()
    await page.getByTitle('网页', { exact: true }).click()
    await page.keyboard.press('Escape')
    await button('确定').click()
    await page.getByRole('combobox', { name: '从哪里来' }).click()
    await page.getByTitle(/网页咨询/).click()
    await button('试一试').click()
    await page.getByText('进入流程“夜间值守”').waitFor()
    await page.getByText('由规则“网页夜间”决定').waitFor()
    expect(await violations(page)).to.deep.equal([])
    await button('保存规则').click()
    await page.getByText('规则已保存').waitFor()
    expect((await arrives()).version).to.equal('甲')
  })

  test('what changes is read before publishing; visitors get it at once, those inside finish on theirs', async () => {
    const { visitor: inside } = await arrives()
    await console.go(`flows/${FLOW}`)
    await redraw(drawn('乙'))
    await openPublish()
    const change = dialog().getByRole('region', { name: '差异' })
    await change.getByText('问称呼').waitFor()
    await change.getByText('甲:请问怎么称呼?').waitFor()
    await change.getByText('乙:请问怎么称呼?').waitFor()
    await button('取消', dialog()).click()
    await publish('换成乙')
    expect((await arrives()).version).to.equal('乙')
    expect(await inside.ask('老王', /再见/)).to.include('甲')
  })

  test('half of the visitors try the older one, and rolling back ends that', async () => {
    await console.go(`flows/${FLOW}/versions`)
    await button('第 1 版的更多操作').click()
    await page.getByRole('menuitem', { name: '分流试行' }).click()
    const slider = dialog().getByRole('slider')
    await slider.focus()
    for (let at = 10; at < 50; at++) await slider.press('ArrowRight')
    await dialog().getByText('50% · 其余 50% 仍用第 2 版').waitFor()
    await button('开始分流', dialog()).click()
    await page.getByText('正在分流:第 2 版 50%,第 1 版 50%').waitFor()
    expect(await violations(page)).to.deep.equal([])
    // each is as likely as the other: 40 of one kind happen once in 10^11 runs
    const seen = new Set<string>()
    for (let count = 0; count < 40 && seen.size < 2; count++) seen.add((await arrives()).version)
    expect([...seen].sort()).to.deep.equal(['乙', '甲'])
    await button('只用第 1 版').click()
    await button('只用第 1 版', dialog()).click()
    await page.getByText('分流已结束,线上为第 1 版').waitFor()
    await page.getByText('第 2 版与第 1 版分流(50%)').waitFor()
    for (let count = 0; count < 4; count++) expect((await arrives()).version).to.equal('甲')
  })

  test('a flow in use is not deleted, and says by whom', async () => {
    await console.go('flows')
    await button('“夜间值守”的更多操作').click()
    await page.getByRole('menuitem', { name: '删除' }).click()
    await dialog().getByText('规则“网页夜间”').waitFor()
    expect(await button('删除', dialog()).isDisabled()).to.equal(true)
    expect(await violations(page)).to.deep.equal([])
  })

  test('a file is looked at, its gaps are filled, and it lands as a draft', async () => {
    await console.go('flows')
    await page.reload()
    const file = await page.request.get(`${product.url}/api/v1/flows/main/export`)
    await button('导入').click()
    const chooser = page.waitForEvent('filechooser')
    await dialog().getByText('选择流程文件').click()
    await (
      await chooser
    ).setFiles({
      name: 'main.yilu-flow.json',
      mimeType: 'application/json',
      buffer: Buffer.from((await file.text()).replace('旅游热线主流程', '旅游热线')),
    })
    await dialog()
      .getByText(/内容与校验值不符/)
      .waitFor()
    const again = page.waitForEvent('filechooser')
    await dialog().getByText('选择流程文件').click()
    await (
      await again
    ).setFiles({
      name: 'main.yilu-flow.json',
      mimeType: 'application/json',
      buffer: await file.body(),
    })
    await dialog().getByLabel('导入后的编号: 旅游热线主流程').fill('main-copy')
    await dialog().getByText('新流程').waitFor()
    expect(await violations(page)).to.deep.equal([])
    await button('导入为草稿', dialog()).click()
    await page.waitForURL('**/#/flows/main-copy')
    await page.getByText('未发布').first().waitFor()
  })
})
