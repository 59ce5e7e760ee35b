/** Content staff choose who speaks and how fast, by keyboard, in the flow's settings and for one prompt, and hear it. */
import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { needsBrowser } from './browser.ts'
import { ConsolePage } from './console-page.ts'
import { Form } from './flow-form.ts'
import { runHotline } from './hotline.ts'
import type { Hotline } from './hotline.ts'
import { pictureScreens } from './on-failure.ts'
import { until } from './until.ts'
import type { Lang } from './words.ts'

const WOMAN = 'cmn-latn-pinyin+f2'
const flow = {
  ...{ schema: 1, id: 'voices', name: '声音', kind: 'main', langs: ['zh-CN', 'en'] },
  ...{ defaultLang: 'zh-CN', entry: 'hello' },
  blocks: {
    hello: {
      type: 'say',
      prompt: { 'zh-CN': { text: '您好' }, en: { text: 'Hello' } },
      out: { next: 'end' },
    },
    end: { type: 'end', reason: 'done' },
  },
}
interface Draft {
  draftVersion: number
  doc: {
    voices?: object
    blocks: { hello: { prompt: Record<string, { voice?: string; speed?: number }> } }
  }
}

/** of the page, as far as it is looked at there */
declare const document: { querySelector(selector: string): { duration?: number } | null }

describe('who speaks, chosen in the studio', function () {
  this.timeout(120_000)
  let hotline: Hotline
  before(async function () {
    needsBrowser(this)
    hotline = await runHotline()
    await hotline.admin.rest('POST', '/flows', { id: 'voices', name: '声音', kind: 'main' })
  })
  afterEach(function () {
    return pictureScreens(this, hotline?.browser)
  })
  after(() => hotline?.stop())

  const draft = () => hotline.admin.get<Draft>('/flows/voices/draft')
  const drafted = async (voices?: object) => {
    const { draftVersion } = await draft()
    const doc = { ...flow, ...(voices && { voices }) }
    const stored = await hotline.admin.rest('PUT', '/flows/voices/draft', { draftVersion, doc })
    expect(stored.status, await stored.clone().text()).to.equal(200)
  }
  const holds = (fits: (doc: Draft['doc']) => boolean, what: string) =>
    until(async () => fits((await draft()).doc), what)
  const open = async (lang: Lang) => {
    const console = await ConsolePage.open(hotline.browser, hotline.product.url, lang)
    await console.signIn('admin', `${hotline.product.password('admin')}-next`)
    await console.go('flows/voices')
    return console.page
  }
  /** What is asked for when somebody presses to listen; it is played. */
  const hears = async (page: Page, press: () => Promise<void>) => {
    const asked = page.waitForRequest((request) => request.url().endsWith('/prompts/preview'))
    await press()
    const wish = (await asked).postDataJSON() as Record<string, unknown>
    await page.waitForFunction(() => (document.querySelector('audio.clip')?.duration ?? 0) > 0.2)
    return wish
  }

  it('for the whole flow, in Chinese: a voice by its name, a speed by the arrow keys, heard with its first words', async () => {
    await drafted()
    const page = await open('zh-CN')
    const form = new Form(page)
    await page.getByRole('tab', { name: '流程设置' }).press('Enter')
    await form.region.getByText('电话里的声音与语速').press('Enter')
    const chinese = form.item(/^声音 · 中文/)
    const speed = chinese.getByRole('slider', { name: '语速' })
    expect(await speed.getAttribute('aria-valuetext')).to.equal('1×')
    await form.choose(chinese.getByRole('combobox', { name: '发音人' }), '女声')
    await holds(({ voices }) => JSON.stringify(voices ?? {}).includes(WOMAN), 'the voice')
    for (let step = 0; step < 4; step++) await speed.press('ArrowLeft')
    await holds(({ voices }) => JSON.stringify(voices ?? {}).includes('0.8'), 'the speed')
    expect((await draft()).doc.voices).to.deep.equal({ 'zh-CN': { voice: WOMAN, speed: 0.8 } })
    const wish = await hears(page, () =>
      chinese.getByRole('button', { name: '试听' }).press('Enter'),
    )
    expect(wish).to.include({ text: '您好', lang: 'zh-CN', voice: WOMAN, speed: 0.8 })
    expect(await form.flaws()).to.deep.equal([])
  })

  it('for one prompt, in English: as the flow until it is made to differ, and back', async () => {
    await drafted({ 'zh-CN': { voice: WOMAN, speed: 0.8 } })
    const page = await open('en')
    const form = new Form(page)
    await form.show('hello')
    const chinese = form.item(/ · Chinese/)
    await form.unfold(chinese)
    const speed = chinese.getByRole('slider', { name: 'Speed' })
    await speed.waitFor()
    expect(await speed.getAttribute('aria-valuetext')).to.equal('0.8×')
    await chinese.getByText(/As the flow: espeak 普通话 女声 · female/).waitFor()
    await speed.press('End')
    await holds(
      ({ blocks }) => blocks.hello.prompt['zh-CN']!.speed === 2,
      'the speed of the prompt',
    )
    const wish = await hears(page, () =>
      chinese.getByRole('button', { name: 'Listen' }).press('Enter'),
    )
    expect(wish).to.include({ text: '您好', voice: WOMAN, speed: 2 })
    expect(await form.flaws()).to.deep.equal([])
    // the speed of the flow is not kept twice
    await speed.press('Home')
    for (let step = 0; step < 6; step++) await speed.press('ArrowRight')
    await holds(
      ({ blocks }) => !('speed' in blocks.hello.prompt['zh-CN']!),
      'the flow’s speed again',
    )
  })

  it('in the catalogue: kept in the draft', async () => {
    await drafted({ 'zh-CN': { voice: WOMAN, speed: 0.8 } })
    const console = await ConsolePage.open(hotline.browser, hotline.product.url, 'zh-CN')
    await console.signIn('admin', `${hotline.product.password('admin')}-next`)
    await console.go('prompts/list?flowId=voices&lang=zh-CN')
    const { page } = console
    await page.getByRole('button', { name: '您好' }).first().click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('slider', { name: '语速' }).press('Home')
    await holds(({ blocks }) => blocks.hello.prompt['zh-CN']!.speed === 0.5, 'the slowest speed')
    const wish = await hears(page, () =>
      drawer.getByRole('button', { name: '试听' }).press('Enter'),
    )
    expect(wish).to.include({ voice: WOMAN, speed: 0.5 })
  })
})
