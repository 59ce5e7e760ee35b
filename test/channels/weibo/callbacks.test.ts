import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { InboxModel } from '../../../gateway/intake/model.ts'
import type { WeiboFigures } from '../../../channels/weibo/schema.ts'
import { WeiboSimulator } from '../../simulators/weibo.ts'
import { ChannelScene } from '../scene.ts'

const TOURIST = '7012345678901234567'

describe('Weibo’s callbacks', function () {
  this.timeout(60_000)
  const weibo = new WeiboSimulator()
  let scene: ChannelScene

  before(async () => {
    scene = await ChannelScene.open({ YILU_PUBLIC_URL: 'https://hotline.example.gov.cn' })
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
  const inbox = () => InboxModel.countDocuments({ accountId: 'weibo' })
  const signed = (secret: string, timestamp: string, nonce = 'nonce') =>
    createHash('sha1').update([secret, timestamp, nonce].sort().join('')).digest('hex')
  const nowSeconds = () => String(Math.floor(Date.now() / 1000))

  it('without the right signature nothing is stored', async () => {
    const before = await inbox()
    const timestamp = nowSeconds()
    const body = JSON.stringify({
      type: 'text',
      receiver_id: 1902538057,
      sender_id: 1,
      created_at: 'x',
      text: 'x',
    })
    const push = async (query: string) =>
      (await fetch(`${weibo.callback}${query}`, { method: 'POST', body })).status
    const good = signed(weibo.appSecret, timestamp)
    expect(await push('')).to.equal(400)
    expect(
      await push(`?signature=${signed('guess', timestamp)}&timestamp=${timestamp}&nonce=nonce`),
    ).to.equal(403)
    expect(await push(`?signature=${good}&timestamp=${timestamp}&nonce=other`)).to.equal(403)
    expect(await push(`?signature=&timestamp=${timestamp}&nonce=nonce`)).to.equal(403)
    // an address that leaked is no key for ever
    const old = String(Number(timestamp) - 3600)
    expect(
      await push(`?signature=${signed(weibo.appSecret, old)}&timestamp=${old}&nonce=nonce`),
    ).to.equal(403)
    const elsewhere = weibo.callback.replace(/weibo$/, 'no-such')
    expect(
      (await fetch(`${elsewhere}?signature=${good}&timestamp=${timestamp}&nonce=nonce`)).status,
    ).to.equal(404)
    expect(await inbox()).to.equal(before)
    const { health } = await scene.account('weibo')
    expect(health?.faults.map(({ code }) => code)).to.include.members([
      'BAD_SIGNATURE',
      'CLOCK_SKEW',
    ])
  })

  it('what is too large is refused, what cannot be read or is meant for others is passed over', async () => {
    const before = await inbox()
    expect((await weibo.pushBody('x'.repeat(70_000))).status).to.equal(413)
    for (const body of ['', '{', '<xml>', '{"type":"text"}'])
      expect(await weibo.pushBody(body)).to.include({ status: 200, attempts: 1 })
    const others = {
      type: 'text',
      receiver_id: 42_424_242,
      sender_id: 1,
      created_at: 'x',
      text: 'x',
    }
    expect((await weibo.pushBody(JSON.stringify(others))).status).to.equal(200)
    const unknown = {
      type: 'subscription_v9',
      receiver_id: 1902538057,
      sender_id: 1,
      created_at: 'x',
      text: 'x',
    }
    expect((await weibo.pushBody(JSON.stringify(unknown))).status).to.equal(200)
    expect(await inbox()).to.equal(before)
  })

  it('an id above 2^53 reaches the person it belongs to', async () => {
    const near = '7012345678901234568'
    await weibo.say(TOURIST, '城墙几点关门')
    await weibo.say(near, '你好')
    const to = () =>
      new Set(weibo.received.flatMap((each) => (each.kind === 'message' ? [each.to] : [])))
    await scene.until(() => to().size === 2, 'both answers')
    expect([...to()].sort()).to.deep.equal([TOURIST, near])
  })

  it('the same words twice in one second are one message, and counted where people look', async () => {
    const at = Date.now()
    const before = await inbox()
    await weibo.say(TOURIST, '在吗', at)
    await weibo.say(TOURIST, '在吗', at)
    await weibo.say(TOURIST, '在吗', at + 1000)
    await weibo.say(TOURIST, '在吗?', at)
    expect(await inbox()).to.equal(before + 3)
    const figures = await scene.until(async () => {
      const found = await scene.admin.get<WeiboFigures>('/weibo/accounts/weibo/figures')
      return found.possibleDuplicates > 0 && found
    }, 'the count')
    expect(figures.possibleDuplicates).to.equal(1)
    const { health } = await scene.account('weibo')
    expect(health?.faults.find(({ code }) => code === 'POSSIBLE_DUPLICATE')?.times).to.equal(1)
  })

  it('a picture is fetched by its handle and shown to the agent; a place is a place', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    await weibo.file(TOURIST, 'image', png, 'image/png')
    await weibo.position(TOURIST, '34.265', '108.953')
    const parts = async () => (await scene.messages(TOURIST)).flatMap(({ parts }) => parts)
    const picture = await scene.until(
      async () => (await parts()).find((part) => part.type === 'media'),
      'the picture',
    )
    expect(picture).to.include({ type: 'media', kind: 'image' })
    await scene.until(() => weibo.calls.includes('/2/mss/msget'), 'the fetch')
    await scene.until(
      async () => (await parts()).some((part) => part.type === 'location' && part.lat === 34.265),
      'the place',
    )
  })

  it('a scanned code says where it hangs, a tapped menu is understood, an unknown event does nothing', async () => {
    const scanned = '7012345678901239999'
    await weibo.event(scanned, 'scan_follow', 'south-gate')
    const conversation = await scene.until(() => scene.conversation(scanned), 'the conversation')
    await scene.until(
      async () => (await scene.conversation(scanned))!.legs[0]!.scene === 'south-gate',
      'the scene',
    )
    await weibo.event(scanned, 'click', '天气')
    await scene.until(
      () =>
        weibo.received.some(
          (each) =>
            each.kind === 'message' &&
            each.to === scanned &&
            JSON.stringify(each.data).includes('几月的天气'),
        ),
      'the weather',
    )
    await weibo.event(scanned, 'view', 'https://x.example')
    expect((await scene.conversation(scanned))!._id).to.equal(conversation._id)
  })

  it('the store is away: Weibo is told to come again, and what it repeats counts once', async function () {
    if (process.env.MONGODB_URI) return this.skip()
    const before = await inbox()
    const insert = InboxModel.collection.insertOne.bind(InboxModel.collection)
    let failing = 2
    InboxModel.collection.insertOne = ((...args: Parameters<typeof insert>) =>
      failing-- > 0 ? Promise.reject(new Error('the store is away')) : insert(...args)) as never
    try {
      const pushed = await weibo.say(TOURIST, '兵马俑怎么去')
      expect(pushed).to.include({ status: 200, attempts: 3 })
    } finally {
      InboxModel.collection.insertOne = insert as never
    }
    expect(await inbox()).to.equal(before + 1)
  })
})
