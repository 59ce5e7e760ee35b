import { expect } from 'chai'
import { incomingParts } from '../../../channels/wecom/incoming-parts.ts'
import { readKfPage } from '../../../channels/wecom/kf-message.ts'
import type { Wecom } from '../../../channels/wecom/wecom.ts'
import { WecomSimulator } from '../../simulators/wecom.ts'
import { outgoing } from '../small-gateway.ts'
import { WecomGateway } from './wecom-gateway.ts'

const LI = 'wmLiLei'

/** One item of sync_msg, as parts. */
function partsOf(message: object, lang = 'zh-CN') {
  const base = { ...{ msgid: 'm', send_time: 1, origin: 3 }, external_userid: LI }
  const { messages } = readKfPage({ msg_list: [{ ...base, ...message }] })
  return incomingParts(messages[0]!, lang)
}

describe('what customers of WeCom send', () => {
  it('words, taps, places, links and cards', () => {
    expect(partsOf({ msgtype: 'text', text: { content: '00123', menu_id: '' } })).to.deep.equal([
      { type: 'text', text: '00123' },
    ])
    expect(
      partsOf({ msgtype: 'text', text: { content: '景点', menu_id: 'ask:spots' } }),
    ).to.deep.equal([{ type: 'choice', id: 'ask:spots', label: '景点' }])
    const place = { latitude: 34.26, longitude: 108.94, name: '南门', address: '西安市' }
    expect(partsOf({ msgtype: 'location', location: place })).to.deep.equal([
      { type: 'location', lat: 34.26, lng: 108.94, label: '南门 · 西安市' },
    ])
    const link = { title: '攻略', desc: '一日游', url: 'https://a.example', pic_url: '' }
    expect(partsOf({ msgtype: 'link', link })).to.deep.equal([
      { type: 'card', title: '攻略', text: '一日游', url: 'https://a.example' },
    ])
    expect(partsOf({ msgtype: 'business_card', business_card: { userid: 'zhang' } })).to.deep.equal(
      [{ type: 'text', text: '[名片] zhang' }],
    )
    expect(partsOf({ msgtype: 'miniprogram', miniprogram: { title: '购票' } }, 'en')).to.deep.equal(
      [{ type: 'text', text: '[mini program] 购票' }],
    )
  })

  it('files of four kinds, to be fetched', () => {
    for (const [msgtype, kind] of [
      ['image', 'image'],
      ['voice', 'audio'],
      ['video', 'video'],
      ['file', 'file'],
    ]) {
      const [part] = partsOf({ msgtype, [msgtype!]: { media_id: 'M' } })
      expect(part).to.have.nested.property('promise.kind', kind)
      expect(part).to.have.nested.property('promise.ref', 'M')
    }
  })

  it('what cannot be shown is told by its kind, and leads nowhere', () => {
    expect(partsOf({ msgtype: 'sphmagic' })).to.deep.equal([
      { type: 'text', text: '[无法显示的消息] sphmagic' },
    ])
    const trap = { title: 'x', url: 'javascript:alert(1)' }
    expect(partsOf({ msgtype: 'link', link: trap })[0]).to.have.property('type', 'text')
    const nowhere = partsOf({ msgtype: 'location', location: { latitude: 'x' } })
    expect(nowhere[0]).to.have.property('type', 'text')
    expect(
      partsOf({ msgtype: 'text', text: { content: '长'.repeat(99_999) } })[0],
    ).to.have.nested.property('text.length', 8_000)
  })
})

