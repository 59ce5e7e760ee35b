/** A hotline is made from an empty canvas to the caller's ear, by mouse in Chinese, by keyboard alone in English. */
import { expect } from 'chai'
import type { Browser, Locator, Page } from 'playwright-core'
import { wavOfTone } from '../channels/voice/wav-of-tone.ts'
import { SimulatedAgent } from '../harness/agent.ts'
import type { SimulatedChat } from '../harness/chat.ts'
import { simulateChat } from '../harness/chat.ts'
import type { PhoneCall } from '../harness/phone.ts'
import { SimulatedPhone } from '../harness/phone.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'
import { violations } from './axe.ts'
import { launchBrowser, needsBrowser } from './browser.ts'
import { ConsolePage } from './console-page.ts'
import { Form } from './flow-form.ts'
import { pictureScreens } from './on-failure.ts'
import { until } from './until.ts'
import type { Lang } from './words.ts'

/** what the recorded prompt sounds like */
const RECORDED = 650
/** what the second version says more */
const MORE = ',资料来自气象台'

type Loose = Record<string, unknown>
interface Draft {
  draftVersion: number
  doc: Loose & { blocks: Record<string, Loose & { out?: Record<string, string> }>; tests?: Loose[] }
}

/** block, exit → block */
const lines = [
  'say.next → menu',
  'menu.choice1 → menu_2',
  'menu.choice2 → menu_3',
  'menu.noMatch → end',
  'menu_2.choice1 → query',
  'menu_2.choice2 → subflow',
  'menu_2.noMatch → end',
  'menu_3.choice1 → queue',
  'menu_3.choice2 → end',
  'menu_3.noMatch → end',
  'query.next → say_2',
  'query.error → end',
  'say_2.next → end',
  'subflow.next → end',
  'subflow.error → end',
  'queue.closed → end',
  'queue.timeout → end',
  'queue.failed → end',
]

