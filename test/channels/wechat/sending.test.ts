import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import { openTemporaryStore } from '../../intake/temporary-store.ts'
import { WechatSimulator } from '../../simulators/wechat.ts'
import { text, WechatNode } from './wechat-node.ts'

const HOUR = 3_600_000
const SEND = '/cgi-bin/message/custom/send'

describe('sending to WeChat', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  let wechat: WechatSimulator
  let node: WechatNode
  let nowMs: number

  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store.close())
  beforeEach(async () => {
    nowMs = Date.now()
    const now = () => nowMs
    wechat = new WechatSimulator({ now })
    await wechat.listen()
    node = await new WechatNode(wechat, { now }).listen()
    wechat.callback = node.callback
    await wechat.says('oA', '你好')
  })
  afterEach(async () => {
    await node.close()
    await wechat.close()
  })

  const shown = () => wechat.shown.map(({ msgtype, body }) => [msgtype, body[msgtype]])
  const sentNothing = () => expect(wechat.shown).to.deep.equal([])

  it('words, choices and cards', async () => {
    const replies = [{ id: 'rate/5', label: '满意' }]
    const card = { type: 'card', title: '兵马俑', text: '简介', url: 'https://a.cn' } as const
    expect(await node.send('oA', [text('您好')])).to.deep.equal({
      ...{ ok: true, state: 'sent', providerIds: [] },
    })
    await node.send('oA', [text('请评价'), { type: 'quickReplies', replies }])
    await node.send('oA', [{ ...card, image: '/files/p.jpg?sig=1' }])
    expect(shown()).to.deep.equal([
      ['text', { content: '您好' }],
      ['msgmenu', { head_content: '请评价', list: [{ id: 'rate/5', content: '满意' }] }],
      [
        'news',
        {
          articles: [
            {
              ...{ title: '兵马俑', description: '简介', url: 'https://a.cn' },
              picurl: 'https://hotline.example/files/p.jpg?sig=1',
            },
          ],
        },
      ],
    ])
    expect(node.health.view('wx1')).to.include({ state: 'ok' })
  })

  it('choices as numbered words, where the account is set so', async () => {
    const numbers = new WechatNode(wechat, { settings: { numberedChoices: true } })
    const replies = [{ id: 'rate/5', label: '满意', key: '5' }]
    await numbers.send('oA', [text('请评价'), { type: 'quickReplies', replies }])
    expect(wechat.textsTo('oA')).to.deep.equal(['请评价\n5. 满意'])
  })

  it('pictures and voices are uploaded; other files go as an address', async () => {
    const picture = node.file(Buffer.from('\x89PNG....', 'latin1'), 'image/png', '地图.png')
    const amr = await readFile(new URL('../../assets/tone-440hz-2s.amr', import.meta.url))
    await node.send('oA', [
      ...[picture, node.file(amr, 'audio/amr', 'v.amr')],
      node.file(Buffer.from('%PDF'), 'application/pdf', '须知.pdf'),
    ])
    expect(wechat.shown.map(({ msgtype }) => msgtype)).to.deep.equal(['image', 'voice', 'text'])
    expect(wechat.textsTo('oA')[0]).to.match(/^须知\.pdf\nhttps:\/\/hotline\.example\/files\/\w+/)
  })

  it('a picture WeChat finds too large or does not know goes as an address', async () => {
    const broken = node.file(Buffer.from('no picture'), 'image/png', '地图.png')
    expect(await node.send('oA', [broken])).to.include({ ok: true })
    expect(wechat.textsTo('oA')[0]).to.match(/^地图\.png\nhttps:/)
    const picture = node.file(Buffer.from('\x89PNG....', 'latin1'), 'image/png', '地图.png')
    wechat.codes.set('/cgi-bin/media/upload', [45001])
    expect(await node.send('oA', [picture])).to.include({ ok: true })
    expect(wechat.shown).to.have.length(2)
  })

  it('the sixth message without a word is refused for good, and says that the window is closed', async () => {
    for (let count = 1; count <= 5; count++) await node.send('oA', [text(`${count}`)])
    expect(await node.send('oA', [text('6')])).to.deep.equal({
      ...{ ok: false, retry: 'never', code: '45047', windowClosed: true },
      ...{ sentPieces: 0, providerIds: [] },
    })
    await wechat.says('oA', '还在')
    expect(await node.send('oA', [text('7')])).to.include({ ok: true })
  })

  it('to who follows no more nothing may be sent until they come back', async () => {
    await wechat.unfollows('oA')
    expect(await node.send('oA', [text('x')])).to.include({
      ...{ retry: 'never', code: '43004', windowClosed: true },
    })
    await wechat.follows('oA')
    expect(await node.send('oA', [text('x')])).to.include({ ok: true })
  })

  it('after 48 hours nothing may be sent', async () => {
    nowMs += 48 * HOUR + 1000
    expect(await node.send('oA', [text('晚了')])).to.include({
      ...{ retry: 'never', code: '45015', windowClosed: true },
    })
  })

  it('of a message in pieces it is known how many were taken, and only the rest is sent again', async () => {
    const long = [text('请从北门进入。'.repeat(250))]
    wechat.codes.set(SEND, [0, 45011])
    const first = await node.send('oA', long)
    expect(first).to.include({ ok: false, retry: 'later', code: '45011', sentPieces: 1 })
    expect(first).to.include({ pauseAccountMs: 5000 })
    expect(await node.send('oA', long, { sentPieces: 1 })).to.include({ ok: true })
    expect(wechat.textsTo('oA').join('')).to.equal('请从北门进入。'.repeat(250))
  })

  for (const code of ['43101', '48002', '40003', '40035'])
    it(`${code} concerns the one contact: never again, and the account is well`, async () => {
      wechat.codes.set(SEND, [Number(code)])
      expect(await node.send('oA', [text('x')])).to.include({ retry: 'never', code })
      expect(node.health.view('wx1')).to.include({ state: 'ok' })
    })

  it('the quota of the day pauses the account', async () => {
    wechat.codes.set(SEND, [45009])
    expect(await node.send('oA', [text('x')])).to.include({
      ...{ retry: 'later', code: '45009', pauseAccountMs: 600_000 },
    })
    expect(node.health.view('wx1')).to.include({ state: 'warning' })
  })

  it('an address that is not allowed is told to the operator, with the address', async () => {
    wechat.ipRefused = true
    expect(await node.send('oA', [text('x')])).to.include({
      ...{ retry: 'later', code: '40164', pauseAccountMs: 60_000 },
    })
    const { state, faults } = node.health.view('wx1')!
    expect(state).to.equal('needsPerson')
    expect(faults[0]!.detail).to.include('203.0.113.7')
    expect(await node.channel.check('wx1')).to.include({ ok: false, code: 'PROVIDER_IP' })
    wechat.ipRefused = false
    expect(await node.channel.check('wx1')).to.deep.equal({ ok: true })
    expect(node.health.view('wx1')).to.include({ state: 'ok' })
  })

  it('a wrong secret is told as such', async () => {
    const wrong = new WechatNode(wechat, { settings: { appSecret: 'x'.repeat(32) } })
    expect(await wrong.channel.check('wx1')).to.include({ code: 'PROVIDER_CREDENTIALS' })
    expect(wrong.health.view('wx1')).to.include({ state: 'needsPerson' })
  })

  it('when WeChat takes it and the line breaks, nobody knows', async () => {
    wechat.cutAfterTaking = 1
    expect(await node.send('oA', [text('x')])).to.include({ ok: false, retry: 'unknown' })
    expect(wechat.shown).to.have.length(1)
  })

  it('when WeChat cannot be reached it is tried later', async () => {
    await node.send('oA', [text('so that there is a token')])
    await wechat.close()
    expect(await node.send('oA', [text('x')])).to.include({
      ...{ ok: false, retry: 'later', code: 'PROVIDER_UNREACHABLE' },
    })
    expect(node.health.view('wx1')).to.include({ state: 'down' })
    await wechat.listen()
  })

  it('to an account that was switched off nothing is sent', async () => {
    const leg = { id: 'l', accountId: 'gone', threadKey: 'oA', channel: 'wechat' as const }
    const message = { parts: [text('x')] } as never
    expect(await node.channel.send({ message, leg })).to.include({ code: 'ACCOUNT_OFF' })
    sentNothing()
  })

  it('templates and notices pass every window; what becomes of them is told by their ids', async () => {
    nowMs += 72 * HOUR
    node.templates.set('progress', {
      ...{ providerId: 'TM-ticket-progress', use: 'template', url: 'https://a.cn/t' },
      params: [{ key: 'first' }, { key: 'keyword1' }, { key: 'keyword2' }],
    })
    const params = { first: '您好', keyword1: 'TS1', keyword2: '已办结' }
    const part = { type: 'template', templateId: 'progress', params, text: '' } as const
    const result = await node.send('oA', [part])
    expect(result).to.include({ ok: true })
    const { providerIds } = result as { providerIds: string[] }
    expect(providerIds).to.deep.equal([wechat.sentTemplates[0]!.msgid])
    expect(Number(providerIds[0])).to.be.greaterThan(Number.MAX_SAFE_INTEGER)
    await wechat.reports(wechat.sentTemplates[0]!, 'failed:user block')
    expect(node.reports).to.deep.equal([
      { accountId: 'wx1', providerId: providerIds[0], state: 'failed', code: 'NOT_DELIVERED' },
    ])

    node.templates.set('notice', {
      ...{ providerId: 'SN-ticket', use: 'subscribe', params: [{ key: 'character_string1' }] },
    })
    const notice = { ...part, templateId: 'notice', params: { character_string1: 'TS1' } }
    expect(await node.send('oA', [notice])).to.include({ retry: 'never', code: '43101' })
    wechat.tourists.of('oA').notices.set('SN-ticket', 1)
    expect(await node.send('oA', [notice])).to.include({ ok: true })
    await wechat.reports(wechat.sentTemplates[1]!)
    expect(node.reports[1]).to.include({ state: 'delivered' })
  })

  it('a template nobody knows any more is not sent', async () => {
    const part = { type: 'template', templateId: 'gone', params: {}, text: 'x' } as const
    expect(await node.send('oA', [part])).to.include({ retry: 'never', code: 'TEMPLATE_GONE' })
    sentNothing()
  })

  it('"is typing" is told once while it lasts, and only to who wrote just now', async () => {
    const leg = { accountId: 'wx1', threadKey: 'oA' }
    const marks = async (count: number) => {
      // the mark is told without being waited for: the next call through the same API comes after it
      await node.channel.check('wx1')
      while (wechat.typingMarks.length < count) await new Promise(setImmediate)
      return wechat.typingMarks.map(({ command, errcode }) => `${command} ${errcode}`)
    }
    node.channel.typing(leg, true)
    node.channel.typing(leg, true)
    expect(await marks(1)).to.deep.equal(['Typing 0'])
    node.channel.typing(leg, false)
    node.channel.typing(leg, false)
    expect(await marks(2)).to.deep.equal(['Typing 0', 'CancelTyping 0'])
    node.channel.typing(leg, true)
    await marks(3)
    nowMs += 15_000
    node.channel.typing(leg, true)
    expect(await marks(4)).to.deep.equal([
      ...['Typing 0', 'CancelTyping 0', 'Typing 0', 'Typing 0'],
    ])
    nowMs += 16_000
    node.channel.typing(leg, true)
    expect(await marks(4)).to.have.length(4)
  })
})
