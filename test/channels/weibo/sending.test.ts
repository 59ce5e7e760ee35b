import { expect } from 'chai'
import type { OutboxView } from '../../../gateway/accounts/schema.ts'
import type { Message } from '../../../gateway/domain/message.ts'
import { WeiboSimulator } from '../../simulators/weibo.ts'
import { ChannelScene } from '../scene.ts'

const PUBLIC = 'https://hotline.example.gov.cn'

describe('answers to Weibo, when all goes well and when not', function () {
  this.timeout(60_000)
  let weibo: WeiboSimulator
  let scene: ChannelScene
  let tourist = 7_012_345_678_901_000_000n

  before(async () => {
    weibo = new WeiboSimulator()
    scene = await ChannelScene.open({ YILU_PUBLIC_URL: PUBLIC })
    await scene.addAccount({
      id: 'weibo',
      kind: 'weibo',
      settings: weibo.settings(await weibo.listen()),
    })
    await scene.check('weibo')
    weibo.callback = scene.callback('weibo', 'weibo')
  })
  after(async () => {
    await weibo.close()
    await scene.close()
  })

  /** Somebody new, served by lin. */
  async function served() {
    const uid = String(++tourist)
    await weibo.say(uid, '转人工')
    const conversation = await scene.until(() => scene.conversation(uid), 'the conversation')
    await scene.lin.until(
      () =>
        scene.lin.card(({ id, offer }) => id === conversation._id && offer !== undefined) !==
        undefined,
      'the offer',
    )
    const card = scene.lin.card(({ id }) => id === conversation._id)!
    await scene.lin.do({ do: 'accept', conversationId: card.id, offerId: card.offer!.id })
    const opened = await scene.lin.open(card.id)
    const sent = (words: string) =>
      weibo.received.filter(
        (each) =>
          each.kind === 'message' && each.to === uid && JSON.stringify(each.data).includes(words),
      )
    const delivery = (words: string) =>
      scene.until(async () => {
        const all = await scene.messages(uid)
        const found = all.find((each: Message) => JSON.stringify(each.parts).includes(words))
        const state = found?.delivery?.state
        return state && !['queued', 'sending'].includes(state) && found.delivery
      }, `the delivery of ${words}`)
    const done = async () => {
      await scene.lin.do({ do: 'finish', conversationId: card.id })
      await scene.lin.do({ do: 'wrapUpDone', conversationId: card.id, code: 'information' })
      await scene.lin.ready()
    }
    return { uid, id: card.id, reach: opened.reach, sent, delivery, done }
  }

  it('the agent sees that 48 hours are open without a limit, and sends a picture as an article', async () => {
    const { id, reach, sent, delivery, done } = await served()
    expect(reach?.window?.open).to.equal(true)
    expect(reach?.window?.left).to.equal(undefined)
    expect(reach!.window!.untilMs! - Date.now()).to.be.within(47.9 * 3_600_000, 48 * 3_600_000)
    const form = new FormData()
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    form.append('file', new Blob([Buffer.from(png, 'base64')]), '地图.png')
    const response = await fetch(`${scene.url}/api/v1/uploads`, {
      ...{ method: 'POST', headers: { cookie: scene.lin.cookie }, body: form },
    })
    const { blobId } = (await response.json()) as { blobId: string }
    await scene.lin.do({
      do: 'send',
      conversationId: id,
      clientMsgId: 'picture-01',
      content: { type: 'media', blobId },
    })
    expect((await delivery(blobId)).state).to.equal('sent')
    const [article] = sent('地图.png')
    expect(JSON.stringify(article)).to.contain(`${PUBLIC}/files/${blobId}`)
    await done()
  })

  it('a provider that is busy gets it a little later, once', async () => {
    const { id, sent, delivery, done } = await served()
    weibo.failures = [
      { words: '稍等', how: 10001 },
      { words: '稍等', how: 'http502' },
    ]
    await scene.lin.say(id, '稍等,我查一下')
    expect((await delivery('稍等')).state).to.equal('sent')
    expect(sent('稍等')).to.have.length(1)
    await done()
  })

  it('no answer after it left: nobody knows, so it is shown as unknown and not sent again', async () => {
    const { id, delivery, done } = await served()
    weibo.failures = [{ words: '没有回音', how: 'hang' }]
    await scene.lin.say(id, '这句没有回音')
    expect(await delivery('没有回音')).to.include({ state: 'unknown', code: 'NO_ANSWER' })
    await done()
  })

  it('the window is closed at Weibo’s, whatever we had counted: the agent is told and the message is dead', async () => {
    const { uid, id, delivery, done } = await served()
    weibo.failures = [{ words: '取消关注', how: 20301 }]
    await scene.lin.say(id, '已经取消关注')
    expect(await delivery('取消关注')).to.include({ state: 'failed', code: '20301' })
    await scene.lin.until(
      () =>
        scene.lin.frames.some(
          (frame) =>
            frame.t === 'reach' &&
            frame.conversationId === id &&
            frame.reach?.window?.open === false,
        ),
      'the closed window',
    )
    const { items } = await scene.admin.get<{ items: OutboxView[] }>('/outbox?state=dead')
    expect(
      items.some(({ error, text }) => error === '20301' && text.includes('取消关注')),
    ).to.equal(true)
    expect(await scene.conversation(uid)).to.include({ state: 'agent' })
    await done()
  })

  it('who unfollows may not be written to any more', async () => {
    const { uid, id, done } = await served()
    await weibo.event(uid, 'unfollow')
    await scene.lin.until(
      () =>
        scene.lin.frames.some(
          (frame) =>
            frame.t === 'reach' &&
            frame.conversationId === id &&
            frame.reach?.window?.open === false,
        ),
      'the closed window',
    )
    await done()
  })

  it('a mention is answered once', async () => {
    const uid = String(++tourist)
    const refused = weibo.refused.length
    await weibo.mention(uid, '@西安文旅 城墙几点关门')
    const answers = () =>
      weibo.received.filter((each) => each.kind === 'message' && each.to === uid)
    await scene.until(() => answers().length > 0, 'the answer')
    await scene.until(async () => {
      const all = await scene.messages(uid)
      const out = all.filter(({ direction }) => direction === 'out')
      return (
        out.length > 0 &&
        out.every(({ delivery }) => delivery && !['queued', 'sending'].includes(delivery.state))
      )
    }, 'everything settled')
    expect(answers()).to.have.length(1)
    expect(weibo.refused.slice(refused)).to.deep.equal([])
  })

  it('the token is no good any more: the account asks for a person, and what waits goes out afterwards', async () => {
    const { id, sent, delivery, done } = await served()
    const good = weibo.accessToken
    weibo.accessToken = '2.00AnotherToken'
    await scene.lin.say(id, '令牌过期时说的')
    await scene.until(
      async () => (await scene.account('weibo')).health?.state === 'needsPerson',
      'the health',
    )
    expect(await scene.check('weibo')).to.include({ ok: false })
    expect(sent('令牌过期')).to.have.length(0)
    weibo.accessToken = good
    expect(await scene.check('weibo')).to.include({ ok: true })
    const all = await scene.messages(
      (await scene.conversation(String(tourist)))!.legs[0]!.threadKey,
    )
    expect(
      all.find(({ parts }) => JSON.stringify(parts).includes('令牌过期'))!.delivery!.state,
    ).to.equal('queued')
    void delivery
    await done()
  })
})