describe('customers of WeCom who come', () => {
  let wecom: WecomSimulator
  let gateway: WecomGateway
  let channel: Wecom

  async function begin(more: object = {}) {
    const node = await gateway.node([{ id: 'kf', settings: { ...wecom.settings, ...more } }])
    channel = node.channel
    await channel.start()
    wecom.callbackUrl = `${node.url}/channels/wecom/kf`
  }

  beforeEach(async () => {
    wecom = new WecomSimulator()
    await wecom.listen()
    gateway = new WecomGateway()
  })
  afterEach(async () => {
    await gateway.close()
    await wecom.close()
  })

  it('are known by their id, their unionid and the name they show', async () => {
    wecom.know(LI, '李雷', 'oUnion')
    await begin()
    await wecom.say(LI, '您好')
    await gateway.until(() => gateway.inbox.length === 1, 'the word')
    const [envelope] = gateway.inbox
    expect(envelope).to.deep.include({
      ...{ accountId: 'kf', channel: 'wecom', threadKey: LI, kind: 'message', displayName: '李雷' },
      identity: { kind: 'wecomExternal', scope: wecom.corpId, value: LI, assurance: 'proven' },
      alsoKnownAs: [{ kind: 'wechatUnionid', scope: '', value: 'oUnion', assurance: 'proven' }],
    })
    await wecom.say(LI, '在吗')
    await gateway.until(() => gateway.inbox.length === 2, 'the second word')
    // asked for once
    expect(wecom.calls.filter(({ path }) => path === 'kf/customer/batchget')).to.have.length(1)
  })

  it('are heard also while their name cannot be had', async () => {
    wecom.fault('kf/customer/batchget', 'refuse')
    await begin()
    await wecom.say(LI, '您好')
    await gateway.until(() => gateway.inbox.length === 1, 'the word')
    expect(gateway.inbox[0]).to.not.have.property('displayName')
  })

  it('without a word are greeted with the one message the event allows', async () => {
    await begin()
    const code = await wecom.enter(LI, 'gate', 'lang=en')
    await gateway.until(() => gateway.inbox.length === 1, 'the coming')
    const [envelope] = gateway.inbox
    expect(envelope).to.deep.include({ kind: 'arrive', parts: [], scene: 'gate?lang=en' })
    expect(envelope!.grants).to.have.length(1)
    expect(envelope!.grants![0]).to.include({ reason: 'enter', count: 1 })
    expect(await channel.send(outgoing(LI, [{ type: 'text', text: '欢迎' }]))).to.include({
      ok: true,
    })
    const [said] = wecom.calls.filter(({ path }) => path === 'kf/send_msg_on_event')
    expect(said!.body).to.include({ code })
    // and no more
    expect(await channel.send(outgoing(LI, [{ type: 'text', text: '还有' }]))).to.include({
      ...{ ok: false, windowClosed: true },
    })
  })

  it('with a fixed welcome are welcomed at once; the flow waits for their word and learns what brought them', async () => {
    await begin({ welcomeText: '欢迎光临' })
    await wecom.enter(LI, 'gate')
    await gateway.until(() => wecom.textsTo(LI).includes('欢迎光临'), 'the welcome')
    expect(gateway.inbox).to.deep.equal([])
    await wecom.say(LI, '您好')
    await wecom.say(LI, '再问')
    await gateway.until(() => gateway.inbox.length === 2, 'the words')
    expect(gateway.inbox.map(({ kind, scene }) => ({ kind, scene }))).to.deep.equal([
      { kind: 'message', scene: 'gate' },
      { kind: 'message', scene: undefined },
    ])
  })

  it('a second time within 48 hours are not greeted, and what brought them stays with their word', async () => {
    await begin()
    await wecom.say(LI, '昨天来过')
    await gateway.until(() => gateway.inbox.length === 1, 'the first')
    await wecom.enter(LI, 'museum')
    await wecom.say(LI, '今天又来')
    await gateway.until(() => gateway.inbox.length === 2, 'the second')
    expect(gateway.inbox[1]).to.include({ kind: 'message', scene: 'museum' })
  })

  it('a voice message becomes one that browsers play; a file keeps its name', async () => {
    await begin()
    // one frame of silence a 20 ms, at 4.75 kbit/s (RFC 4867 §5)
    const frame = Buffer.concat([Buffer.from([0x04]), Buffer.alloc(12)])
    const amr = Buffer.concat([Buffer.from('#!AMR\n'), ...Array<Buffer>(10).fill(frame)])
    await wecom.sendFile(LI, 'voice', amr, 'v.amr')
    await wecom.sendFile(LI, 'file', Buffer.from('{"errcode":1}'), '行程.json')
    await gateway.until(() => gateway.inbox.length === 2, 'both')
    const refs = gateway.inbox.map(({ parts: [part] }) => (part as { blobId: string }).blobId)
    const voice = await channel.fetchMedia('kf', refs[0]!)
    expect(voice.content.toString('latin1', 0, 4)).to.equal('RIFF')
    const file = await channel.fetchMedia('kf', refs[1]!)
    expect(file).to.deep.include({ name: '行程.json' })
    const error: unknown = await channel.fetchMedia('kf', 'gone').catch((thrown: unknown) => thrown)
    expect(error).to.include({ errcode: 40007 })
  })
})
