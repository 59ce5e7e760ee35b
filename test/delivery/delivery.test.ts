import { expect } from 'chai'
import type { OutboxSummaryView, OutboxView, TemplateView } from '../../gateway/accounts/schema.ts'
import type { Message } from '../../gateway/domain/message.ts'
import { MessageModel } from '../../gateway/intake/model.ts'
import { RefusedError } from '../harness/agent.ts'
import { ChannelScene } from '../channels/scene.ts'
import { WeiboSimulator } from '../simulators/weibo.ts'

const TOURIST = '5500000000000000001'

describe('messages that could not be delivered', function () {
  this.timeout(40_000)
  let scene: ChannelScene
  const weibo = new WeiboSimulator()

  before(async () => {
    scene = await ChannelScene.open()
    const url = await weibo.listen()
    await scene.addAccount({ id: 'weibo', kind: 'weibo', settings: weibo.settings(url) })
    weibo.callback = scene.callback('weibo', 'weibo')
    await weibo.say(TOURIST, '人工')
    const { card } = await scene.lin.accept()
    conversationId = card.id
    // the bot has had its say
    await scene.until(() => texts().some((text) => text.includes('转接人工')), 'the bot')
  })
  after(async () => {
    await scene.close()
    await weibo.close()
  })
  let conversationId: string

  const dead = async () =>
    (await scene.admin.get<{ items: OutboxView[] }>('/outbox?state=dead&accountId=weibo')).items
  const texts = () =>
    weibo.received.map((each) => (each.kind === 'message' ? String(each.data.text) : ''))
  const stateOf = async (text: string) =>
    (await MessageModel.findOne({ 'parts.text': text }).lean<Message>())?.delivery?.state

  async function sayAndFail(text: string): Promise<OutboxView> {
    // not a follower: refused for good
    weibo.failures = [{ words: text, how: 20_012 }]
    await scene.lin.say(conversationId, text)
    return scene.until(
      async () => (await dead()).find((row) => row.text === text),
      'the failed message in the list',
    )
  }

  it('are listed with the reason, counted, and sent again by the agent they belong to', async () => {
    const row = await sayAndFail('请把票据拍照发来')
    expect(row).to.include({ state: 'dead', author: 'agent', unknown: false, channel: 'weibo' })
    expect(row.error).to.match(/\S/)
    const { items } = await scene.admin.get<{ items: OutboxSummaryView[] }>('/outbox/summary')
    expect(items.find(({ accountId }) => accountId === 'weibo')).to.include({ dead: 1 })
    expect(await stateOf('请把票据拍照发来')).to.equal('failed')

    const replayed = await scene.lin.rest('POST', `/outbox/${row.id}/replay`, {})
    expect(replayed.status).to.be.oneOf([200, 204])
    await scene.until(() => texts().includes('请把票据拍照发来'), 'the message at the tourist')
    await scene.until(async () => (await stateOf('请把票据拍照发来')) === 'sent', 'sent')
    expect(await dead()).to.deep.equal([])
    // sent once is not sent again
    expect((await scene.lin.rest('POST', `/outbox/${row.id}/replay`, {})).status).to.equal(404)
  })

  it('of others an agent may not send again, and may not see the list', async () => {
    const row = await sayAndFail('这条不归她管')
    const amy = await scene.agent('amy')
    expect((await amy.rest('POST', `/outbox/${row.id}/replay`, {})).status).to.equal(409)
    expect((await amy.rest('GET', '/outbox?state=dead')).status).to.equal(403)
    amy.cut()
    const given = await scene.admin.rest('DELETE', `/outbox/${row.id}`)
    expect(given.ok).to.equal(true)
    expect(await dead()).to.deep.equal([])
    expect(await stateOf('这条不归她管')).to.equal('failed')
  })

  it('a picture on its way out that the window no longer covers is refused before it is written', async () => {
    const closed = weibo.event(TOURIST, 'unfollow')
    await closed
    const frame = () =>
      scene.lin.frames.findLast(
        (each) => each.t === 'reach' && each.conversationId === conversationId,
      )
    await scene.until(() => {
      const found = frame()
      return found?.t === 'reach' && found.reach?.window?.open === false
    }, 'the closed window on the console')
    const refused = await scene.lin.say(conversationId, '还在吗').catch((error: unknown) => error)
    expect(refused).to.be.instanceOf(RefusedError)
    expect((refused as RefusedError).error.code).to.equal('WINDOW_CLOSED')
    expect(await stateOf('还在吗')).to.equal(undefined)
  })

  it('an approved text is filled in, and one without its parameters is refused', async () => {
    const created = await scene.admin.rest('POST', '/templates', {
      ...{ accountId: 'weibo', name: 'progress', providerId: 't-1', use: 'template' },
      text: '您的工单 {{serial}} 已办结',
      params: [{ key: 'serial', label: '流水号' }],
    })
    expect(created.status).to.equal(200)
    const template = (await created.json()) as TemplateView
    const send = (params: Record<string, string>) =>
      scene.lin
        .do({
          ...{ do: 'send', conversationId, clientMsgId: 'template-1' },
          content: { type: 'template', templateId: template.id, params },
        })
        .catch((error: unknown) => error)
    expect(((await send({})) as RefusedError).error.code).to.equal('TEMPLATE_PARAMS')
    await send({ serial: 'C20261122-0001' })
    const stored = await scene.until(
      () => MessageModel.findOne({ 'parts.type': 'template' }).lean<Message>(),
      'the message',
    )
    expect(stored.parts[0]).to.include({ text: '您的工单 C20261122-0001 已办结' })
    const unlisted = await scene.admin.rest('POST', '/templates', {
      ...{ accountId: 'weibo', name: 'wrong', providerId: 't-2', use: 'template' },
      ...{ text: '{{a}} {{b}}', params: [{ key: 'a', label: 'A' }] },
    })
    expect(unlisted.status).to.equal(400)
  })
})
