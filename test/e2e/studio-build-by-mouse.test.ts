/** A hotline is made from an empty canvas to the caller's ear: by mouse, in Chinese. */
import { expect } from 'chai'
import type { Locator, Page } from 'playwright-core'
import type { PhoneCall } from '../harness/phone.ts'
import { story } from '../harness/story.ts'
import { violations } from './axe.ts'
import { needsBrowser } from './browser.ts'
import { ConsolePage } from './console-page.ts'
import { Form } from './flow-form.ts'
import { pictureScreens } from './on-failure.ts'
import { degrees, lines, menus, MORE, recording, StudioScene, welcome } from './studio-scene.ts'
import { until } from './until.ts'

describe('a hotline is built in the studio by mouse', function () {
  this.timeout(300_000)
  const FLOW = 'drawn'
  let scene: StudioScene
  let console: ConsolePage
  let page: Page
  let form: Form
  let caller: PhoneCall

  before(function () {
    needsBrowser(this)
  })
  const chapter = story(
    async () => {
      scene = await StudioScene.open(FLOW)
      const { browser, product } = scene.hotline
      console = await ConsolePage.open(browser, product.url, 'zh-CN')
      await console.signIn('su', product.password('su'))
      page = console.page
      form = new Form(page)
      // room for nine blocks at full size
      await page.setViewportSize({ width: 1840, height: 960 })
      await console.go(`flows/${FLOW}/canvas`)
      await page.getByText('画出第一个块').waitFor()
    },
    async () => scene?.stop(),
  )
  afterEach(function () {
    return pictureScreens(this, scene?.hotline.browser)
  })

  chapter('blocks from the palette, lines from their exits', async () => {
    await drop('播报', 'say', 60, 80)
    await drop('菜单', 'menu', 60, 290)
    await drop('菜单', 'menu_2', 360, 80)
    await drop('菜单', 'menu_3', 360, 380)
    await drop('查询数据', 'query', 660, 80)
    await drop('子流程', 'subflow', 660, 300)
    await drop('转人工', 'queue', 660, 500)
    await drop('播报', 'say_2', 960, 80)
    await drop('结束', 'end', 960, 380)
    for (const line of lines) await pull(line)
    await scene.linesStored()
  })

  chapter(
    'what each says and does, with a recording; the problems lead to what lacks',
    async () => {
      await tab('问题')
      await problems().filter({ hasText: '还没有选择' }).first().waitFor()
      await until(async () => (await problems().count()) > 10, 'all that lacks')
      await tab('内容')
      await choose('say')
      await write('说什么', welcome)
      await upload(page.getByRole('group', { name: '说什么 · 中文' }))
      for (const [id, [said, ...choices]] of Object.entries(menus)) {
        await choose(id)
        await write('开场怎么说', said)
        for (const [at, [zh, en]] of choices.entries()) {
          await form.type(new RegExp(`^选项 ${at + 1} .* · 名称 · 中文`), zh)
          await form.type(new RegExp(`^选项 ${at + 1} .* · 名称 · 英文`), en)
        }
      }
      await choose('menu')
      // slow callers
      await form.unfold(form.region)
      await form.type('等多久算没有回应', '60')
      await choose('query')
      await form.choose(form.box(/^数据源/), /weather/)
      await form.region.getByRole('button', { name: /^\+ .*month/i }).click()
      await form.type('month', '12')
      await form.region.getByRole('button', { name: '新建变量“result”' }).click()
      await choose('say_2')
      await write('说什么', degrees)
      expect(await violations(page)).to.deep.equal([])

      await mend('subflow')
      await form.choose(form.box(/^流程/), /weather/)
      await mend('queue')
      await form.choose(form.box(/^队列/), /general/)
      await tab('问题')
      await problems().filter({ hasText: '没有能随时转人工的快捷键' }).waitFor()
      expect(await violations(page)).to.deep.equal([])
      await tab('流程设置')
      await form.region.getByRole('button', { name: '添加快捷键' }).click()
      await form.type(/^快捷键 1 .* · 按键/, '0')
      await form.choose(form.box(/快捷键 1 .* · 转到/), /queue/)
      await tab('问题')
      await page.getByText('没有问题,可以发布').waitFor()
    },
  )

  chapter('two trials are kept as its tests', async () => {
    await tab('试一试')
    const pane = page.getByRole('region', { name: '试一试' })
    const tap = (name: string) => pane.getByRole('log').getByRole('button', { name }).click()
    const keep = async (name: string) => {
      await pane.getByRole('button', { name: '存为测试' }).click()
      const dialog = page.getByRole('dialog', { name: '存为测试' })
      await dialog.getByRole('textbox', { name: '测试名称' }).fill(name)
      await dialog.getByRole('button', { name: '保存', exact: true }).click()
      await dialog.waitFor({ state: 'detached' })
    }
    await tap('1 查天气')
    await tap('1 十二月')
    await pane.getByText('十二月平均-2到6度').waitFor()
    await keep('十二月的天气')
    await pane.getByRole('button', { name: '重新开始' }).click()
    await tap('2 其他')
    await tap('1 人工服务')
    await pane.getByText('转人工,队列“general”').waitFor()
    await keep('找人工')
    await pane.getByRole('tab', { name: '测试', exact: true }).click()
    await pane.getByText('2 个测试全部通过').waitFor()
    expect(await violations(page)).to.deep.equal([])
    await scene.testsStored('十二月的天气', '找人工')
  })

  chapter('published, a visitor and a caller meet it at once', async () => {
    await publish('第一次上线', '已发布第 1 版')
    caller = await scene.meets()
  })

  chapter(
    'a new version: who is inside finishes on his, who comes gets the new one, until it is rolled back',
    async () => {
      await tab('内容')
      await choose('menu_2')
      await form.type('开场怎么说 · 中文', menus.menu_2![0][0] + MORE)
      await publish('说明来源', '已发布第 2 版')
      await scene.meetsTheSecond(caller)

      await console.go(`flows/${FLOW}/versions`)
      const first = page.getByRole('row', { name: /第 1 版/ })
      await first.getByRole('button', { name: '回滚到此版本' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('回滚原因').fill('太长')
      expect(await violations(page)).to.deep.equal([])
      await dialog.getByRole('button', { name: '回滚到此版本' }).click()
      await page.getByText('已回滚,线上为第 1 版').waitFor()
      await scene.meetsTheFirstAgain()
    },
  )

  const block = (id: string) => page.locator(`.react-flow__node[data-id="${id}"]`)
  const problems = () => page.locator('.flow-side .problem')
  const write = async (what: string, [zh, en]: readonly [string, string]) => {
    await form.type(`${what} · 中文`, zh)
    await form.type(`${what} · 英文`, en)
  }

  async function drop(name: string, id: string, x: number, y: number): Promise<void> {
    const canvas = page.getByRole('application', { name: '流程画布' })
    await page
      .getByRole('complementary', { name: '可用的块' })
      .getByRole('button', { name, exact: true })
      .dragTo(canvas, { targetPosition: { x, y } })
    await block(id).waitFor()
  }

  async function pull(line: string): Promise<void> {
    const [from = '', port = '', to = ''] = line.split(/\.| → /)
    const start = (await block(from).locator(`[data-handleid="${port}"]`).boundingBox())!
    const end = (await block(to).boundingBox())!
    await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
    await page.mouse.down()
    await page.mouse.move(end.x + 30, end.y + 30, { steps: 4 })
    await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 2 })
    await page.mouse.up()
  }

  async function formOf(id: string): Promise<void> {
    await form.region.locator('h2 code', { hasText: new RegExp(`^${id}$`) }).waitFor()
  }

  async function choose(id: string): Promise<void> {
    await block(id).locator('.block-names').click()
    await formOf(id)
  }

  async function tab(name: string): Promise<void> {
    await page.locator('.flow-side').getByRole('tab', { name }).click()
  }

  /** From the list of problems into the form, which takes the focus. */
  async function mend(id: string): Promise<void> {
    await tab('问题')
    await problems()
      .getByRole('button')
      .filter({ has: page.getByTitle(id, { exact: true }) })
      .first()
      .click()
    await page.locator('.flow-side-content .form :focus').waitFor()
    await formOf(id)
  }

  async function upload(prompt: Locator): Promise<void> {
    await prompt.getByText('声音:合成朗读').click()
    const chosen = page.waitForEvent('filechooser')
    await prompt.getByRole('button', { name: '上传录音' }).click()
    await (await chosen).setFiles(recording)
    await prompt.getByText('声音:录音').waitFor()
  }

  async function publish(note: string, done: string): Promise<void> {
    await page.getByRole('button', { name: '发布', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('这次改了什么').fill(note)
    // until rules and tests are through it cannot be pressed
    await dialog.getByRole('button', { name: '发布', exact: true }).click()
    await page.getByText(done).waitFor()
    await dialog.waitFor({ state: 'hidden' })
  }
})
