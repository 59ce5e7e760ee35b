/** The pictures of channels: their accounts, a menu, what may still be written, and what did not arrive. */
import type { Page } from 'playwright-core'
import { ChannelsAtWork } from './channel-scene.ts'
import { ConsolePage } from './console-page.ts'
import { runHotline } from './hotline.ts'
import type { Hotline } from './hotline.ts'
import { until } from './until.ts'
import type { Lang } from './words.ts'

const TOURIST = 'oTourist_LiLei-1'

type Take = (page: Page, name: string) => Promise<void>

export async function takeChannelPictures(take: Take): Promise<void> {
  const hotline = await runHotline()
  try {
    const scene = await ChannelsAtWork.open(hotline)
    try {
      await play(hotline, scene, take)
    } finally {
      await scene.close()
    }
  } finally {
    await hotline.stop()
  }
}

async function play(hotline: Hotline, scene: ChannelsAtWork, take: Take): Promise<void> {
  const { wechat, wecom } = scene
  const enter = (userName: string, lang: Lang) => signedIn(hotline, userName, lang)
  const admin = await enter('admin', 'zh-CN')
  await admin.go('settings/channels/wx/menu')
  await admin.page.getByRole('button', { name: '景点介绍' }).click()
  await take(admin.page, 'wechat-menu')

  const lin = await enter('lin', 'zh-CN')
  await lin.online()
  await lin.ready()
  await wechat.follows(TOURIST)
  await wechat.says(TOURIST, '兵马俑周一开门吗')
  await wechat.says(TOURIST, '转人工')
  await lin.acceptOffer.click()
  await lin.lookAtMine()
  await wechat.says(TOURIST, '有讲解吗？我们两大一小')
  await lin.sees(/讲解/)
  const says = async (text: string) => {
    await lin.say(text)
    await until(() => wechat.textsTo(TOURIST).includes(text), `the tourist to read ${text}`)
  }
  await says('您好，周一照常开放，8:30 到 17:00 检票。')
  await says('讲解在入口东侧预约，两小时，最多十人一组。')
  await says('孩子 1.2 米以下免票，带户口本就行。')
  await lin.page.getByText('还可回复 2 条').waitFor()
  await take(lin.page, 'desk-reply-window')

  await says('还需要我帮您约明天上午的讲解吗？')
  await says('您先看看时间，随时写给我。')
  await lin.page.getByText('现在不能回复').waitFor()
  await lin.page.getByRole('button', { name: '模板' }).first().click()
  const dialog = lin.page.getByRole('dialog')
  await dialog.getByLabel('开头').fill('您反映的讲解预约已处理')
  await dialog.getByLabel('投诉编号').fill('S20261122-0007')
  await take(lin.page, 'desk-template')
  await lin.page.keyboard.press('Escape')

  // refused for good, and a server WeCom does not trust
  await wechat.says(TOURIST, '好的，那就明天上午九点')
  await lin.sees(/九点/)
  wechat.codes.set('/cgi-bin/message/custom/send', [43004])
  await lin.say('已为您约好，请提前十分钟到。')
  await lin.page.getByRole('button', { name: '再发一次' }).waitFor()
  await take(lin.page, 'desk-undelivered')
  wecom.trusted = false
  await wecom.say('wmTourist-2', '在吗')
  await admin.go('settings/channels')
  await admin.page.getByRole('button', { name: '古城客服' }).getByText('待处理').waitFor()
  await take(admin.page, 'settings-channels')
  const english = await enter('admin', 'en')
  await english.go('delivery')
  await english.page.getByRole('row').nth(1).waitFor()
  await take(english.page, 'delivery-en')
}

async function signedIn(hotline: Hotline, userName: string, lang: Lang): Promise<ConsolePage> {
  const { browser, product } = hotline
  const console = await ConsolePage.open(browser, product.url, lang)
  const password = product.password(userName)
  await console.signIn(userName, userName === 'admin' ? `${password}-next` : password)
  return console
}
