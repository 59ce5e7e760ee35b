import { expect } from 'chai'
import { WeiboSimulator } from '../../simulators/weibo.ts'
import type { WeiboReceived } from '../../simulators/weibo.ts'
import { ChannelScene } from '../scene.ts'

/** above 2^53: whoever rounds it answers somebody else */
const TOURIST = '7012345678901234567'

describe('a tourist on Weibo, from the first question to the survey', function () {
  this.timeout(60_000)
  const weibo = new WeiboSimulator()
  let scene: ChannelScene

  before(async () => {
    scene = await ChannelScene.open()
    const url = await weibo.listen()
    await scene.addAccount({ id: 'weibo', kind: 'weibo', settings: weibo.settings(url) })
    weibo.callback = scene.callback('weibo', 'weibo')
  })
  after(async () => {
    await weibo.close()
    await scene.close()
  })

  const texts = () =>
    weibo.received.flatMap((each: WeiboReceived) =>
      each.kind === 'message' && each.type === 'text' ? [String(each.data.text)] : [],
    )
  /** Waits for a text after `from` that fits. */
  const hears = (expected: RegExp, from = 0) =>
    scene.until(
      () =>
        texts()
          .slice(from)
          .find((text) => expected.test(text)),
      `${expected}`,
    )

  it('the address is verified and the token tested', async () => {
    expect(await scene.check('weibo')).to.include({ ok: true })
    expect(await weibo.verify()).to.equal(true)
    expect((await scene.account('weibo')).health?.state).to.equal('ok')
  })

  it('follows, asks, is handed to an agent, and rates', async () => {
    expect(await weibo.event(TOURIST, 'follow')).to.include({ status: 200, attempts: 1 })
    await hears(/欢迎|热线/)
    await weibo.say(TOURIST, '城墙几点关门')
    await hears(/城墙/)
    const before = texts().length
    await weibo.say(TOURIST, '转人工')
    const { card } = await scene.lin.accept()
    expect(card.channel).to.equal('weibo')
    await scene.lin.say(card.id, '您好,我是林小雨。')
    await hears(/我是林小雨/, before)
    await weibo.say(TOURIST, '谢谢')
    await scene.lin.hears(/谢谢/)
    await scene.lin.do({ do: 'finish', conversationId: card.id })
    await hears(/请评价/, before)
    await weibo.say(TOURIST, '5')
    await hears(/还有什么想|再见|感谢/, before)
    expect(weibo.received.every((each) => each.kind !== 'message' || each.to === TOURIST)).to.equal(
      true,
    )
    expect(scene.errors).to.deep.equal([])
    expect(weibo.refused).to.deep.equal([])
  })
})
