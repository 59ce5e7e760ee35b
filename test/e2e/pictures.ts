/** `npm run pictures`: plays a scene on the real product and takes the pictures of docs/pictures. */
import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { takeCallPictures } from './call-pictures.ts'
import { takeChannelPictures } from './channel-pictures.ts'
import { ConsolePage, DESKTOP } from './console-page.ts'
import { runHotline } from './hotline.ts'
import type { Hotline } from './hotline.ts'
import { Scene } from './scene.ts'
import { takeStudioPictures } from './studio-pictures.ts'
import { VisitorPage } from './visitor-page.ts'
import type { Lang } from './words.ts'

const FOLDER = fileURLToPath(new URL('../../docs/pictures/', import.meta.url))
const MAX_BYTES = 400_000

/** The wallboard's chart looks back on half an hour that the scene does not have. */
const HALF_AN_HOUR = `if (!sessionStorage.getItem('yilu.wallboard.samples'))
  sessionStorage.setItem('yilu.wallboard.samples', JSON.stringify(
    [0, 1, 1, 2, 3, 2, 2, 1, 0, 1, 2, 4, 5, 4, 3, 3, 2, 1, 1, 0, 1, 2, 2, 3, 2, 1, 1].map(
      (waiting, index) => ({ atMs: Date.now() - (28 - index) * 60_000, waiting }))))`

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate('document.fonts.ready')
  await page.waitForLoadState('networkidle')
  await page.mouse.move(0, 0)
  const file = path.join(FOLDER, `${name}.png`)
  await page.screenshot({ path: file })
  const { size } = statSync(file)
  console.log(`${name}.png ${Math.round(size / 1000)} kB`)
  if (size > MAX_BYTES) throw new Error(`${name}.png is larger than ${MAX_BYTES} bytes`)
}

async function widgets({ browser, product }: Hotline): Promise<void> {
  const zh = await VisitorPage.open(browser, product.url, 'zh-CN')
  await zh.say('兵马俑怎么预约门票?')
  await zh.sees(/实名预约/)
  await zh.say('从机场到市区怎么走?')
  await zh.sees(/咸阳国际机场/)
  await zh.sees(/还有想问的吗/)
  await take(zh.page, 'widget-phone-zh')
  const en = await VisitorPage.open(browser, product.url, 'en')
  await en.say('How do I get from the airport to the Bell Tower?')
  await en.sees(/Anything else/)
  await en.say('agent')
  await en.status(/next|ahead/)
  await take(en.page, 'widget-phone-en')
  const context = await browser.newContext({
    viewport: DESKTOP,
    locale: 'zh-CN',
    reducedMotion: 'reduce',
  })
  const desktop = new VisitorPage(await context.newPage(), 'zh-CN')
  await desktop.page.goto(product.url)
  await desktop.openChat()
  await desktop.say('去大雁塔坐几号线?')
  await desktop.sees(/还有想问的吗/)
  await take(desktop.page, 'demo-desktop')
}

async function signedIn(hotline: Hotline, lang: Lang, userName: string): Promise<ConsolePage> {
  const { browser, product } = hotline
  const page = await ConsolePage.open(browser, product.url, lang)
  const password = product.password(userName)
  // the administrator's one-time password was changed when the hotline was set up
  await page.signIn(userName, userName === 'admin' ? `${password}-next` : password)
  return page
}

mkdirSync(FOLDER, { recursive: true })
await takeCallPictures(take)
await takeChannelPictures(take)
const hotline = await runHotline()
try {
  const leader = await signedIn(hotline, 'zh-CN', 'chen')
  await leader.page.addInitScript(HALF_AN_HOUR)
  await leader.go('wallboard')
  await leader.page.reload()
  const { servedZh, servedEn } = await new Scene(hotline).play()

  const lin = await signedIn(hotline, 'zh-CN', 'lin')
  await lin.go(`desk/${servedZh}`)
  await lin.sees(/马上发给您/)
  await take(lin.page, 'console-desk-zh')
  const amy = await signedIn(hotline, 'en', 'amy')
  await amy.go(`desk/${servedEn}`)
  await amy.sees(/Where exactly/)
  await take(amy.page, 'console-desk-en')
  await take(leader.page, 'wallboard')
  await leader.go('tickets')
  await leader.page.getByRole('row').nth(1).waitFor()
  await take(leader.page, 'tickets')

  const su = await signedIn(hotline, 'zh-CN', 'su')
  await su.go('knowledge')
  await su.page.getByRole('row').nth(1).waitFor()
  await take(su.page, 'knowledge')
  await su.go('flows')
  await su.page.getByRole('row').nth(1).waitFor()
  await take(su.page, 'flows')

  await takeStudioPictures(hotline, (lang, userName) => signedIn(hotline, lang, userName), take)

  const admin = await signedIn(hotline, 'zh-CN', 'admin')
  await admin.go('settings/queues')
  await admin.page.getByRole('row').nth(1).waitFor()
  await take(admin.page, 'settings-queues')
  await widgets(hotline)
} finally {
  await hotline.stop()
}
