/** Content staff keep what the bot knows: from a question nobody answered to an approved answer, and back. */
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { SimulatedAgent } from '../harness/agent.ts'
import { SimulatedChat } from '../harness/chat.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'
import { story } from '../harness/story.ts'
import { ChatModelSimulator } from '../simulators/chat-model.ts'
import { violations } from './axe.ts'
import { launchBrowser, needsBrowser } from './browser.ts'
import { ConsolePage } from './console-page.ts'
import { pictureScreens } from './on-failure.ts'

const QUESTION = '兵马俑有没有充电宝借'
const ANSWER = '兵马俑游客中心可以扫码借充电宝。'
/** what the bot says when no entry fits */
const UNSURE = /您是想问|没有找到|没找到|抱歉/

describe('the knowledge in the console', function () {
  this.timeout(60_000)
  let browser: Browser
  let product: RunningProduct
  let model: ChatModelSimulator
  let page: Page
  let content: ConsolePage

  before(function () {
    needsBrowser(this)
  })
  const chapter = story(
    async () => {
      ;[browser, product] = await Promise.all([
        launchBrowser(),
        runProduct({ YILU_SOURCE_ALLOW: '127.0.0.1' }),
      ])
      content = await as('su')
      page = content.page
    },
    async () => {
      await browser?.close()
      await product?.stop()
      await model?.close()
    },
  )
  const test: typeof chapter = (title, tell) =>
    chapter(title, async () => {
      // what one left open is in nobody's way
      await page.goto('about:blank')
      await tell()
    })
  afterEach(async function () {
    await pictureScreens(this, browser)
  })

  async function as(userName: string, password = product.password(userName)) {
    const console = await ConsolePage.open(browser, product.url, 'zh-CN')
    await console.page.setViewportSize({ width: 1360, height: 860 })
    await console.signIn(userName, password)
    return console
  }
  /** A visitor asks and waits for these words. */
  async function asks(text: string, expected: RegExp): Promise<void> {
    const visitor = await new SimulatedChat(product.url, 'zh-CN').connect()
    await visitor.ask(text, expected)
    visitor.cut()
  }
  const drawer = (on = page) => on.getByRole('dialog')
  const saved = async (on: Page, words: RegExp) => {
    await drawer(on).getByRole('button', { name: '保存' }).click()
    await on.getByText(words).waitFor()
    await drawer(on).waitFor({ state: 'detached' })
  }

  test('a question nobody answered becomes a draft, another role approves it, and the next caller is told', async () => {
    await asks(QUESTION, UNSURE)
    await content.go('knowledge/misses')
    const row = page.getByRole('row').filter({ hasText: QUESTION })
    await row.getByRole('button', { name: '建成问答' }).click()
    const zh = drawer().getByRole('region', { name: '中文' })
    expect(await zh.getByLabel('问题').inputValue()).to.equal(QUESTION)
    await zh.getByLabel('答案').fill(ANSWER)
    await saved(page, /已存为草稿/)
    await row.waitFor({ state: 'detached' })
    await asks(QUESTION, UNSURE)

    const leader = await as('chen')
    await leader.go('knowledge/entries')
    await leader.page.getByRole('searchbox').fill(QUESTION)
    await leader.page.getByRole('button', { name: QUESTION }).click()
    await drawer(leader.page).getByText('草稿,机器人还不会用它回答').waitFor()
    await drawer(leader.page).getByLabel('审核通过,马上使用').check()
    await saved(leader.page, /机器人马上可用/)
    await asks(QUESTION, /扫码借充电宝/)
    await leader.page.close()
  })

  test('approving wording of one’s own role needs a note; a mistake is undone from the history', async () => {
    await content.go('knowledge/entries')
    await page.getByRole('searchbox').fill(QUESTION)
    await page.getByRole('button', { name: QUESTION }).click()
    const answer = drawer().getByRole('region', { name: '中文' }).getByLabel('答案')
    await answer.fill('没有充电宝。')
    await drawer().getByLabel('审核通过,马上使用').check()
    await drawer().getByRole('button', { name: '保存' }).click()
    await drawer().getByText('请填写审核说明').waitFor()
    await drawer().getByLabel('审核说明').fill('已打电话核实')
    await saved(page, /机器人马上可用/)
    await asks(QUESTION, /没有充电宝/)
    await page.getByRole('button', { name: QUESTION }).click()
    await drawer().getByRole('tab', { name: '修改记录' }).click()
    const last = drawer().getByRole('listitem').first()
    await last.getByText('已打电话核实').waitFor()
    await last.getByRole('button', { name: '撤销这一步' }).click()
    await page.getByRole('dialog').filter({ hasText: '恢复到这一步之前' }).getByRole('button', { name: '撤销这一步' }).click() // prettier-ignore
    await page.getByText('已恢复').waitFor()
    await page.getByText('改动待审核', { exact: true }).first().waitFor()
  })

  test('a sheet is looked at row by row and lands as drafts', async () => {
    await content.go('knowledge/entries')
    await page.getByRole('button', { name: '导入' }).click()
    const sheet = '问题,答案,分类\n游客中心能充电吗,可以。,景点\n没有答案的,,景点\n'
    await page.locator('input[type=file]').setInputFiles({ name: '问答.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) }) // prettier-ignore
    await drawer().getByText('缺答案').waitFor()
    expect(await violations(page)).to.deep.equal([])
    await drawer().getByRole('button', { name: '导入 1 条' }).click()
    await page.getByText('新建 1 条').waitFor()
    await page.getByRole('searchbox').fill('游客中心能充电吗')
    await page.getByRole('row').filter({ hasText: '游客中心能充电吗' }).getByText('草稿').waitFor()
  })

  test('a word callers use is put beside the proper one, and is found in the trial box', async () => {
    await content.go('knowledge/synonyms')
    await page.getByRole('button', { name: '新建' }).last().click()
    await drawer().getByLabel('词', { exact: true }).fill('充电宝\n移动电源\n街电')
    await saved(page, /同义词已保存/)
    await content.go('knowledge/try')
    await page.getByPlaceholder(/例如/).fill('兵马俑有没有街电借')
    await page.keyboard.press('Enter')
    await page.getByRole('list', { name: '命中结果' }).getByRole('listitem').first().getByText(QUESTION).waitFor() // prettier-ignore
  })

  test('what callers really said becomes an example of an intent, is evaluated and trained', async () => {
    await asks('带宠物狗能坐缆车吗', UNSURE)
    await content.go('knowledge/intents')
    await page.getByRole('button', { name: '来电事由' }).click()
    await page.getByRole('tab', { name: '未归类的话' }).click()
    const row = page.getByRole('row').filter({ hasText: '带宠物狗能坐缆车吗' })
    await row.getByRole('combobox').click()
    await page.getByRole('option', { name: '预订' }).or(page.locator('.ant-select-item-option', { hasText: '预订' })).last().click() // prettier-ignore
    await page.getByText('已加为例句').waitFor()
    await page.getByRole('tab', { name: '评估' }).click()
    await page.getByText('第一个就对').waitFor()
    expect(await page.getByText('121', { exact: true }).count()).to.equal(1)
    await page.getByRole('button', { name: '训练并启用' }).click()
    await drawer().getByRole('button', { name: '训练并启用' }).click()
    await page.getByText('使用中:第 2 版').waitFor()
  })

  test('a model is set by an administrator, tried, and refused where it invents a figure', async () => {
    model = new ChatModelSimulator(() => JSON.stringify({ answer: '城墙门票99元。', cites: [1] }))
    const base = await model.listen()
    // the one-time password goes first
    const password = product.password('admin')
    await new SimulatedAgent(product.url).signIn('admin', password)
    const admin = await as('admin', `${password}-next`)
    await admin.go('knowledge/model')
    const on = admin.page
    await on.getByLabel('服务地址').fill(base)
    await on.getByLabel('模型名称').fill('qwen')
    await on.getByLabel('密钥', { exact: true }).fill('sk-secret')
    await on.getByRole('button', { name: '保存' }).click()
    await on.getByText('设置已保存').waitFor()
    await on.getByRole('searchbox').fill('城墙上可以骑自行车吗')
    await on.keyboard.press('Enter')
    await on.getByText('资料里没有这个数字').first().waitFor()
    await on.getByText('回答原来的答案').first().waitFor()
    expect(model.requests[0]!.authorization).to.equal('Bearer sk-secret')
    expect(await on.content()).not.to.include('sk-secret')
    await on.close()
  })

  test('no page of it has a fault of accessibility', async () => {
    for (const tab of [
      'entries',
      'misses',
      'try',
      'synonyms',
      'categories',
      'intents',
      'intents/matters',
      'model',
    ]) {
      await content.go(`knowledge/${tab}`)
      await page.locator('.ant-spin-spinning, .ant-skeleton').first().waitFor({ state: 'detached' })
      expect(await violations(page), tab).to.deep.equal([])
    }
    await content.go('knowledge/entries')
    await page.getByRole('checkbox').nth(2).check()
    await page.getByRole('toolbar').waitFor()
    expect(await violations(page), 'marked').to.deep.equal([])
    await page.getByRole('button', { name: '跟团要签合同吗?' }).click()
    await drawer().getByText('机器人正在用这条回答').waitFor()
    expect(await violations(page), 'drawer').to.deep.equal([])
  })
})