describe('a hotline is built in the studio', function () {
  this.timeout(120_000)
  let product: RunningProduct
  let browser: Browser
  let admin: SimulatedAgent
  let tourist: SimulatedPhone
  const visitors: SimulatedChat[] = []

  before(async function () {
    needsBrowser(this)
    ;[product, browser, tourist] = await Promise.all([
      runProduct(),
      launchBrowser(),
      SimulatedPhone.start(),
    ])
    admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
    await admin.openAllHours()
  })
  afterEach(function () {
    return pictureScreens(this, browser)
  })
  after(async () => {
    for (const visitor of visitors) visitor.cut()
    await tourist?.stop()
    await browser?.close()
    await product?.stop()
  })

  const draftOf = (id: string) => admin.get<Draft>(`/flows/${id}/draft`)
  async function send(method: string, path: string, body: object): Promise<void> {
    const answer = await admin.rest(method, path, body)
    expect(answer.status, `${path} ${await answer.clone().text()}`).to.equal(200)
  }
  async function emptyFlow(id: string): Promise<void> {
    await send('POST', '/flows', { id, name: id, kind: 'main' })
    const { draftVersion, doc } = await draftOf(id)
    const { entry: _entry, ...rest } = doc
    await send('PUT', `/flows/${id}/draft`, { draftVersion, doc: { ...rest, blocks: {} } })
  }
  /** Somebody of the content staff. */
  async function desk(lang: Lang): Promise<Desk> {
    const console = await ConsolePage.open(browser, product.url, lang)
    await console.signIn('su', product.password('su'))
    return new Desk(console)
  }
  const linesOf = ({ doc }: Draft) =>
    Object.entries(doc.blocks)
      .flatMap(([id, { out = {} }]) =>
        Object.entries(out).map(([port, to]) => `${id}.${port} → ${to}`),
      )
      .sort()
  async function stored(id: string, fits: (draft: Draft) => boolean, what: string): Promise<Draft> {
    let draft: Draft | undefined
    await until(async () => fits((draft = await draftOf(id))), `${id}: ${what}`).catch(
      (error: Error) => {
        throw new Error(`${error.message}; ${JSON.stringify(draft?.doc).slice(0, 3000)}`)
      },
    )
    return draft!
  }
  async function arrives(): Promise<SimulatedChat> {
    const visitor = await simulateChat(product.url)
    visitors.push(visitor)
    await visitor.ask('你好', /查天气请按1/)
    return visitor
  }

  describe('by mouse, in Chinese', () => {
    const FLOW = 'drawn'
    let su: Desk
    let page: Page
    let caller: PhoneCall
    const block = (id: string) => page.locator(`.react-flow__node[data-id="${id}"]`)

    before(async () => {
      await emptyFlow(FLOW)
      su = await desk('zh-CN')
      page = su.page
      // room for nine blocks at full size
      await page.setViewportSize({ width: 1840, height: 960 })
      await su.console.go(`flows/${FLOW}/canvas`)
      await page.getByText('画出第一个块').waitFor()
    })

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
    async function choose(id: string): Promise<void> {
      await block(id).locator('.block-names').click()
      await su.form.region.locator('h2 code', { hasText: new RegExp(`^${id}$`) }).waitFor()
    }
    async function writeMenu(
      id: string,
      said: [zh: string, en: string],
      ...choices: [zh: string, en: string][]
    ): Promise<void> {
      await choose(id)
      await su.form.type('开场怎么说 · 中文', said[0])
      await su.form.type('开场怎么说 · 英文', said[1])
      for (const [at, [zh, en]] of choices.entries()) {
        await su.form.type(new RegExp(`^选项 ${at + 1} .* · 名称 · 中文`), zh)
        await su.form.type(new RegExp(`^选项 ${at + 1} .* · 名称 · 英文`), en)
      }
    }

    it('blocks from the palette, lines from their exits', async () => {
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
      await stored(FLOW, (draft) => linesOf(draft).join() === [...lines].sort().join(), 'the lines')
    })

    it('what each says and does, with a recording; the problems lead to what lacks', async () => {
      await su.tab('问题')
      await su.problems.filter({ hasText: '还没有选择' }).first().waitFor()
      await until(async () => (await su.problems.count()) > 10, 'all that lacks')
      await su.tab('内容')
      await choose('say')
      await su.form.type('说什么 · 中文', '欢迎致电旅游热线')
      await su.form.type('说什么 · 英文', 'Welcome to the hotline')
      const chinese = page.getByRole('group', { name: '说什么 · 中文' })
      await chinese.getByText('声音:合成朗读').click()
      const chosen = page.waitForEvent('filechooser')
      await chinese.getByRole('button', { name: '上传录音' }).click()
      const wav = {
        name: '欢迎.wav',
        mimeType: 'audio/wav',
        buffer: wavOfTone(RECORDED, 3000),
      }
      await (await chosen).setFiles(wav)
      await chinese.getByText('声音:录音').waitFor()
      await writeMenu(
        'menu',
        ['查天气请按1,其他请按2', 'For the weather press 1, for anything else press 2'],
        ['查天气', 'Weather'],
        ['其他', 'Anything else'],
      )
      // slow callers
      await su.form.unfold(su.form.region)
      await su.form.type('等多久算没有回应', '60')
      await writeMenu(
        'menu_2',
        ['十二月请按1,别的月份请按2', 'For December press 1, for another month press 2'],
        ['十二月', 'December'],
        ['别的月份', 'Another month'],
      )
      await writeMenu(
        'menu_3',
        ['人工服务请按1,结束请按2', 'For a person press 1, to end press 2'],
        ['人工服务', 'A person'],
        ['结束', 'The end'],
      )
      await choose('query')
      await su.form.choose(su.form.box(/^数据源/), /weather/)
      await su.form.region.getByRole('button', { name: /^\+ .*month/i }).click()
      await su.form.type('month', '12')
      await su.form.region.getByRole('button', { name: '新建变量“result”' }).click()
      await choose('say_2')
      await su.form.type('说什么 · 中文', '十二月平均{{result.0.low}}到{{result.0.high}}度')
      await su.form.type(
        '说什么 · 英文',
        'December has {{result.0.low}} to {{result.0.high}} degrees',
      )
      expect(await violations(page)).to.deep.equal([])

      await su.tab('问题')
      await su.mend('subflow')
      await su.form.choose(su.form.box(/^流程/), /weather/)
      await su.tab('问题')
      await su.mend('queue')
      await su.form.choose(su.form.box(/^队列/), /general/)
      await su.tab('问题')
      await su.problems.filter({ hasText: '没有能随时转人工的快捷键' }).waitFor()
      expect(await violations(page)).to.deep.equal([])
      await su.tab('流程设置')
      await su.form.region.getByRole('button', { name: '添加快捷键' }).click()
      await su.form.type(/^快捷键 1 .* · 按键/, '0')
      await su.form.choose(su.form.box(/快捷键 1 .* · 转到/), /queue/)
      await su.tab('问题')
      await page.getByText('没有问题,可以发布').waitFor()
    })

    it('two trials are kept as its tests', async () => {
      await su.tab('试一试')
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
      const { doc } = await stored(FLOW, ({ doc: { tests = [] } }) => tests.length === 2, '2 tests')
      expect(doc.tests!.map(({ name }) => name)).to.deep.equal(['十二月的天气', '找人工'])
    })

    it('published, a visitor and a caller meet it at once', async () => {
      await su.publish('发布', '这次改了什么', '第一次上线', /已发布第 1 版/)
      const { version, routes } = await admin.get<{ version: number; routes: object[] }>('/flow-routes') // prettier-ignore
      const all = { id: 'all', name: '都到这里', enabled: true, when: {}, flowId: FLOW }
      await send('PUT', '/flow-routes', { version, routes: [all, ...routes] })
      const visitor = await arrives()
      await visitor.ask('1', /十二月请按1/)
      await visitor.ask('1', /十二月平均-2到6度/)
      caller = await tourist.call(product.sipPort)
      await caller.hearsTone(RECORDED, 0.9)
      // the first menu, by the synthesis
      await caller.hearsOtherThan(RECORDED)
    })

    it('a new version: who is inside finishes on his, who comes gets the new one, until it is rolled back', async () => {
      await su.tab('内容')
      await choose('menu_2')
      await su.form.type('开场怎么说 · 中文', `十二月请按1,别的月份请按2${MORE}`)
      await su.publish('发布', '这次改了什么', '说明来源', /已发布第 2 版/)
      expect(await (await arrives()).ask('1', /十二月请按1/)).to.include(MORE)

      const inside = await admin.get<{ items: { version: number; conversations: number }[] }>(`/flows/${FLOW}/versions`) // prettier-ignore
      expect(inside.items.find(({ version }) => version === 1)?.conversations).to.be.greaterThan(0)
      caller.press('1')
      await until(async () => (await saidOnPhone()).some((text) => /十二月请按1/.test(text)), 'the second menu') // prettier-ignore
      caller.press('1')
      await caller.ended
      const said = await saidOnPhone()
      expect(said.join('\n'))
        .to.match(/平均-2到6度/)
        .and.not.include(MORE)

      await su.console.go(`flows/${FLOW}/versions`)
      const first = page.getByRole('row', { name: /第 1 版/ })
      await first.getByRole('button', { name: '回滚到此版本' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('回滚原因').fill('太长')
      expect(await violations(page)).to.deep.equal([])
      await dialog.getByRole('button', { name: '回滚到此版本' }).click()
      await page.getByText('已回滚,线上为第 1 版').waitFor()
      expect(await (await arrives()).ask('1', /十二月请按1/)).to.not.include(MORE)
    })

    /** Everything the bot has said to the caller. */
    async function saidOnPhone(): Promise<string[]> {
      const { items } = await admin.get<{ items: { id: string; channel: string }[] }>('/conversations?limit=50') // prettier-ignore
      const call = items.find(({ channel }) => channel === 'voice')
      const { messages } = await admin.get<{ messages: { parts: { text?: string }[] }[] }>(`/conversations/${call!.id}/messages?limit=200`) // prettier-ignore
      return messages.flatMap(({ parts }) => parts.flatMap(({ text }) => text ?? []))
    }
  })

  describe('by keyboard alone, in English', () => {
    const FLOW = 'typed'
    let su: Desk
    let page: Page

    before(async () => {
      await emptyFlow(FLOW)
      su = await desk('en')
      page = su.page
      // a press of a mouse would be seen
      await page.evaluate(`for (const kind of ['pointerdown', 'mousedown', 'touchstart'])
        document.addEventListener(kind, () => { document.documentElement.dataset.mouse = kind }, true)`)
      await su.console.go(`flows/${FLOW}/outline`)
    })
    const standsOn = (id: string) =>
      page.locator(`[role=treeitem][data-key="block:${id}"]:focus`).waitFor()
    /** From the line one stands on: its next exit that lacks a block leads to this. */
    async function connect(to: string, then: string): Promise<void> {
      await page.keyboard.press('c')
      const target = page.getByRole('combobox', { name: 'Leads to' })
      await target.focus()
      await page.keyboard.type(to)
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Connect', exact: true }).press('Enter')
      await standsOn(then)
    }
    async function goTo(id: string): Promise<void> {
      await su.form.show(id)
      await standsOn(id)
    }
    const write = async (what: string, zh: string, en: string) => {
      await su.form.type(`${what} · Chinese`, zh)
      await su.form.type(`${what} · English`, en)
    }

    it('blocks and their exits in the outline', async () => {
      await page.getByRole('button', { name: 'Add the first block' }).press('Enter')
      await page.getByRole('combobox', { name: 'Which block to add' }).waitFor()
      await page.keyboard.type('Menu')
      await page.keyboard.press('Enter')
      await standsOn('menu')
      await connect('Query data', 'query')
      await connect('Say', 'say')
      await connect('End', 'end')
      await goTo('query')
      await connect('End', 'query')
      await goTo('menu')
      await connect('Sub-flow', 'subflow')
      await connect('End', 'subflow')
      await connect('End', 'subflow')
      await goTo('menu')
      await connect('To a person', 'queue')
      for (let exit = 0; exit < 3; exit++) await connect('End', 'queue')
      const way = [
        'menu.choice1 → query',
        'menu.choice2 → subflow',
        'menu.noMatch → queue',
        'query.error → end',
        'query.next → say',
        'queue.closed → end',
        'queue.failed → end',
        'queue.timeout → end',
        'say.next → end',
        'subflow.error → end',
        'subflow.next → end',
      ]
      await stored(FLOW, (draft) => linesOf(draft).join() === way.join(), 'the exits')
      expect(await violations(page)).to.deep.equal([])
    })

    it('what each says and does, led by the problems', async () => {
      await goTo('menu')
      await write('What is said first', '天气请按1,出行请按2', 'Weather press 1, travel press 2')
      for (const [at, zh, en] of [
        [1, '天气', 'Weather'],
        [2, '出行', 'Travel'],
      ] as const) {
        await su.form.type(new RegExp(`^Choice ${at} .* · Label · Chinese`), zh)
        await su.form.type(new RegExp(`^Choice ${at} .* · Label · English`), en)
      }
      await goTo('say')
      await write('What is said', '{{result.0.low}}度', '{{result.0.low}} degrees')
      await su.tab('Problems')
      await su.mend('query')
      await su.form.choose(su.form.box(/^Data source/), /weather/)
      await su.form.press(/^\+ .*month/i)
      await su.form.type('month', '12')
      await su.form.press('Create variable “result”')
      await su.tab('Problems')
      await su.mend('subflow')
      await su.form.choose(su.form.box(/^Flow/), /weather/)
      await su.tab('Problems')
      await su.mend('queue')
      await su.form.choose(su.form.box(/^Queue/), /general/)
      await su.tab('Flow')
      await su.form.press('Add a hotkey')
      await su.form.type(/^Hotkey 1 .* · Key/, '0')
      await su.form.choose(su.form.box(/Hotkey 1 .* · Leads to/), /queue/)
      await su.tab('Problems')
      await page.getByText('No problems; ready to publish').waitFor()
      expect(await violations(page)).to.deep.equal([])
    })

    it('tried, kept as a test, published', async () => {
      await su.tab('Try it')
      const pane = page.getByRole('region', { name: 'Try it' })
      const said = pane.getByRole('textbox', { name: 'Write as the visitor' })
      await said.focus()
      await page.keyboard.type('1')
      await page.keyboard.press('Enter')
      await pane.getByText('-2 degrees').waitFor()
      await pane.getByRole('button', { name: 'Save as a test' }).press('Enter')
      const dialog = page.getByRole('dialog', { name: 'Save as a test' })
      await dialog.getByRole('textbox', { name: 'Name of the test' }).focus()
      await page.keyboard.type('the weather')
      await dialog.getByRole('button', { name: 'Save', exact: true }).press('Enter')
      await dialog.waitFor({ state: 'detached' })
      await pane.getByRole('tab', { name: 'Tests', exact: true }).press('Enter')
      await pane.getByText('The 1 test passes').waitFor()
      await su.publish('Publish', 'What changed', 'first', /Version 1 is live/)
      const { items } = await admin.get<{ items: { version: number }[] }>(`/flows/${FLOW}/versions`)
      expect(items.map(({ version }) => version)).to.deep.equal([1])
      expect(await page.locator('html').getAttribute('data-mouse')).to.equal(null)
    })
  })
})

/** One of the content staff, in the editor of a flow. */
class Desk {
  readonly console: ConsolePage
  readonly page: Page
  readonly form: Form

  constructor(console: ConsolePage) {
    this.console = console
    this.page = console.page
    this.form = new Form(console.page)
  }

  async tab(name: string): Promise<void> {
    const tab = this.page.locator('.flow-side').getByRole('tab', { name })
    await tab.press('Enter')
  }

  get problems(): Locator {
    return this.page.locator('.flow-side .problem')
  }

  /** From the list of problems into the form, which takes the focus. */
  async mend(block: string): Promise<void> {
    const has = this.page.getByTitle(block, { exact: true })
    await this.problems.getByRole('button').filter({ has }).first().press('Enter')
    await this.page.locator('.flow-side-content .form :focus').waitFor()
    await this.form.region.locator('h2 code', { hasText: new RegExp(`^${block}$`) }).waitFor()
  }

  async publish(button: string, label: string, note: string, done: RegExp): Promise<void> {
    await this.page.getByRole('button', { name: button, exact: true }).press('Enter')
    const dialog = this.page.getByRole('dialog')
    await dialog.getByLabel(label).fill(note)
    // until rules and tests are through it cannot be pressed
    const ready = dialog.getByRole('button', { name: button, exact: true, disabled: false })
    await ready.press('Enter')
    await this.page.getByText(done).waitFor()
    await dialog.waitFor({ state: 'hidden' })
  }
}
