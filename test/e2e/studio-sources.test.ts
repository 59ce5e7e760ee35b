/** Content staff give flows something to ask: a web service with a key, a table from a file, a bundled one changed. */
import { expect } from 'chai'
import type { Browser, Locator, Page } from 'playwright-core'
import type { SourceView } from '../../gateway/sources/schema.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'
import { story } from '../harness/story.ts'
import { Service } from '../sources/house.ts'
import { violations } from './axe.ts'
import { launchBrowser, needsBrowser } from './browser.ts'
import { ConsolePage } from './console-page.ts'
import { pictureScreens } from './on-failure.ts'

const KEY = 'key-nobody-sees'

describe('studio: data sources', function () {
  this.timeout(60_000)
  let service: Service
  let product: RunningProduct
  let browser: Browser
  let console: ConsolePage
  let page: Page

  before(function () {
    needsBrowser(this)
  })
  const test = story(
    async () => {
      service = await new Service(({ headers }, response) => {
        if (headers['x-api-key'] !== KEY) return response.writeHead(401).end()
        response.end('{"data":{"list":[{"n":"城墙","p":{"adult":54}}],"total":1}}')
      }).listen()
      ;[product, browser] = await Promise.all([
        runProduct({ YILU_SOURCE_ALLOW: '127.0.0.0/8' }),
        launchBrowser(),
      ])
      console = await ConsolePage.open(browser, product.url, 'zh-CN')
      page = console.page
      await console.signIn('su', product.password('su'))
      await console.go('settings/sources')
    },
    async () => {
      await browser?.close()
      await product?.stop()
      service?.close()
    },
  )
  afterEach(function () {
    return pictureScreens(this, browser)
  })

  const drawer = (): Locator => page.getByRole('dialog')
  const field = (label: string): Locator => drawer().getByLabel(label, { exact: true })
  const button = (name: string): Locator => drawer().getByRole('button', { name, exact: true })
  async function choose(label: string, option: string): Promise<void> {
    await field(label).click()
    await page.locator('.ant-select-dropdown:visible').getByTitle(option, { exact: true }).click()
  }
  async function sourceOf(id: string): Promise<SourceView> {
    const { items } = await console.get<{ items: SourceView[] }>('/sources')
    return items.find((each) => each.id === id)!
  }

  test('content staff find the bundled tables, and no other settings', async () => {
    await page.getByRole('row').filter({ hasText: '住宿区域' }).waitFor()
    expect(await page.getByRole('tab').allInnerTexts()).to.deep.equal(['数据源'])
    expect(await violations(page)).to.deep.equal([])
  })

  test('an address inside the network is refused in words that say who can allow it', async () => {
    await page.getByRole('button', { name: '新建' }).click()
    await drawer().getByRole('button', { name: '网络接口' }).click()
    await field('中文名称').fill('门票')
    await field('英文名称').fill('Tickets')
    await field('地址').fill('http://169.254.169.254/latest/meta-data')
    await button('查 询').or(button('查询')).click()
    const told = await drawer().getByText('指向内部网络').innerText()
    expect(told).to.contain('YILU_SOURCE_ALLOW')
  })

  test('a web service is tried before it is saved, and its answer mapped from what came', async () => {
    await field('地址').fill(`${service.base}/spots/{{city}}`)
    await choose('认证方式', '自定义请求头')
    await field('请求头名称').fill('X-Api-Key')
    await field('请求头的值').fill(KEY)
    await button('添加参数').click()
    await field('名称(字母) 1').fill('city')
    await field('示例值 1').fill('西安')
    await button('查 询').or(button('查询')).click()
    await drawer()
      .getByText(/成功,用时 \d+ 毫秒/)
      .waitFor()
    expect(decodeURI(service.asked.at(-1)!.url)).to.equal('/spots/西安')
    await field('列表所在路径').fill('data.list')
    await button('添加字段').click()
    await field('新名称(字母) 1').fill('price')
    await field('取自路径 1').click()
    await page
      .locator('.ant-select-dropdown:visible')
      .getByTitle('p.adult', { exact: true })
      .click()
    await button('查 询').or(button('查询')).click()
    await drawer().getByLabel('流程得到的').filter({ hasText: '"price": 54' }).waitFor()
    expect(await violations(page)).to.deep.equal([])
    await button('保 存').or(button('保存')).click()
    await page.getByRole('row').filter({ hasText: '门票' }).waitFor()
    const made = await sourceOf('tickets')
    expect(made).to.deep.include({ kind: 'http', list: true, fields: ['0.price'] })
    expect(made.parameters).to.deep.equal([{ name: 'city', required: false, example: '西安' }])
  })

  test('its key is never shown again, and is asked anew when the address is another', async () => {
    await page.getByRole('button', { name: '门票' }).click()
    await drawer().getByText('已设置').waitFor()
    expect(await page.content()).to.not.include(KEY)
    await field('地址').fill('https://elsewhere.example/')
    await button('保 存').or(button('保存')).click()
    await drawer().getByText('需重新填写密码或令牌').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '放弃修改' }).click()
    await drawer().waitFor({ state: 'detached' })
  })

  test('a table comes from a file, is corrected by hand and answers at once', async () => {
    await page.getByRole('button', { name: '新建' }).click()
    await drawer().getByRole('button', { name: '表格' }).click()
    await field('中文名称').fill('开放时间')
    await field('英文名称').fill('Hours')
    await drawer()
      .locator('input[type=file]')
      .setInputFiles({
        name: 'hours.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('spot,opens,closes\n城墙,8,22\n碑林,8,18\n'),
      })
    await drawer().getByText('共 2 行').waitFor()
    await field('第 2 行 closes').fill('17')
    await button('添加参数').click()
    await field('名称(字母) 1').fill('spot')
    await drawer().getByLabel('spot', { exact: true }).fill('碑林')
    await button('查 询').or(button('查询')).click()
    await drawer().getByLabel('流程得到的').filter({ hasText: '"closes": 17' }).waitFor()
    expect(await violations(page)).to.deep.equal([])
    await button('保 存').or(button('保存')).click()
    await page.getByRole('row').filter({ hasText: '开放时间' }).waitFor()
    expect((await sourceOf('hours')).fields).to.deep.equal(['0.spot', '0.opens', '0.closes'])
  })

  test('a source that flows ask says where', async () => {
    await page.getByRole('button', { name: '住宿区域' }).click()
    await drawer().getByText('这是自带的示例表').waitFor()
    await drawer().getByText('线上').first().waitFor()
    await page.keyboard.press('Escape')
    await drawer().waitFor({ state: 'detached' })
  })
})
