import { expect } from 'chai'
import { WecomSimulator } from '../../simulators/wecom.ts'
import { ChannelScene } from '../scene.ts'

const TOURIST = 'wmTourist-1_LiLei'

describe('a tourist on WeCom customer service, from the first question to the survey', function () {
  this.timeout(60_000)
  const wecom = new WecomSimulator()
  let scene: ChannelScene

  before(async () => {
    await wecom.listen()
    wecom.know(TOURIST, '李雷', 'oUnion0123456789')
    scene = await ChannelScene.open()
    await scene.addAccount({
      ...{ id: 'kf', kind: 'wecom' },
      settings: { ...wecom.settings, closingText: '感谢您的咨询,再见!' },
    })
    wecom.callbackUrl = scene.callback('wecom', 'kf')
  })
  after(async () => {
    await wecom.close()
    await scene.close()
  })

  /** Waits for a text shown after the first `from` that fits. */
  const sees = (expected: RegExp, from = 0) =>
    scene.until(
      () =>
        wecom
          .textsTo(TOURIST)
          .slice(from)
          .find((text) => expected.test(text)),
      `${expected}`,
    )
  const seen = () => wecom.textsTo(TOURIST).length

  it('the address is verified and the account tested', async () => {
    expect(await wecom.checkAddress()).to.equal(true)
    expect(await scene.check('kf')).to.include({ ok: true, detail: '旅游热线' })
  })

  it('opens the chat at a gate, and is greeted once by the flow with the code of the event', async () => {
    await wecom.enter(TOURIST, 'eastgate')
    await sees(/热线|欢迎/)
    expect(wecom.calls.filter(({ path }) => path === 'kf/send_msg_on_event')).to.have.length(1)
    const conversation = await scene.until(() => scene.conversation(TOURIST), 'a conversation')
    expect(conversation.legs[0]).to.include({ channel: 'wecom', scene: 'eastgate' })
  })

  it('taps what the flow offered, and asks', async () => {
    const menu = wecom.shown.findLast(({ msgtype }) => msgtype === 'msgmenu')
    const { list } = menu!.body as unknown as {
      list: { click: { id: string; content: string } }[]
    }
    const { id, content } = list[0]!.click
    const before = seen()
    await wecom.tap(TOURIST, id, content)
    await sees(/./, before)
    const choice = (await scene.messages(TOURIST)).flatMap(({ parts }) =>
      parts.filter(({ type }) => type === 'choice'),
    )
    expect(choice).to.deep.equal([{ type: 'choice', id, label: content }])
    // the session is held before a servicer can get it
    await scene.until(() => wecom.stateOf(TOURIST) === 1, 'the session to be ours')
  })

  it('is served by an agent, who sees the name and what may still be written', async () => {
    const before = seen()
    await wecom.say(TOURIST, '转人工')
    const { card, reach } = await scene.lin.accept()
    expect(card).to.deep.include({ channel: 'wecom' })
    expect(card.contact.name).to.equal('李雷')
    expect(reach).to.deep.include({ channel: 'wecom', media: true })
    expect(reach!.window!.open).to.equal(true)
    await scene.lin.say(card.id, '您好,我是林小雨。')
    await sees(/我是林小雨/, before)
    await wecom.say(TOURIST, '谢谢')
    await scene.lin.hears(/谢谢/)
    await scene.lin.do({ do: 'finish', conversationId: card.id })
    await sees(/请评价|满意/, before)
    await wecom.say(TOURIST, '5')
    await sees(/还有什么想/, before)
    await wecom.say(TOURIST, '没有')
    await scene.lin.do({ do: 'wrapUpDone', conversationId: card.id })
  })

  it('is told good-bye when it is all over, and the session has ended', async function () {
    await scene.until(async () => (await scene.conversation(TOURIST))?.state === 'closed', 'closed')
    await sees(/感谢您的咨询/)
    expect(wecom.stateOf(TOURIST)).to.equal(4)
    expect(scene.errors.map(({ msg, err }) => `${msg} ${err?.message}`)).to.deep.equal([])
  })
})
