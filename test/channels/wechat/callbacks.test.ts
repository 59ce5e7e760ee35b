import { readFile } from 'node:fs/promises'
import { getSignature } from '@wecom/crypto'
import { expect } from 'chai'
import { MAX_CALLBACK_BYTES } from '../../../channels/callback-xml.ts'
import type { Envelope } from '../../../channels/channel.ts'
import { readWavHeader } from '../../../media/prompts/wav-header.ts'
import { openTemporaryStore } from '../../intake/temporary-store.ts'
import { WechatSimulator } from '../../simulators/wechat.ts'
import { WechatNode } from './wechat-node.ts'

describe('callbacks of WeChat', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  let wechat: WechatSimulator
  let node: WechatNode

  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store.close())
  beforeEach(async () => {
    wechat = new WechatSimulator()
    await wechat.listen()
    node = await open()
  })
  afterEach(async () => {
    await node.close()
    await wechat.close()
  })

  async function open(options: ConstructorParameters<typeof WechatNode>[1] = {}) {
    const opened = await new WechatNode(wechat, options).listen()
    wechat.callback = opened.callback
    return opened
  }
  async function reopen(options: ConstructorParameters<typeof WechatNode>[1]) {
    await node.close()
    node = await open(options)
  }
  const post = async (url: string, body: string) =>
    (await fetch(url, { method: 'POST', body, headers: { 'content-type': 'text/xml' } })).status
  const hello = (content = '你好') =>
    wechat.xml('oA', { MsgType: 'text', Content: content, MsgId: '6349323426230210995' })

  it('the address is checked', async () => {
    expect(await wechat.checksAddress()).to.equal(true)
    const forged = `${node.callback}?signature=${'0'.repeat(40)}&timestamp=1&nonce=2&echostr=x`
    expect((await fetch(forged)).status).to.equal(403)
    expect((await fetch(node.callback)).status).to.equal(403)
  })

  it('words, with what is proven about who says them', async () => {
    expect(await wechat.says('oA', '你好')).to.deep.equal({ statuses: [200], taken: true })
    const [{ grants, ...said }] = node.received as [Envelope]
    expect(said).to.deep.include({
      ...{ accountId: 'wx1', channel: 'wechat', threadKey: 'oA', kind: 'message' },
      parts: [{ type: 'text', text: '你好' }],
    })
    expect(said.identity).to.deep.equal({
      ...{ kind: 'wechatOpenid', scope: wechat.appId, value: 'oA', assurance: 'proven' },
    })
    expect(grants).to.have.length(1)
  })

  const further = () => node.channel.alsoKnownAs({ accountId: 'wx1', threadKey: 'oA' })
  const union = [{ kind: 'wechatUnionid', scope: '', value: 'oUnion', assurance: 'proven' }]

  it('their unionid is asked for once, after what they wrote was taken', async () => {
    wechat.unionIds.set('oA', 'oUnion')
    await wechat.says('oA', '你好')
    const asked = () => wechat.calls.filter(({ path }) => path === '/cgi-bin/user/info')
    expect(asked()).to.have.length(0)
    expect(await further()).to.deep.equal(union)
    expect(await further()).to.deep.equal(union)
    expect(asked()).to.have.length(1)
  })

  it('who has no unionid, or an account that may not ask for it, is nobody else', async () => {
    expect(await further()).to.deep.equal([])
    wechat.codes.set('/cgi-bin/user/info', [48001])
    const other = { accountId: 'wx1', threadKey: 'oB' }
    expect(await node.channel.alsoKnownAs(other)).to.deep.equal([])
  })

  it('a unionid that takes too long goes with the next message', async () => {
    wechat.unionIds.set('oA', 'oUnion')
    await wechat.says('oA', '你好')
    await node.channel.check('wx1')
    wechat.slowMs = 1500
    expect(await further()).to.deep.equal([])
    wechat.slowMs = 0
    while (!(await further()).length) await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await further()).to.deep.equal(union)
  })

  it('the same message again changes nothing and is acknowledged', async () => {
    const { url, body } = wechat.request('oA', hello())
    expect([await post(url, body), await post(url, body)]).to.deep.equal([200, 200])
    expect(node.received).to.have.length(1)
  })

  it('what was altered, forged, cut off or meant for another account is refused before it is read', async () => {
    const { url, body } = wechat.request('oA', hello())
    const cipher = /<Encrypt><!\[CDATA\[(.+?)\]\]>/.exec(body)![1]!
    const altered = Buffer.from(cipher, 'base64')
    altered[60]! ^= 1
    const other = wechat.request('oA', hello('另一条'))
    const attempts = [
      [url, body.replace(cipher, altered.toString('base64'))],
      [url, other.body],
      [url.replace(/msg_signature=\w{4}/, 'msg_signature=0000'), body],
      [url.replace(/&msg_signature=\w+/, ''), body],
      [url.replace(/&nonce=\d+/, '&nonce=1'), body],
      [node.callback, body],
      [url, hello()],
      [url, ''],
      [url, '<xml><Encrypt></Encrypt></xml>'],
      [url, 'x'.repeat(1000)],
    ]
    for (const [address, content] of attempts)
      expect(await post(address!, content!), content!.slice(0, 80)).to.equal(403)
    expect(await post(url.replace('/wx1?', '/other?'), body)).to.equal(404)
    expect(node.received).to.deep.equal([])
    expect(node.health.view('wx1')).to.equal(undefined)
  })

  it('too much is refused', async () => {
    const { url, body } = wechat.request('oA', hello())
    expect(await post(url, body + ' '.repeat(MAX_CALLBACK_BYTES))).to.equal(413)
  })

  it('a callback kept for days and played again is refused', async () => {
    let nowMs = Date.now()
    await reopen({ now: () => nowMs })
    const { url, body } = wechat.request('oA', hello())
    nowMs += 25 * 3_600_000
    expect(await post(url, body)).to.equal(403)
    expect(node.health.view('wx1')).to.include({ state: 'warning' })
  })

  it('what is proven and yet no XML is told to us, and not sent again', async () => {
    for (const content of ['hello', '<xml><a>', '<!DOCTYPE x [<!ENTITY e "1">]><xml>&e;</xml>'])
      expect(await wechat.pushXml('oA', content)).to.deep.equal({ statuses: [200], taken: true })
    expect(node.errors).to.have.length(3)
    expect(node.received).to.deep.equal([])
  })

  it('a key or an app id that does not fit is told to whoever set the account up', async () => {
    await reopen({ settings: { encodingAesKey: 'Z'.repeat(43) } })
    expect((await wechat.says('oA', '你好')).statuses).to.deep.equal([403, 403, 403])
    expect(node.health.view('wx1')!.faults[0]).to.include({ code: 'WRONG_ENCODING_AES_KEY' })
    await reopen({ settings: { appId: 'wx0000000000000000' } })
    await wechat.says('oA', '你好')
    expect(node.health.view('wx1')).to.include({ state: 'needsPerson' })
    expect(node.health.view('wx1')!.faults[0]).to.include({ code: 'WRONG_APP_ID' })
  })

  it('while nothing can be stored it is asked for again, and is then taken once', async () => {
    let down = 2
    const stored: string[] = []
    await reopen({
      receive: async ({ dedupeKey }) => {
        if (down-- > 0) throw new Error('the store is down')
        stored.push(dedupeKey)
        return 'new'
      },
    })
    expect((await wechat.says('oA', '你好')).statuses).to.deep.equal([503, 503, 200])
    expect(stored).to.have.length(1)
  })

  it('words do not overtake the picture before them', async () => {
    await wechat.says('oA', 'first')
    wechat.slowMs = 200
    // the second asks for nothing any more, yet waits for the first
    const [picture, words] = await Promise.all([
      wechat.sendsFile('oB', 'image', Buffer.from([0xff, 0xd8, 0xff])),
      new Promise((resolve) => setTimeout(resolve, 50)).then(() => wechat.says('oB', '这是票')),
    ])
    expect([picture.taken, words.taken]).to.deep.equal([true, true])
    expect(node.received.slice(1).map(({ parts }) => parts[0]!.type)).to.deep.equal([
      'media',
      'text',
    ])
  })

  it('files are fetched; a voice is made playable', async () => {
    const amr = await readFile(new URL('../../assets/tone-440hz-2s.amr', import.meta.url))
    const video = Buffer.from('....ftypisom')
    const picture = Buffer.from([0xff, 0xd8, 0xff, 0xe0])
    await wechat.sendsFile('oA', 'voice', amr, { Format: 'amr', Recognition: '几点关门' })
    await wechat.sendsFile('oA', 'video', video)
    await wechat.sendsFile('oA', 'image', picture)
    expect(node.promised.map(({ kind, name }) => `${kind} ${name}`)).to.deep.equal([
      ...['audio 语音.wav', 'video 视频.mp4', 'image 图片.jpg'],
    ])
    const fetched = []
    for (const { ref } of node.promised) fetched.push(await node.channel.fetchMedia('wx1', ref))
    expect(readWavHeader(fetched[0]!.content)).to.include({ sampleRate: 8000, channels: 1 })
    expect(fetched[1]!.content).to.deep.equal(video)
    expect(fetched[2]!.content).to.deep.equal(picture)
  })

  it('a file WeChat has no longer cannot be had', async () => {
    const error = await node.channel.fetchMedia('wx1', 'image:gone').catch((each: unknown) => each)
    expect(error).to.include({ errcode: 40007 })
  })

  it('what became of a template is told by its id, which has 64 bits', async () => {
    await wechat.event('oA', 'TEMPLATESENDJOBFINISH', {
      ...{ MsgID: '3214126857316286464', Status: 'success' },
    })
    expect(node.reports).to.deep.equal([
      { accountId: 'wx1', providerId: '3214126857316286464', state: 'delivered' },
    ])
  })

  it('who follows through a code arrives; what asks for nothing is acknowledged and stored nowhere', async () => {
    await wechat.follows('oA', 'eastgate')
    await wechat.scans('oA', 'westgate')
    await wechat.event('oA', 'VIEW', { EventKey: 'https://a.cn' })
    await wechat.event('oA', 'brand_new_event')
    await wechat.unfollows('oA')
    expect(node.received.map(({ kind, scene }) => [kind, scene])).to.deep.equal([
      ...[
        ['arrive', 'eastgate'],
        ['arrive', 'westgate'],
        ['leave', undefined],
      ],
    ])
    expect(wechat.retries).to.equal(0)
  })

  describe('that are not encrypted', () => {
    beforeEach(() => {
      wechat.mode = 'plain'
    })

    it('are refused unless the account allows them', async () => {
      expect((await wechat.says('oA', '你好')).taken).to.equal(false)
      await reopen({ settings: { plainCallbacks: true } })
      expect((await wechat.says('oA', '你好')).taken).to.equal(true)
      expect(node.received).to.have.length(1)
    })

    it('with an address seen before and other words in it are refused; the same again is a repeat', async () => {
      await reopen({ settings: { plainCallbacks: true } })
      const { url, body } = wechat.request('oA', hello())
      expect(await post(url, body)).to.equal(200)
      expect(await post(url, body)).to.equal(200)
      expect(await post(url, hello('打钱'))).to.equal(403)
      expect(node.received).to.have.length(1)
    })

    it('are refused when they are older than five minutes, or signed by somebody else', async () => {
      let nowMs = Date.now()
      await reopen({ settings: { plainCallbacks: true }, now: () => nowMs })
      const { url, body } = wechat.request('oA', hello())
      nowMs += 5 * 60_000 + 2000
      expect(await post(url, body)).to.equal(403)
      const query = new URLSearchParams({
        ...{ timestamp: String(Math.floor(nowMs / 1000)), nonce: '1' },
        signature: getSignature('another', String(Math.floor(nowMs / 1000)), '1', ''),
      })
      expect(await post(`${node.callback}?${query}`, body)).to.equal(403)
    })
  })
})
