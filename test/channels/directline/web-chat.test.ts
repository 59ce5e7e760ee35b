import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import type { Browser, Page } from 'playwright-core'
import { launchBrowser, needsBrowser } from '../../e2e/browser.ts'
import { FlakyWire } from '../../e2e/flaky-wire.ts'
import { writePicture } from '../../e2e/picture-file.ts'
import { ChannelScene } from '../scene.ts'
import { Site } from './site.ts'

const SECRET = 'a-secret-that-nobody-would-guess'

describe('an unmodified Bot Framework Web Chat in Chromium, on a page with a strict policy', function () {
  // DirectLineJS waits 3 to 15 s, at random, before it comes back
  this.timeout(90_000)
  let browser: Browser
  let scene: ChannelScene
  let site: Site
  let wire: FlakyWire
  let page: Page
  let folder: string
  const asked = new Set<string>()
  const refusedByPolicy: string[] = []

  before(async function () {
    needsBrowser(this)
    folder = mkdtempSync(path.join(tmpdir(), 'yilu-e2e-'))
    site = await Site.open()
    ;[browser, scene] = await Promise.all([launchBrowser(), ChannelScene.open()])
    wire = await FlakyWire.to(scene.url)
    await scene.addAccount({
      id: 'dl',
      kind: 'directline',
      settings: { secret: SECRET, allowedOrigins: [site.url] },
    })
    await scene.check('dl')
    site.domain = scene.callback('directline', 'dl', '/v3/directline').replace(scene.url, wire.url)
    site.secret = SECRET
    page = await browser.newPage()
    page.on('request', (request) => asked.add(new URL(request.url()).host))
    page.on('websocket', (socket) => asked.add(new URL(socket.url()).host))
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) refusedByPolicy.push(message.text())
    })
    await page.goto(site.url)
  })
  after(async () => {
    await browser?.close()
    await scene?.close()
    await wire?.close()
    await site?.close()
    if (folder) await rm(folder, { recursive: true })
  })

  // inside each there is another one, for the keyboard
  const lines = () => page.locator('[role=feed] article')
  /** Waits for an utterance that fits. */
  const sees = (text: RegExp | string, times = 1) =>
    lines()
      .filter({ hasText: text })
      .nth(times - 1)
      .waitFor()
  const say = async (text: string) => {
    const box = page.getByRole('textbox')
    await box.fill(text)
    await box.press('Enter')
  }

  it('greets with suggested actions, and a tap on one is understood', async () => {
    await sees(/西安旅游热线/)
    await page.getByRole('toolbar').getByRole('button', { name: '天气' }).click()
    await sees(/几月的天气/)
  })

  it('answers a question', async () => {
    await say('城墙几点关门')
    await sees(/城墙.*/)
  })

  it('uploads a picture, which the agent sees, and talks with the agent', async () => {
    await say('转人工')
    const { card } = await scene.lin.accept()
    await scene.lin.say(card.id, '您好,我是林小雨,请发照片。')
    await sees('我是林小雨')
    const picture = writePicture(folder, '小票.png')
    await page.locator('input[type=file]').setInputFiles(picture)
    const send = page.getByRole('button', { name: /发送/ })
    const arrived = () =>
      scene.lin.frames.some(
        (frame) =>
          frame.t === 'message' &&
          frame.message.parts.some((part) => part.type === 'media' && part.kind === 'image'),
      )
    await scene.until(async () => {
      // nothing is sent before the page has read the file, and it says nowhere when it has
      if (!arrived() && (await send.isVisible())) await send.click()
      return arrived()
    }, 'the picture')
    // shown from our address, on their page
    const width = `document.querySelector('img[src*="/attachments/"]')?.naturalWidth`
    await scene.until(async () => (await page.evaluate(width)) === 48, 'the picture on the page')
  })

  it('what is said while the line is down comes once, and what was sent is not doubled', async () => {
    const { id } = scene.lin.card((card) => card.channel === 'directline')!
    wire.cut()
    await scene.lin.say(id, '断线时说的话')
    wire.mend()
    await sees('断线时说的话')
    await say('我回来了')
    await scene.lin.hears(/我回来了/)
    await scene.lin.say(id, '欢迎回来')
    await sees('欢迎回来')
    expect(await lines().filter({ hasText: '断线时说的话' }).count()).to.equal(1)
    expect(await lines().filter({ hasText: '我回来了' }).count()).to.equal(1)
  })

  it('goes back to the bot when the agent hands back', async () => {
    const { id } = scene.lin.card((card) => card.channel === 'directline')!
    await scene.lin.do({ do: 'handBack', conversationId: id })
    await say('城墙几点关门')
    await sees(/城墙/, 2)
  })

  it('asked nobody but the site and us, and broke no rule of the page', () => {
    const ours = [new URL(site.url).host, new URL(wire.url).host]
    expect([...asked].filter((host) => host && !ours.includes(host))).to.deep.equal([])
    // two inline styles of its own stay without effect (facts §5)
    expect(refusedByPolicy.filter((text) => !/style/i.test(text))).to.deep.equal([])
    expect(scene.errors).to.deep.equal([])
  })
})
