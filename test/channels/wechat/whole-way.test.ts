import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import type { Part } from '../../../gateway/domain/message.ts'
import { TicketModel } from '../../../gateway/tickets/model.ts'
import { WechatSimulator } from '../../simulators/wechat.ts'
import { ChannelScene } from '../scene.ts'

const TOURIST = 'oTourist_LiLei-1'

describe('a tourist on WeChat, from a QR code at the gate to the survey', function () {
  this.timeout(90_000)
  const wechat = new WechatSimulator()
  let scene: ChannelScene

  before(async () => {
    await wechat.listen()
    wechat.unionIds.set(TOURIST, 'oUnion0123456789')
    scene = await ChannelScene.open()
    await scene.addAccount({ id: 'wx1', kind: 'wechat', settings: wechat.settings() })
    wechat.callback = scene.callback('wechat', 'wx1')
  })
  after(async () => {
    await wechat.close()
    await scene.close()
  })

  /** All words shown, those above choices too. */
  const texts = () =>
    wechat.shown
      .filter(({ touser }) => touser === TOURIST)
      .map(({ msgtype, body }) => {
        const { content, head_content: head } = body[msgtype] as Record<string, string>
        return content ?? head ?? ''
      })
  const sees = (expected: RegExp, from = 0) =>
    scene.until(
      () =>
        texts()
          .slice(from)
          .find((text) => expected.test(text)),
      `${expected}`,
    )
  const parts = async <T extends Part['type']>(type: T) =>
    (await scene.messages(TOURIST)).flatMap(({ parts }) =>
      parts.filter((part): part is Extract<Part, { type: T }> => part.type === type),
    )
  /** Says something and waits for an answer that fits. */
  const says = async (content: string, expected: RegExp) => {
    const from = texts().length
    expect((await wechat.says(TOURIST, content)).taken).to.equal(true)
    return sees(expected, from)
  }

  it('the address is checked and the account tested', async () => {
    expect(await wechat.checksAddress()).to.equal(true)
    expect(await scene.check('wx1')).to.include({ ok: true })
    expect((await scene.account('wx1')).health!.state).to.equal('ok')
  })

  it('scans the code at the east gate, follows, and is greeted', async () => {
    await wechat.follows(TOURIST, 'eastgate')
    await sees(/热线/)
    const conversation = await scene.conversation(TOURIST)
    expect(conversation!.legs[0]).to.include({ channel: 'wechat', scene: 'eastgate' })
  })

  it('asks, and gets an answer', async () => {
    await says('城墙几点关门', /城墙/)
  })

  it('taps a choice of the menu message', async () => {
    const menu = wechat.shown.findLast(({ msgtype }) => msgtype === 'msgmenu')!
    const { list } = menu.body.msgmenu as { list: { id: string; content: string }[] }
    const choice = list.find(({ content }) => content === '主菜单')!
    const from = texts().length
    await wechat.tapsReply(TOURIST, choice.id, choice.content)
    await sees(/投诉建议/, from)
    expect(await parts('choice')).to.deep.equal([
      { type: 'choice', id: choice.id, label: '主菜单' },
    ])
  })

  it('registers a complaint and gets its number', async () => {
    await says('投诉', /是投诉,还是建议/)
    await says('1', /发生了什么/)
    await says('昨天的导游强迫我们在商店里购物两个小时', /哪位导游/)
    await says('不知道', /哪一天/)
    await says('昨天', /联系电话/)
    await says('13800138000', /对吗/)
    await says('1', /流水号 C\d{8}-0001/)
    expect(await TicketModel.countDocuments()).to.equal(1)
  })

  it('asks for a human, who hears the voice, sees the picture and knows what may still be written', async () => {
    await wechat.says(TOURIST, '转人工')
    const { card, reach } = await scene.lin.accept()
    expect(card.channel).to.equal('wechat')
    expect(reach).to.deep.include({ channel: 'wechat', media: true })
    expect(reach!.window).to.include({ open: true })
    expect(reach!.window!.left).to.be.at.most(5)
    const amr = await readFile(new URL('../../assets/tone-440hz-2s.amr', import.meta.url))
    await wechat.sendsFile(TOURIST, 'voice', amr, { Format: 'amr', Recognition: '导游姓王' })
    await scene.lin.hears(/导游姓王/)
    const [voice] = await scene.until(async () => {
      const found = await parts('media')
      return found.length > 0 && found
    }, 'the voice message')
    const link = scene.product.url + (await address(voice!.blobId))
    const played = await fetch(link)
    expect(played.headers.get('content-type')).to.equal('audio/wav')
    expect(Buffer.from(await played.arrayBuffer()).toString('latin1', 0, 4)).to.equal('RIFF')
    const before = texts().length
    await scene.lin.say(card.id, '您好,我是林小雨。')
    await sees(/我是林小雨/, before)
  })

  it('an agent who writes line by line spends few of the five: what waits together goes out together', async () => {
    const { _id } = (await scene.conversation(TOURIST))!
    await wechat.says(TOURIST, '好的')
    await scene.lin.hears(/好的/)
    const before = texts().length
    for (let count = 1; count <= 8; count++) await scene.lin.say(_id, `第 ${count} 点`)
    await sees(/第 8 点/, before)
    const sent = texts().slice(before)
    expect(sent.join('\n')).to.equal([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `第 ${n} 点`).join('\n'))
    expect(sent.length).to.be.at.most(5)
    await wechat.says(TOURIST, '谢谢')
    await scene.lin.hears(/谢谢/)
    expect((await scene.lin.open(_id)).reach!.window).to.include({ open: true, left: 5 })
  })

  it('rates the talk, and it is over', async () => {
    const { _id } = (await scene.conversation(TOURIST))!
    const before = texts().length
    await scene.lin.do({ do: 'finish', conversationId: _id })
    await sees(/请评价/, before)
    await says('5', /还有什么想/)
    await says('没有', /./)
    await scene.lin.do({ do: 'wrapUpDone', conversationId: _id })
    await scene.until(
      async () => (await scene.conversation(TOURIST))?.state === 'closed',
      'the end',
    )
    const errors = scene.errors.map(({ msg, err }) => `${msg} ${err?.message}`)
    // prompts are spoken beforehand, which a busy machine may give up
    expect(errors.filter((error) => !/espeak|TTS_DOWN/.test(error))).to.deep.equal([])
  })

  async function address(blobId: string): Promise<string> {
    const { messages } = await scene.lin.open((await scene.conversation(TOURIST))!._id)
    for (const { parts } of messages)
      for (const part of parts)
        if (part.type === 'media' && part.blobId === blobId) return (part as { url?: string }).url!
    throw new Error('no such file in the conversation')
  }
})
