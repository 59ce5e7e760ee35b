/** An account of a provider from the first click to the day the provider is gone. */
import { expect } from 'chai'
import { story } from '../harness/story.ts'
import { WecomSimulator } from '../simulators/wecom.ts'
import { violations } from './axe.ts'
import { needsBrowser } from './browser.ts'
import { ChannelConsole } from './channel-console.ts'
import { ConsolePage } from './console-page.ts'
import { runHotline } from './hotline.ts'
import type { Hotline } from './hotline.ts'
import { pictureScreens } from './on-failure.ts'
import { until } from './until.ts'

const TOURIST = 'wmTourist-1_LiLei'
const NAME = '古城客服'

describe('an account of a provider, in the console', function () {
  this.timeout(60_000)
  let wecom: WecomSimulator
  let hotline: Hotline
  let admin: ChannelConsole
  let lin: ConsolePage
  let accountId: string

  before(function () {
    needsBrowser(this)
  })
  const test = story(
    async () => {
      wecom = new WecomSimulator()
      await wecom.listen()
      wecom.know(TOURIST, '李雷')
      hotline = await runHotline()
      const { browser, product } = hotline
      const page = await ConsolePage.open(browser, product.url, 'zh-CN')
      await page.signIn('admin', `${product.password('admin')}-next`)
      admin = new ChannelConsole(page)
    },
    async () => {
      await hotline?.stop()
      await wecom?.close()
    },
  )
  afterEach(function () {
    return pictureScreens(this, hotline?.browser)
  })

  /** Those that wait for the same contact are joined: one after the other has arrived they are not. */
  async function says(text: string): Promise<void> {
    await lin.say(text)
    await until(() => wecom.textsTo(TOURIST).includes(text), `the tourist to read ${text}`)
  }

  test('is told at the fields what is missing and what has the wrong form', async () => {
    await admin.begin('微信客服')
    await admin.save()
    expect(await admin.complaint('企业 ID')).to.contain('请填写')
    expect(await admin.complaint('应用 Secret')).to.contain('请填写')
    await admin.field('回调 EncodingAESKey').fill('too-short')
    await admin.save()
    expect(await admin.complaint('回调 EncodingAESKey')).to.contain('格式不正确')
    expect(await violations(admin.page)).to.deep.equal([])
  })

  test('is added with its secrets, which never come back', async () => {
    const { corpId, secret, token, encodingAesKey, openKfId, url } = wecom
    for (const [label, value] of [
      ['名称', NAME],
      ['企业 ID', corpId],
      ['应用 Secret', secret],
      ['回调 Token', token],
      ['回调 EncodingAESKey', encodingAesKey],
      ['客服账号 ID(open_kfid)', openKfId],
    ] as const)
      await admin.field(label).fill(value)
    await admin.unfold()
    await admin.field('接口地址').fill(url)
    await admin.save()
    await admin.page.getByRole('heading', { name: NAME }).waitFor()
    const account = await admin.account(NAME)
    accountId = account.id
    expect(account.secrets).to.have.members(['secret', 'callbackToken', 'encodingAesKey'])
    expect(JSON.stringify(account)).to.not.contain(secret)
  })

  test('shows the callback address, and says that it lacks its beginning', async () => {
    await admin.page.getByText(`/channels/wecom/${accountId}`).first().waitFor()
    await admin.page.getByText('YILU_PUBLIC_URL=').waitFor()
  })

  test('is tested against the provider', async () => {
    expect(await admin.check(/测试通过/)).to.match(/用时 \d+ 毫秒/)
    await admin.healthIs('正常')
    expect(await violations(admin.page)).to.deep.equal([])
  })

  test('keeps a secret that is left alone and takes one that is replaced', async () => {
    await admin.button('编辑设置').click()
    await admin.drawer.getByText('已设置').first().waitFor()
    await admin.replace('应用 Secret', 'not-the-secret-of-this-app')
    await admin.save()
    await admin.drawer.waitFor({ state: 'detached' })
    expect(await admin.check(/测试未通过/)).to.match(/Secret|密钥|凭证/)
    await admin.button('编辑设置').click()
    await admin.replace('应用 Secret', wecom.secret)
    await admin.save()
    await admin.drawer.waitFor({ state: 'detached' })
    await admin.check(/测试通过/)
  })

  test('shows an agent how many replies are left and until when, and turns amber at the last', async () => {
    const { browser, product } = hotline
    wecom.callbackUrl = `${product.url}/channels/wecom/${accountId}`
    lin = await ConsolePage.open(browser, product.url, 'zh-CN')
    await lin.signIn('lin', product.password('lin'))
    await lin.online()
    await lin.ready()
    await wecom.say(TOURIST, '转人工')
    await lin.acceptOffer.click()
    await lin.lookAtMine()
    await wecom.say(TOURIST, '南门几点关门')
    await lin.sees('南门几点关门')
    await lin.page.getByText('还可回复 5 条').waitFor()
    for (const text of ['您好', '南门 22 点停止入场', '灯光秀 21:30']) await says(text)
    await lin.page.locator('.window-amber').filter({ hasText: '还可回复 2 条' }).waitFor()
  })

  test('closes the composer when the provider allows no more, and says what can be done instead', async () => {
    for (const text of ['周末延长到 23 点', '祝您游览愉快']) await says(text)
    await lin.page.getByText('现在不能回复').waitFor()
    expect(await lin.composer.isDisabled()).to.equal(true)
    await lin.page.getByRole('button', { name: '打电话' }).waitFor()
    expect(await violations(lin.page)).to.deep.equal([])
    await wecom.say(TOURIST, '谢谢')
    await lin.page.getByText('还可回复 5 条').waitFor()
    expect(await lin.composer.isDisabled()).to.equal(false)
  })

  test('a message refused is told to the agent, and sent again from the delivery page', async () => {
    wecom.fault('kf/send_msg', 40058)
    await lin.say('停车在南门西侧')
    await lin.page.getByText('发送失败').waitFor()
    await admin.console.go('delivery')
    const row = admin.page.getByRole('row').filter({ hasText: '停车在南门西侧' })
    await row.getByText('40058').waitFor()
    expect(await violations(admin.page)).to.deep.equal([])
    await row.getByRole('button', { name: /^再发一次/ }).click()
    await until(() => wecom.textsTo(TOURIST).includes('停车在南门西侧'), 'the message sent again')
    await row.waitFor({ state: 'detached' })
    await lin.page.getByText('发送失败').waitFor({ state: 'detached' })
  })

  test('goes down when the provider is gone, while one looks at it', async () => {
    await admin.console.go('settings/channels')
    await admin.page.getByRole('button', { name: NAME }).getByText('正常').waitFor()
    await wecom.close()
    await lin.say('还有别的需要吗')
    await admin.page.getByRole('button', { name: NAME }).getByText('中断').waitFor()
    expect(await violations(admin.page)).to.deep.equal([])
  })

  test('what waits for it is seen on the delivery page', async () => {
    await admin.console.go('delivery/waiting')
    await admin.page.getByRole('row').filter({ hasText: '还有别的需要吗' }).waitFor()
    expect(await violations(admin.page)).to.deep.equal([])
  })

  test('is switched off and deleted', async () => {
    await admin.console.go(`settings/channels/${accountId}`)
    await admin.page.getByRole('switch', { name: '启用' }).click()
    await admin.healthIs('已停用')
    await admin.button('删除').waitFor()
  })
})
