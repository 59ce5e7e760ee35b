/** The page behind a call link, on a telephone's screen: in both languages, with and without a microphone. */
import { expect } from 'chai'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { callCardOf } from '../harness/desk-calls.ts'
import { BrowserLine } from '../harness/browser-line.ts'
import { WeiboSimulator } from '../simulators/weibo.ts'
import { ChannelScene } from '../channels/scene.ts'
import { violations } from './axe.ts'
import { needsBrowser } from './browser.ts'
import { keepScreens } from './on-failure.ts'
import { launchPhoneBrowser } from './phone-console.ts'
import { hears, withTones } from './tones-in-page.ts'
import { phoneOf } from './visitor-page.ts'

const TOURIST = 400
const AGENT = 700
const PUBLIC_URL = 'https://hotline.example.gov.cn'

describe('the page behind a call link', function () {
  this.timeout(120_000)
  const weibo = new WeiboSimulator()
  let scene: ChannelScene
  let browser: Browser
  let uid = 7012345678901235000n

  before(async function () {
    needsBrowser(this)
    scene = await ChannelScene.open({ YILU_PUBLIC_URL: PUBLIC_URL })
    const url = await weibo.listen()
    await scene.addAccount({ id: 'weibo', kind: 'weibo', settings: weibo.settings(url) })
    weibo.callback = scene.callback('weibo', 'weibo')
    browser = await launchPhoneBrowser()
  })
  after(async () => {
    await browser?.close()
    await weibo.close()
    await scene?.close()
  })
  afterEach(async function () {
    await keepScreens(this, browser)
    const { lin } = scene
    const mine = lin.card(({ agentId }) => agentId === lin.welcome.me.id)
    if (mine) await lin.do({ do: 'finish', conversationId: mine.id })
    const written = lin.card(({ wrapUp }) => wrapUp !== undefined)
    if (written) await lin.do({ do: 'wrapUpDone', conversationId: written.id })
  })

  /** Somebody whom lin serves and invites. @returns the link, on the test's own server */
  async function invited(): Promise<{ id: string; link: string }> {
    const to = String(++uid)
    await weibo.say(to, '转人工')
    const { card } = await scene.lin.accept()
    await scene.lin.do({ do: 'inviteToCall', conversationId: card.id })
    const sent = () =>
      weibo.received.flatMap((each) =>
        each.kind === 'message' && each.to === to && each.type === 'text'
          ? (/https:\S+call\?t=\S+/.exec(String(each.data.text)) ?? [])
          : [],
      )
    const link = await scene.until(() => sent()[0], 'the link')
    return { id: card.id, link: link.replace(PUBLIC_URL, scene.url) }
  }

  async function opens(
    link: string,
    more: BrowserContextOptions & { init?: string } = {},
  ): Promise<Page> {
    const { init = withTones(TOURIST), ...options } = more
    const context = await phoneOf(browser, 'zh-CN', { permissions: ['microphone'], ...options })
    await context.addInitScript(init)
    const page = await context.newPage()
    await page.goto(link)
    return page
  }

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

  it('calls, mutes, hangs up, and calls again, in Chinese and in English', async () => {
    const { id, link } = await invited()
    const page = await opens(link)
    await page.getByRole('heading', { name: '林小雨邀请您语音通话' }).waitFor()
    await picture(page, 'zh-before')
    expect(await violations(page)).to.deep.equal([])
    await button(page, '开始通话').click()
    await page.getByRole('status').filter({ hasText: '通话中' }).waitFor()
    const line = await agentLine(id)
    await hears(page, AGENT, 'the tourist')
    await line.hearsTone(TOURIST, 0.9)
    await button(page, '静音').click()
    await line.hearsSilence()
    await button(page, '取消静音').click()
    await line.hearsTone(TOURIST, 0.9)
    await button(page, 'EN · English').click()
    await page.getByRole('status').filter({ hasText: 'On the call' }).waitFor()
    await button(page, 'Keypad').click()
    await picture(page, 'en-talking')
    expect(await violations(page)).to.deep.equal([])
    await button(page, 'Hang up').click()
    await button(page, 'Start the call').click()
    const again = await agentLine(id)
    await hears(page, AGENT, 'the tourist')
    await scene.lin.do({ do: 'hangUp', conversationId: id })
    await page.getByText('The call has ended').waitFor()
    await picture(page, 'en-over')
    line.close()
    again.close()
    const { lin } = scene
    expect(lin.card((card) => card.id === id)?.state).to.equal('agent')
  })

  it('without a microphone, in WeChat: says how, and takes a number instead', async () => {
    const { id, link } = await invited()
    const page = await opens(link, {
      userAgent: 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Mobile MicroMessenger/8.0.50',
      init: `delete MediaDevices.prototype.getUserMedia`,
    })
    await page.getByText('选“在浏览器打开”').waitFor()
    expect(await button(page, '开始通话').count()).to.equal(0)
    await page.getByRole('textbox').fill('110')
    await button(page, '提交').click()
    await page.getByRole('alert').filter({ hasText: '能回拨的' }).waitFor()
    await picture(page, 'zh-no-microphone')
    expect(await violations(page)).to.deep.equal([])
    await page.getByRole('textbox').fill('138-0013-8000')
    await button(page, '提交').click()
    await page.getByText('已记下 +8613800138000').waitFor()
    await scene.lin.until(
      () => scene.lin.card((card) => card.id === id)?.callback !== undefined,
      'the number on the card',
    )
  })

  it('a microphone that was not allowed: says where to allow it', async () => {
    const { link } = await invited()
    const page = await opens(link, {
      init: `MediaDevices.prototype.getUserMedia = async () => {
        throw new DOMException('no', 'NotAllowedError')
      }`,
    })
    await button(page, '开始通话').click()
    await page.getByRole('alert').filter({ hasText: '麦克风未获允许' }).waitFor()
    await button(page, '重试').waitFor()
  })

  it('a link that is no good any more says what to do', async () => {
    const page = await opens(`${scene.url}/webchat/call?t=eyJ.eyJ.x`, { locale: 'en' })
    await page.getByRole('heading', { name: 'This link cannot be used' }).waitFor()
    await page.getByText('ask there for a new one').waitFor()
    await picture(page, 'en-gone')
    expect(await violations(page)).to.deep.equal([])
  })

  async function agentLine(id: string): Promise<BrowserLine> {
    await scene.lin.until(
      () =>
        callCardOf(scene.lin, (card) => card.conversationId === id && card.phase === 'talking') !==
        undefined,
      'the call',
    )
    const line = await BrowserLine.open(scene.lin, id)
    line.hum(AGENT)
    return line
  }
})

/** For people to look at; only where a folder is named. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.YILU_PICTURES
  if (folder) await page.screenshot({ path: `${folder}/call-link-${name}.png` })
}
