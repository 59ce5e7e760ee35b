import { expect } from 'chai'
import { WechatySimulator } from '../../simulators/wechaty.ts'
import { ChannelScene } from '../scene.ts'

const TOURIST = '李雷'

describe('a tourist on personal WeChat, from the first question to the survey', function () {
  this.timeout(90_000)
  const wechat = new WechatySimulator()
  let scene: ChannelScene

  before(async () => {
    await wechat.listen()
    scene = await ChannelScene.open()
    await scene.addAccount({ id: 'me', kind: 'wechaty', settings: wechat.settings })
  })
  after(async () => {
    await scene.close()
    await wechat.close()
  })

  const hears = (expected: RegExp, from = 0) =>
    scene.until(
      () => wechat.said.slice(from).find(({ text }) => text !== undefined && expected.test(text)),
      `${expected}`,
    )

  it('asks, is handed to an agent, and rates', async () => {
    wechat.contact(TOURIST)
    wechat.login()
    // wechaty loads for seconds, more on a machine that does much at once
    for (let tries = 0; tries < 4; tries++) {
      const ok = await scene
        .until(async () => (await scene.account('me')).health?.state === 'ok', 'the sign-in')
        .catch(() => false)
      if (ok) break
    }
    wechat.say(TOURIST, '城墙几点关门')
    await hears(/城墙|热线|欢迎/)
    const before = wechat.said.length
    wechat.say(TOURIST, '转人工')
    const { card } = await scene.lin.accept()
    expect(card).to.include({ channel: 'wechaty' })
    expect(card.contact.name).to.equal(TOURIST)
    await scene.lin.say(card.id, '您好,我是林小雨。')
    await hears(/我是林小雨/, before)
    await scene.lin.do({ do: 'finish', conversationId: card.id })
    await hears(/请评价/, before)
    wechat.say(TOURIST, '5')
    await hears(/还有什么想|谢谢/, before)
    expect(new Set(wechat.said.map(({ to }) => to))).to.deep.equal(new Set([TOURIST]))
    expect(scene.errors.map(({ msg, err }) => `${msg} ${err?.message}`)).to.deep.equal([])
  })
})
