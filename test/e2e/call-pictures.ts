/** The pictures of calls: at the desk, heard along, recorded, left as a message, and set up. */
import type { Browser, Page } from 'playwright-core'
import { CallScene } from './call-scene.ts'
import { ConsolePage, DESKTOP } from './console-page.ts'
import { runHotline } from './hotline.ts'
import { launchPhoneBrowser } from './phone-console.ts'
import type { Lang } from './words.ts'
import { PATIENCE_MS } from '../harness/patience.ts'

const POLICE = '02996116'

export async function takeCallPictures(
  take: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const hotline = await runHotline()
  try {
    const scene = await CallScene.open(hotline)
    const browser = await launchPhoneBrowser(scene.voices.agent)
    try {
      await play(scene, browser, take)
    } finally {
      await browser.close()
      await scene.stop()
    }
  } finally {
    await hotline.stop()
  }
}

async function play(
  scene: CallScene,
  browser: Browser,
  take: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const { hotline, voices, outside } = scene
  const enter = (userName: string, lang: Lang) => {
    const password = hotline.product.password(userName)
    return signedIn(browser, hotline.product.url, lang, {
      userName,
      password: userName === 'admin' ? `${password}-next` : password,
    })
  }
  await scene.messages()
  await scene.earlierCalls()

  const lin = await enter('lin', 'zh-CN')
  await lin.ready()
  const wang = await scene.calls('13892001122', '10', voices.tourist, voices.tourist2)
  await lin.page.getByRole('button', { name: '接听', exact: true }).first().click()
  const amy = await enter('amy', 'en')
  await amy.ready()
  const oliver = await scene.calls('+447700900123', '20', voices.english)
  await amy.page.getByRole('button', { name: 'Answer', exact: true }).first().click()
  await scene.nameNewest({ name: 'Oliver Brown' })
  const officer = outside.answer('answer', 0, POLICE)
  await amy.page.getByRole('button', { name: 'Transfer / consult' }).first().click()
  const dialog = amy.page.getByRole('dialog', { name: 'Transfer / consult' })
  await dialog.getByText('Outside number', { exact: true }).click()
  await dialog.getByRole('textbox').first().fill(POLICE)
  await dialog.getByRole('button', { name: 'Consult first' }).click()
  const police = await officer
  police.leg.play({ files: [voices.police] }, { loop: true })
  await scene.others()

  // on the telephone nothing can be written but notes
  const note = lin.page.getByRole('combobox', { name: '内部备注' })
  await note.fill('同一家旅行社本周第二起投诉,已抄送质监。')
  await lin.page.getByRole('button', { name: '保存备注' }).click()
  await lineMeasured(lin)
  await take(lin.page, 'call-desk-zh')

  const chen = await enter('chen', 'zh-CN')
  await chen.go(`desk/${lin.conversationId}`)
  await chen.page.getByText('监听', { exact: true }).click()
  await chen.page.getByText('您在监听，双方听不到您').first().waitFor()
  await take(chen.page, 'call-supervised')
  await chen.page.getByRole('button', { name: '退出监听' }).click()

  await lineMeasured(amy)
  await take(amy.page, 'call-desk-en')

  wang.hangUp()
  oliver.hangUp()
  await lin.wrapUp('已解答')

  await chen.go('desk/phone-test')
  await chen.page.getByRole('button', { name: '听自己的声音' }).click()
  await chen.page.getByText('正在回放您的声音').first().waitFor()
  await take(chen.page, 'phone-test')

  await chen.go('recordings')
  await chen.page.getByRole('row').nth(1).getByRole('button').first().click()
  const player = chen.page.getByRole('region', { name: '录音播放器' })
  await player.locator('canvas').first().waitFor()
  await player.getByRole('button', { name: '播放', exact: true }).click()
  await player.getByText(/^0:0[3-9]/).waitFor()
  await player.getByRole('button', { name: '暂停', exact: true }).click()
  await take(chen.page, 'recordings')

  await chen.go('voicemail')
  await chen.page.getByRole('row').nth(1).getByRole('button').first().click()
  await chen.page.getByRole('region', { name: '录音播放器' }).locator('canvas').first().waitFor()
  await take(chen.page, 'voicemail')

  await scene.showProvider()
  const admin = await enter('admin', 'zh-CN')
  await admin.go('settings/telephony/trunks')
  await admin.page.getByRole('row').nth(1).waitFor()
  await take(admin.page, 'settings-trunks')
}

async function signedIn(
  browser: Browser,
  url: string,
  lang: Lang,
  who: { userName: string; password: string },
): Promise<ConsolePage> {
  const context = await browser.newContext({
    viewport: DESKTOP,
    locale: 'zh-CN',
    reducedMotion: 'reduce',
    permissions: ['microphone'],
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const console = new ConsolePage(await context.newPage(), url, lang)
  await console.page.goto(`${url}/admin/`)
  if (lang === 'en') await console.page.getByRole('button', { name: 'English' }).click()
  await console.signIn(who.userName, who.password)
  return console
}

/** How good a line is is known a few seconds into the talk. */
function lineMeasured({ page }: ConsolePage): Promise<void> {
  return page.locator('.quality').first().waitFor()
}
