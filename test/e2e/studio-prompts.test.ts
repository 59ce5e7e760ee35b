/** Content staff keep the prompts: heard, recorded at the microphone, uploaded by name, a document read out. */
import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { docx, paragraph } from '../gateway/documents/office-files.ts'
import { wavOfTone } from '../channels/voice/wav-of-tone.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'
import { story } from '../harness/story.ts'
import { violations } from './axe.ts'
import { needsBrowser } from './browser.ts'
import { ConsolePage } from './console-page.ts'
import { pictureScreens } from './on-failure.ts'
import { launchPhoneBrowser } from './phone-console.ts'

/** of the page, as far as it is looked at there */
declare const document: {
  querySelector(selector: string): { duration?: number; value?: number } | null
}
const VIEW = { width: 1280, height: 800 }

describe('the prompts in the console', function () {
  this.timeout(60_000)
  let browser: Browser
  let product: RunningProduct
  let content: ConsolePage
  let page: Page

  before(function () {
    needsBrowser(this)
  })
  const test = story(
    async () => {
      ;[browser, product] = await Promise.all([
        // with a microphone that beeps
        launchPhoneBrowser(),
        runProduct(),
      ])
      content = await ConsolePage.open(browser, product.url, 'zh-CN')
      page = content.page
      await page.setViewportSize(VIEW)
      await content.signIn('su', product.password('su'))
    },
    async () => {
      await browser?.close()
      await product?.stop()
    },
  )
  afterEach(async function () {
    await pictureScreens(this, browser)
  })

  const drawer = () => page.getByRole('dialog')
  const opens = async (words: RegExp) => {
    await page.getByRole('searchbox').fill('人工')
    await page.getByRole('button', { name: words }).first().click()
    await drawer().waitFor()
  }

  test('a text is heard as the synthesis says it', async () => {
    await content.go('prompts/list')
    await opens(/人工/)
    await drawer().getByRole('button', { name: '试听' }).click()
    const clip = drawer().getByLabel('合成语音试听')
    await clip.waitFor()
    await page.waitForFunction(() => (document.querySelector('audio.clip')?.duration ?? 0) > 0.5)
  })

  test('is recorded at the microphone, with a pause, listened to, and taken', async () => {
    const panel = drawer().getByRole('region', { name: '录音' })
    await drawer().getByRole('button', { name: '录音', exact: true }).click()
    await panel.getByRole('button', { name: '开始录音' }).click()
    // the microphone hums
    await page.waitForFunction(() => (document.querySelector('meter')?.value ?? 0) > 0.02)
    await panel.getByRole('button', { name: '暂停' }).click()
    await panel.getByText('已暂停').waitFor()
    await panel.getByRole('button', { name: '继续' }).click()
    await panel.getByText('正在录音').waitFor()
    await panel.getByRole('button', { name: '录完了' }).click()
    await panel.getByLabel('刚才的录音').waitFor()
    await panel.getByRole('button', { name: '使用这段录音' }).click()
    await drawer().getByText('已录音').waitFor()
    // with its waveform
    await drawer().getByRole('slider', { name: '播放位置' }).waitFor()
    expect(await violations(page)).to.deep.equal([])
    await page.keyboard.press('Escape')
  })

  test('recordings named as in the reading list find their prompts; one that is no sound is named', async () => {
    const names = await page.evaluate(async () => {
      const response = await fetch('/api/v1/prompts?lang=en&state=synthetic')
      const { items } = (await response.json()) as { items: { fileName: string }[] }
      return items.slice(0, 2).map(({ fileName }) => fileName)
    })
    await page.getByRole('button', { name: '批量上传' }).click()
    const chosen = page.waitForEvent('filechooser')
    await drawer().getByText('把录音文件拖到这里').click()
    const mp3 = await readFile(new URL('../assets/tone-440hz-2s.mp3', import.meta.url))
    await (
      await chosen
    ).setFiles([
      { name: `${names[0]}.mp3`, mimeType: 'audio/mpeg', buffer: mp3 },
      { name: `${names[1]} (1).wav`, mimeType: 'audio/wav', buffer: wavOfTone(500, 900) },
      { name: 'nobody.wav', mimeType: 'audio/wav', buffer: wavOfTone(500, 300) },
      { name: 'words.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from('no sound at all') },
    ])
    await drawer().getByText('4 个文件中有 2 个已对应到提示语').waitFor()
    await drawer().getByText('没有这个文件名').waitFor()
    await drawer().getByText('未能使用').waitFor()
    await drawer().getByRole('button', { name: '关闭' }).last().click()
  })

  test('hold music of two pieces is put together', async () => {
    await content.go('prompts/tunes')
    await page.getByRole('button', { name: '添加等待音乐' }).click()
    await drawer().getByLabel('名称').fill('丝路')
    for (const hz of [400, 600]) {
      const chosen = page.waitForEvent('filechooser')
      await drawer().getByRole('button', { name: '添加曲目' }).click()
      const piece = { name: `${hz}.wav`, mimeType: 'audio/wav', buffer: wavOfTone(hz, 2000) }
      await (await chosen).setFiles(piece)
      await drawer().getByText(`${hz}.wav`, { exact: true }).waitFor()
    }
    await drawer().getByRole('switch').click()
    await drawer()
      .getByRole('button', { name: /保\s*存/ })
      .click()
    await page.getByRole('cell', { name: /丝路/ }).waitFor()
    expect(await violations(page)).to.deep.equal([])
  })

  test('a Word document is looked through and put into a flow', async () => {
    await content.go('prompts/document')
    const lines = [
      '游客须知:请出示有效证件入园,老人和儿童请由家人陪同。',
      '<script>alert(1)</script>园内禁止吸烟和使用明火,违者将被请出园区。',
      '闭园前一小时停止售票和入园,敬请留意各入口的公告。',
    ]
    const chosen = page.waitForEvent('filechooser')
    await page.getByText('把文件拖到这里').click()
    const buffer = docx(lines.map(paragraph).join(''))
    await (
      await chosen
    ).setFiles([{ name: '须知.docx', mimeType: 'application/octet-stream', buffer }])
    await page.getByText('须知.docx').waitFor()
    expect(await page.getByLabel('第 2 段', { exact: true }).inputValue()).to.equal(
      '园内禁止吸烟和使用明火,违者将被请出园区。',
    )
    await page.getByLabel('采用第 3 段').uncheck()
    expect(await violations(page)).to.deep.equal([])
    await page.getByLabel('放入哪个流程的草稿').click()
    await page.locator('.ant-select-item-option').first().click()
    await page.getByRole('button', { name: '放入草稿(2 段)' }).click()
    await page.waitForURL(/#\/flows\//)
  })
})
