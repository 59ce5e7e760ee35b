import { expect } from 'chai'
import type { Part } from '../../../gateway/domain/message.ts'
import { WecomSimulator } from '../../simulators/wecom.ts'
import type { Wecom } from '../../../channels/wecom/wecom.ts'
import { outgoing } from '../small-gateway.ts'
import { WecomGateway } from './wecom-gateway.ts'

const LI = 'wmLiLei'
const text = (words: string): Part[] => [{ type: 'text', text: words }]

describe('sending by WeCom', () => {
  let wecom: WecomSimulator
  let gateway: WecomGateway
  let channel: Wecom
  let settings: Record<string, unknown>

  async function begin(more: Record<string, unknown> = {}) {
    settings = { ...wecom.settings, ...more }
    const node = await gateway.node([{ id: 'kf', settings }], { closingQuietMs: 20 })
    channel = node.channel
    await channel.start()
    wecom.callbackUrl = `${node.url}/channels/wecom/kf`
    await wecom.say(LI, '您好')
    await gateway.until(() => gateway.inbox.length === 1, 'the first word')
    await gateway.until(() => wecom.stateOf(LI) === 1, 'the session')
  }

  beforeEach(async () => {
    wecom = new WecomSimulator({ callbackRetryMs: 10 })
    await wecom.listen()
    gateway = new WecomGateway()
  })
  afterEach(async () => {
    await gateway.close()
    await wecom.close()
  })

  it('a word opens a window of five messages in 48 hours', async () => {
    await begin()
    const { grants = [] } = gateway.inbox[0]!
    expect(grants).to.have.length(1)
    expect(grants[0]).to.include({ reason: 'message', count: 5 })
    expect(grants[0]!.untilMs - Date.now()).to.be.within(47.9 * 3_600_000, 48 * 3_600_000)
    for (let n = 1; n <= 5; n++)
      expect(await channel.send(outgoing(LI, text(`第${n}条`)))).to.deep.include({ ok: true })
    expect(await channel.send(outgoing(LI, text('第6条')))).to.deep.equal({
      ...{ ok: false, retry: 'never', code: '95001', sentPieces: 0, windowClosed: true },
    })
    await wecom.say(LI, '还在')
    expect(await channel.send(outgoing(LI, text('又可以了')))).to.include({ ok: true })
    wecom.closeWindow(LI)
    expect(await channel.send(outgoing(LI, text('太晚了')))).to.include({
      ...{ retry: 'never', code: '95002', windowClosed: true },
    })
  })

  it('everything a message can be made of arrives', async () => {
    await begin()
    for (let n = 0; n < 3; n++) await wecom.say(LI, '继续')
    const picture = Buffer.from('a picture of the wall')
    gateway.files.set('photo', { content: picture, name: '城墙.png' })
    const part = { ...{ type: 'media' as const, blobId: 'photo', name: '城墙.png' }, bytes: 21 }
    await channel.send(outgoing(LI, [{ ...part, kind: 'image', mime: 'image/png' }]))
    await channel.send(outgoing(LI, [{ ...part, kind: 'image', mime: 'image/gif' }]))
    await channel.send(outgoing(LI, [{ type: 'location', lat: 34.26, lng: 108.94, label: '南门' }]))
    await channel.send(
      outgoing(LI, [
        {
          ...{ type: 'card', title: '城墙', text: '开放时间', url: '/files/x' },
          image: '/files/photo?sig=1',
        },
      ]),
    )
    await channel.send(
      outgoing(LI, [
        { type: 'text', text: '请选择' },
        { type: 'quickReplies', replies: [{ id: 'ask:spots', label: '景点' }] },
      ]),
    )
    const kinds = wecom.shown.map(({ msgtype }) => msgtype)
    expect(kinds).to.deep.equal(['image', 'file', 'location', 'link', 'msgmenu'])
    const [image, , , link, menu] = wecom.shown.map(({ body }) => body as Record<string, string>)
    expect(wecom.mediaOf(image!.media_id!)).to.deep.equal(picture)
    expect(link).to.include({ title: '城墙', url: 'https://hotline.example/files/x' })
    expect(wecom.mediaOf(link!.thumb_media_id!)).to.deep.equal(picture)
    expect(menu).to.deep.equal({
      head_content: '请选择',
      list: [{ type: 'click', click: { id: 'ask:spots', content: '景点' } }],
    })
    const upload = wecom.calls.find(({ path }) => path === 'media/upload')
    expect(upload!.body).to.deep.equal({ type: 'image', name: '城墙.png', bytes: 21 })
  })

  it('a file that is gone is no reason to try for ever', async () => {
    await begin()
    const gone: Part = {
      ...{ type: 'media', kind: 'file', blobId: 'gone', name: 'x.pdf', mime: 'application/pdf' },
      bytes: 9,
    }
    expect(await channel.send(outgoing(LI, [gone]))).to.include({
      retry: 'never',
      code: 'FILE_GONE',
    })
  })

  it('an answer that got lost leaves it unknown, and the repeat would carry the same id', async () => {
    await begin()
    wecom.fault('kf/send_msg', 'lost')
    const message = outgoing(LI, text('到了吗'))
    const result = await channel.send(message)
    expect(result).to.include({ ok: false, retry: 'unknown', code: 'PROVIDER_UNREACHABLE' })
    expect(channel.capabilities.idempotentSend).to.equal(false)
    const [first] = wecom.shown
    expect((result as { providerIds: string[] }).providerIds).to.deep.equal([first!.msgid])
    await channel.send(message)
    expect(wecom.shown.map(({ msgid }) => msgid)).to.deep.equal([first!.msgid, first!.msgid])
  })

  it('is safe to repeat only where the owner of the account says so', async () => {
    wecom.repeatedMsgid = 'ignored'
    await begin({ repeatIsSafe: true })
    expect(channel.capabilities.idempotentSend).to.equal(true)
    wecom.fault('kf/send_msg', 'lost')
    await channel.send(outgoing(LI, text('到了吗')))
    expect(await channel.send(outgoing(LI, text('到了吗')))).to.include({ ok: true })
    expect(wecom.textsTo(LI)).to.deep.equal(['到了吗'])
  })

  it('of several pieces only the rest is sent again', async () => {
    await begin()
    const long = outgoing(LI, text('长'.repeat(1_500)))
    expect(channel.pieces(long.message)).to.equal(3)
    wecom.fault('kf/send_msg', 'none', -1)
    const result = await channel.send(long)
    expect(result).to.include({ ok: false, retry: 'later', sentPieces: 1, code: '-1' })
    expect(await channel.send({ ...long, sentPieces: 1 })).to.include({ ok: true })
    expect(wecom.textsTo(LI).join('')).to.equal('长'.repeat(1_500))
  })

  it('nothing went out where the connection never came about', async () => {
    await begin()
    const { url } = wecom
    await wecom.close()
    // connections kept open from before have noticed it too
    const refused = async () => {
      const error: unknown = await fetch(url).catch((thrown: unknown) => thrown)
      return (error as { cause?: { code?: string } }).cause?.code === 'ECONNREFUSED'
    }
    while (!(await refused()));
    const result = await channel.send(outgoing(LI, text('断线')))
    expect(result).to.include({ ok: false, retry: 'later', code: 'PROVIDER_UNREACHABLE' })
    expect(gateway.health).to.equal('down')
    expect(JSON.stringify(gateway.faults)).to.not.include('access_token')
  })

  it('a gateway before WeCom that answers instead of it leaves the outcome unknown', async () => {
    await begin()
    wecom.fault('kf/send_msg', 'html')
    expect(await channel.send(outgoing(LI, text('?')))).to.include({ retry: 'unknown' })
  })

  it('too fast: the account rests; wrong credentials: a person is called', async () => {
    await begin()
    wecom.fault('kf/send_msg', 45009, 60020)
    expect(await channel.send(outgoing(LI, text('?')))).to.include({
      ...{ retry: 'later', code: '45009', pauseAccountMs: 60_000 },
    })
    expect(gateway.health).to.equal('warning')
    expect(await channel.send(outgoing(LI, text('?')))).to.include({
      retry: 'later',
      code: '60020',
    })
    expect(gateway.health).to.equal('needsPerson')
  })

  it('an access token that ran out is renewed in between', async () => {
    await begin()
    wecom.expireToken()
    expect(await channel.send(outgoing(LI, text('令牌')))).to.include({ ok: true })
    expect(wecom.textsTo(LI)).to.deep.equal(['令牌'])
  })

  it('a session that a servicer has takes nothing from us, and the operator is told', async () => {
    await begin()
    await wecom.servedInClient(LI)
    await gateway.until(() => gateway.faults.some(({ code }) => code === 'SERVED_IN_WECOM'), 'it')
    expect(await channel.send(outgoing(LI, text('?')))).to.include({
      ...{ ok: false, retry: 'never', code: 'SERVED_IN_WECOM', windowClosed: true },
    })
  })

  it('a new session is held while our agents answer', async () => {
    await begin()
    await wecom.say('wmNew', '你好')
    await gateway.until(() => wecom.stateOf('wmNew') === 1, 'the session')
    expect(await channel.send(outgoing('wmNew', text('您好')))).to.include({ ok: true })
    const moves = wecom.calls.filter(({ path }) => path === 'kf/service_state/trans')
    await wecom.say('wmNew', '再问一句')
    await gateway.until(() => gateway.inbox.length === 3, 'the second word')
    expect(moves).to.have.length(2)
  })

  it('is not held where the settings say so', async () => {
    settings = { ...wecom.settings, keepSession: false }
    const { channel, url } = await gateway.node([{ id: 'kf', settings }])
    await channel.start()
    wecom.callbackUrl = `${url}/channels/wecom/kf`
    await wecom.say(LI, '您好')
    await gateway.until(() => gateway.inbox.length === 1, 'the word')
    await gateway.close()
    expect(wecom.stateOf(LI)).to.equal(0)
  })

  it('what could not be delivered after all is reported', async () => {
    await begin()
    const result = await channel.send(outgoing(LI, text('会被拒收')))
    const { providerIds } = result as { providerIds: string[] }
    await wecom.failLater(providerIds[0]!, LI, 10)
    await gateway.until(() => gateway.reports.length === 1, 'the report')
    expect(gateway.reports).to.deep.equal([
      {
        ...{ accountId: 'kf', providerId: providerIds[0], state: 'failed' },
        code: 'REFUSED_BY_CONTACT',
      },
    ])
  })

  it('a closed conversation ends its session with the closing text, once what was said has gone out', async () => {
    await begin({ closingText: '再见!' })
    const leg = { accountId: 'kf', threadKey: LI } as never
    channel.changed(leg, { after: { state: 'closed' } } as never)
    expect(await channel.send(outgoing(LI, text('最后一句')))).to.include({ ok: true })
    await gateway.until(() => wecom.textsTo(LI).includes('再见!'), 'the closing text')
    expect(wecom.textsTo(LI)).to.deep.equal(['最后一句', '再见!'])
    expect(wecom.stateOf(LI)).to.equal(4)
    expect(await channel.send(outgoing(LI, text('?')))).to.include({ code: 'SESSION_ENDED' })
  })

  it('a conversation opened again meanwhile goes on', async () => {
    await begin({ closingText: '再见!' })
    const leg = { accountId: 'kf', threadKey: LI } as never
    channel.changed(leg, { after: { state: 'closed' } } as never)
    channel.changed(leg, { after: { state: 'bot' } } as never)
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(wecom.stateOf(LI)).to.equal(1)
  })
})
