/** Flows are drawn by mouse, and written by keyboard alone in the outline, as content staff do. */
import { expect } from 'chai'
import { ownScene } from '../harness/story.ts'
import type { Locator, Page } from 'playwright-core'
import { violations } from './axe.ts'
import { needsBrowser } from './browser.ts'
import { ConsolePage } from './console-page.ts'
import { runHotline } from './hotline.ts'
import type { Hotline } from './hotline.ts'
import { keepScreens } from './on-failure.ts'
import { until } from './until.ts'
import type { Lang } from './words.ts'

interface Draft {
  draftVersion: number
  doc: { entry?: string; blocks: Record<string, { type: string; out?: Record<string, string> }> }
}

describe('a flow is drawn', function () {
  this.timeout(120_000)
  let hotline: Hotline
  before(function () {
    needsBrowser(this)
  })
  const test = ownScene(
    async () => {
      hotline = await runHotline()
    },
    async () => hotline?.stop(),
  )
  afterEach(function () {
    return keepScreens(this, hotline?.browser)
  })

  const draftOf = (id: string) => hotline.admin.get<Draft>(`/flows/${id}/draft`)
  async function put(id: string, change: (doc: Draft['doc']) => object): Promise<void> {
    const { draftVersion, doc } = await draftOf(id)
    const body = { draftVersion, doc: change(doc) }
    const answer = await hotline.admin.rest('PUT', `/flows/${id}/draft`, body)
    expect(answer.status, 'the draft is stored').to.equal(200)
  }
  /** A flow of its own for each test, with nothing in it. */
  async function emptyFlow(id: string): Promise<void> {
    const made = await hotline.admin.rest('POST', '/flows', { id, name: id, kind: 'sub' })
    expect(made.status, await made.clone().text()).to.equal(200)
    await put(id, () => ({ schema: 1, id, name: id, kind: 'sub', langs: ['zh-CN', 'en'], defaultLang: 'zh-CN', blocks: {} })) // prettier-ignore
  }
  async function desk(lang: Lang): Promise<ConsolePage> {
    const { browser, product } = hotline
    const console = await ConsolePage.open(browser, product.url, lang)
    await console.signIn('admin', `${product.password('admin')}-next`)
    await console.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    return console
  }
  const wayOf = ({ doc }: Draft) =>
    Object.entries(doc.blocks)
      .map(([id, { out = {} }]) => `${id} → ${Object.values(out).join(', ')}`)
      .sort()
  const saved = (id: string, way: string[]) =>
    until(
      async () => {
        const now = wayOf(await draftOf(id))
        return JSON.stringify(now) === JSON.stringify(way.sort())
      },
      `${id} to be stored as ${way.join('; ')}`,
    )

  const block = (page: Page, id: string) => page.locator(`.react-flow__node[data-id="${id}"]`)
  async function pull(page: Page, from: Locator, to: Locator): Promise<void> {
    const [start, end] = [(await from.boundingBox())!, (await to.boundingBox())!]
    await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
    await page.mouse.down()
    await page.mouse.move(end.x + 30, end.y + 30, { steps: 6 })
    await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 3 })
    await page.mouse.up()
  }

  test('by mouse: three blocks from the palette, connected, undone, redone, copied into another flow', async () => {
    await emptyFlow('drawn')
    await emptyFlow('copy')
    const { page } = await desk('zh-CN')
    await page.goto(`${hotline.product.url}/admin/#/flows/drawn/canvas`)
    await page.getByText('画出第一个块').waitFor()
    const canvas = page.getByRole('application', { name: '流程画布' })
    const palette = page.getByRole('complementary', { name: '可用的块' })
    const drop = (name: string, x: number, y: number) =>
      palette
        .getByRole('button', { name, exact: true })
        .dragTo(canvas, { targetPosition: { x, y } })
    await drop('播报', 80, 120)
    await drop('询问', 420, 120)
    // the end is dropped in the open, and found in the palette by a word
    await palette.getByRole('textbox', { name: '查找块' }).fill('结束')
    await drop('结束', 420, 420)
    await block(page, 'end').waitFor()
    expect((await draftOf('drawn')).doc.entry ?? 'say').to.equal('say')

    await pull(page, block(page, 'say').locator('[data-handleid="next"]'), block(page, 'ask'))
    await pull(page, block(page, 'ask').locator('[data-handleid="next"]'), block(page, 'end'))
    await saved('drawn', ['ask → end', 'end → ', 'say → ask'])
    await page.keyboard.press('Control+z')
    await saved('drawn', ['ask → ', 'end → ', 'say → ask'])
    await page.keyboard.press('Control+y')
    await saved('drawn', ['ask → end', 'end → ', 'say → ask'])
    await page.getByRole('status').filter({ hasText: '已保存' }).waitFor()

    await page.keyboard.press('Control+a')
    await page.getByText('已选 3 个').waitFor()
    await page.keyboard.press('Control+c')
    const other = await page.context().newPage()
    await other.goto(`${hotline.product.url}/admin/#/flows/copy/canvas`)
    await other.getByText('画出第一个块').waitFor()
    await other
      .getByRole('application', { name: '流程画布' })
      .click({ position: { x: 300, y: 300 } })
    await other.keyboard.press('Control+v')
    await saved('copy', ['ask → end', 'end → ', 'say → ask'])
    expect((await draftOf('copy')).doc.entry).to.equal('say')
  })

  test('by mouse: a line let go over nothing asks what shall stand there; a block is put into a line', async () => {
    await emptyFlow('grown')
    const { page } = await desk('zh-CN')
    await page.goto(`${hotline.product.url}/admin/#/flows/grown/canvas`)
    const canvas = page.getByRole('application', { name: '流程画布' })
    await page.getByRole('button', { name: '播报', exact: true }).dragTo(canvas, { targetPosition: { x: 80, y: 120 } }) // prettier-ignore
    const next = (await block(page, 'say').locator('[data-handleid="next"]').boundingBox())!
    await page.mouse.move(next.x + 6, next.y + 6)
    await page.mouse.down()
    await page.mouse.move(next.x + 150, next.y + 160, { steps: 5 })
    await page.mouse.up()
    await page.getByRole('combobox', { name: '选择要添加的块' }).fill('结束')
    await page.keyboard.press('Enter')
    await saved('grown', ['end → ', 'say → end'])
    // the middle of the line
    await page.locator('.react-flow__edge').click({ force: true })
    await page.getByRole('button', { name: '在这里插入一个块' }).click()
    await page.getByRole('combobox', { name: '选择要添加的块' }).fill('埋点')
    await page.keyboard.press('Enter')
    await saved('grown', ['end → ', 'event → end', 'say → event'])
    await page.keyboard.press('Delete')
    await saved('grown', ['end → ', 'say → '])
  })

  test('by keyboard alone in the outline: three blocks, connected, undone, copied into another flow', async () => {
    await emptyFlow('typed')
    await emptyFlow('typedCopy')
    const { page } = await desk('en')
    await page.goto(`${hotline.product.url}/admin/#/flows/typed/outline`)
    const first = page.getByRole('button', { name: 'Add the first block' })
    await first.waitFor()
    await first.focus()
    const pick = async (name: string) => {
      await page.getByRole('combobox', { name: 'Which block to add' }).waitFor()
      await page.keyboard.type(name)
      await page.keyboard.press('Enter')
    }
    const standsOn = (name: RegExp) =>
      page.locator('[role=treeitem]:focus').filter({ hasText: name }).waitFor()
    await page.keyboard.press('Enter')
    await pick('Say')
    await standsOn(/Say/)
    await page.keyboard.press('a')
    await pick('Ask')
    await standsOn(/Ask/)
    await saved('typed', ['ask → ', 'say → ask'])
    // of the two exits that lack a block, the second: down to it, and connect
    await page.keyboard.press('ArrowDown')
    await standsOn(/not connected/)
    await page.keyboard.press('ArrowDown')
    await standsOn(/not connected/)
    await page.keyboard.press('c')
    const leadsTo = page.getByRole('combobox', { name: 'Leads to' })
    await leadsTo.waitFor()
    await leadsTo.focus()
    await page.keyboard.type('End')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Connect', exact: true }).focus()
    await page.keyboard.press('Enter')
    await standsOn(/End/)
    await until(async () => 'end' in (await draftOf('typed')).doc.blocks, 'the end to be stored')
    const full = wayOf(await draftOf('typed'))
    expect(full).to.include('say → ask').and.to.have.length(3)
    await page.keyboard.press('Control+z')
    await saved('typed', ['ask → ', 'say → ask'])
    await page.keyboard.press('Control+Shift+z')
    await saved('typed', full)

    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+c')
    await page.goto(`${hotline.product.url}/admin/#/flows/typedCopy/outline`)
    await page.getByText('typedCopy').first().waitFor()
    await first.waitFor()
    await first.focus()
    await page.keyboard.press('Control+v')
    await saved('typedCopy', full)
    await standsOn(/Say/)
    await page.keyboard.press('Delete')
    await until(async () => !('say' in (await draftOf('typedCopy')).doc.blocks), 'the block to be gone') // prettier-ignore
  })

  test('by two people at once: what each changes is merged, what both change waits for a decision', async () => {
    await emptyFlow('shared')
    const say = (text: string) => ({ type: 'say', prompt: { 'zh-CN': { text } }, out: {}, ui: { x: 0, y: 0 } }) // prettier-ignore
    await put('shared', (doc) => ({ ...doc, entry: 'one', blocks: { one: say('一'), two: { ...say('二'), ui: { x: 400, y: 0 } } } })) // prettier-ignore
    const { page } = await desk('zh-CN')
    await page.goto(`${hotline.product.url}/admin/#/flows/shared/canvas`)
    await block(page, 'one').waitFor()
    await put('shared', (doc) => ({ ...doc, blocks: { ...doc.blocks, two: { ...say('二二'), ui: { x: 400, y: 0 } } } })) // prettier-ignore
    await pull(page, block(page, 'one').locator('[data-handleid="next"]'), block(page, 'two'))
    await saved('shared', ['one → two', 'two → '])
    await block(page, 'two').getByText('二二').waitFor()
    // both lead the same exit elsewhere
    await put('shared', (doc) => ({ ...doc, blocks: { ...doc.blocks, one: { ...doc.blocks['one']!, out: { next: 'one' } } } })) // prettier-ignore
    await block(page, 'two').click({ position: { x: 100, y: 20 } })
    await page.locator('.react-flow__edge').first().click({ force: true })
    await page.keyboard.press('Delete')
    const clash = page.getByRole('alert').filter({ hasText: '你们改了同一处' })
    await clash.waitFor()
    await clash.getByRole('button', { name: /用同事的.*one/ }).click()
    await page.getByRole('status').filter({ hasText: '已保存' }).waitFor()
    await saved('shared', ['one → one', 'two → '])
  })

  for (const lang of ['zh-CN', 'en'] as const)
    test(`so that axe finds nothing serious: ${lang}`, async () => {
      const { page } = await desk(lang)
      for (const view of ['canvas', 'outline']) {
        await page.goto(`${hotline.product.url}/admin/#/flows/complaint/${view}`)
        const any = view === 'canvas' ? page.locator('.react-flow__node').first() : page.getByRole('treeitem').nth(1) // prettier-ignore
        await any.click()
        await page.waitForLoadState('networkidle')
        expect(await violations(page), view).to.deep.equal([])
      }
    })
})
