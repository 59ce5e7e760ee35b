import { expect } from 'chai'
import type { XmlFields } from '../../../channels/callback-xml.ts'
import { readCallbackXml } from '../../../channels/callback-xml.ts'
import type { CallbackEnvelope, ReadCallback } from '../../../channels/wechat/read-callback.ts'
import { readCallback } from '../../../channels/wechat/read-callback.ts'

const nowMs = 1_780_000_000_000
const MINUTE = 60_000
const FROM = 'oTourist'

const fieldsOf = (inner: string): XmlFields =>
  readCallbackXml(
    '<xml><ToUserName><![CDATA[gh_1]]></ToUserName>' +
      `<FromUserName><![CDATA[${FROM}]]></FromUserName>` +
      `<CreateTime>1780000000</CreateTime>${inner}</xml>`,
  )!
const read = (inner: string, lang = 'zh-CN'): ReadCallback =>
  readCallback(fieldsOf(inner), {
    ...{ nowMs, lang },
    labelOf: (key) => (key === 'complaint' ? '我要投诉' : undefined),
  })
const envelope = (inner: string, lang?: string): CallbackEnvelope =>
  (read(inner, lang) as { envelope: CallbackEnvelope }).envelope
const message = (type: string, more = '') =>
  `<MsgType><![CDATA[${type}]]></MsgType>${more}<MsgId>6349323426230210995</MsgId>`
const event = (name: string, more = '') =>
  `<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[${name}]]></Event>${more}`
const key = (text: string) => `<EventKey><![CDATA[${text}]]></EventKey>`

describe('what WeChat tells', () => {
  const word = { reason: 'message', count: 5, untilMs: nowMs + 48 * 60 * MINUTE }

  it('words grant five messages in 48 hours, counted from their clock', () => {
    expect(envelope(message('text', '<Content><![CDATA[ 00123]]></Content>'))).to.deep.equal({
      ...{ openId: FROM, kind: 'message', dedupeKey: 'msg:6349323426230210995' },
      parts: [{ type: 'text', text: ' 00123' }],
      grants: [word],
    })
    const late = readCallback(fieldsOf(message('text')), {
      ...{ nowMs: nowMs + 9000, lang: 'en', labelOf: () => undefined },
    }) as { envelope: CallbackEnvelope }
    expect(late.envelope.grants).to.deep.equal([word])
  })

  it('a clock of ours that is far off counts for itself', () => {
    const off = readCallback(fieldsOf(event('SCAN', key('gate'))), {
      ...{ nowMs: nowMs + 3_600_000, lang: 'en', labelOf: () => undefined },
    }) as { envelope: CallbackEnvelope }
    expect(off.envelope.grants![0]!.untilMs).to.equal(nowMs + 3_600_000 + MINUTE)
  })

  it('a tapped choice comes back by its id, and grants what a tap on the menu does', () => {
    const inner = '<Content><![CDATA[满意]]></Content><bizmsgmenuid>rate/5</bizmsgmenuid>'
    expect(envelope(message('text', inner))).to.deep.include({
      parts: [{ type: 'choice', id: 'rate/5', label: '满意' }],
      grants: [{ reason: 'menu', count: 3, untilMs: nowMs + MINUTE }],
    })
  })

  it('pictures, voices and videos are promised; what was recognised of a voice is its text', () => {
    const media = '<MediaId><![CDATA[m-1]]></MediaId>'
    expect(envelope(message('image', `<PicUrl>http://x</PicUrl>${media}`)).parts).to.deep.equal([
      { promise: { kind: 'image', ref: 'image:m-1', name: '图片.jpg' } },
    ])
    expect(envelope(message('voice', `${media}<Format>amr</Format>`), 'en').parts).to.deep.equal([
      { promise: { kind: 'audio', ref: 'audio:m-1', name: 'voice.wav' } },
    ])
    const said = `${media}<Recognition><![CDATA[几点关门]]></Recognition>`
    expect(envelope(message('voice', said)).parts).to.deep.equal([
      { type: 'text', text: '几点关门' },
      { promise: { kind: 'audio', ref: 'audio:m-1', name: '语音.wav' } },
    ])
    for (const type of ['video', 'shortvideo'])
      expect(envelope(message(type, media)).parts).to.deep.equal([
        { promise: { kind: 'video', ref: 'video:m-1', name: '视频.mp4' } },
      ])
  })

  it('places and links', () => {
    const place =
      '<Location_X>39.916300</Location_X><Location_Y>116.397200</Location_Y><Scale>16</Scale>'
    expect(
      envelope(message('location', `${place}<Label><![CDATA[故宫]]></Label>`)).parts,
    ).to.deep.equal([{ type: 'location', lat: 39.9163, lng: 116.3972, label: '故宫' }])
    expect(envelope(message('location', place)).parts).to.deep.equal([
      { type: 'location', lat: 39.9163, lng: 116.3972 },
    ])
    const link =
      '<Title>T</Title><Description></Description><Url><![CDATA[https://a.cn/?b&c]]></Url>'
    expect(envelope(message('link', link)).parts).to.deep.equal([
      { type: 'text', text: 'T\nhttps://a.cn/?b&c' },
    ])
  })

  it('kinds of messages that are yet to be invented are shown as such, never lost', () => {
    const { kind, parts, grants } = envelope(message('hologram'))
    expect({ kind, grants }).to.deep.equal({ kind: 'message', grants: [word] })
    expect(parts).to.deep.equal([{ type: 'text', text: '[暂不支持的消息类型:hologram]' }])
    expect(envelope(message('location', '<Location_X>north</Location_X>')).parts).to.have.length(1)
  })

  it('who follows or scans arrives, with the scene of the code', () => {
    const follow = [{ reason: 'follow', count: 3, untilMs: nowMs + MINUTE }]
    expect(envelope(event('subscribe', key('qrscene_eastgate')))).to.deep.include({
      ...{ kind: 'arrive', scene: 'eastgate', parts: [], grants: follow },
    })
    const plain = envelope(event('subscribe', '<EventKey></EventKey>'))
    expect(plain).to.deep.include({ kind: 'arrive', grants: follow })
    expect(plain).not.to.have.property('scene')
    // paid, then followed: no scene of ours
    expect(envelope(event('subscribe', key('last_trade_no_1')))).not.to.have.property('scene')
    expect(envelope(event('SCAN', key('eastgate')))).to.deep.include({
      ...{ kind: 'arrive', scene: 'eastgate' },
      grants: [{ reason: 'scan', count: 3, untilMs: nowMs + MINUTE }],
    })
  })

  it('who unfollows leaves, and grants nothing', () => {
    const left = envelope(event('unsubscribe', '<EventKey></EventKey>'))
    expect(left.kind).to.equal('leave')
    expect(left).not.to.have.property('grants')
  })

  it('a tap on the menu speaks for the tourist, or chooses', () => {
    const menu = [{ reason: 'menu', count: 3, untilMs: nowMs + MINUTE }]
    expect(envelope(event('CLICK', key('say:查询 TS1')))).to.deep.include({
      ...{ kind: 'message', parts: [{ type: 'text', text: '查询 TS1' }], grants: menu },
    })
    expect(envelope(event('CLICK', key('complaint'))).parts).to.deep.equal([
      { type: 'choice', id: 'complaint', label: '我要投诉' },
    ])
    expect(envelope(event('CLICK', key('old'))).parts).to.deep.equal([
      { type: 'choice', id: 'old', label: 'old' },
    ])
    for (const type of ['scancode_push', 'scancode_waitmsg']) {
      const scanned =
        '<ScanCodeInfo><ScanType>qrcode</ScanType><ScanResult>A1</ScanResult></ScanCodeInfo>'
      expect(envelope(event(type, key('k') + scanned))).to.deep.include({
        ...{ parts: [{ type: 'text', text: 'A1' }], grants: menu },
      })
    }
  })

  it('what became of templates and notices', () => {
    const finished = (status: string) =>
      read(
        event(
          'TEMPLATESENDJOBFINISH',
          `<MsgID>3214126857316286464</MsgID><Status>${status}</Status>`,
        ),
      )
    expect(finished('success')).to.deep.equal({
      reports: [{ providerId: '3214126857316286464', state: 'delivered' }],
    })
    expect(finished('failed:user block')).to.deep.equal({
      reports: [{ providerId: '3214126857316286464', state: 'failed', code: 'NOT_DELIVERED' }],
    })
    const sent =
      '<List><TemplateId>T</TemplateId><MsgID>7</MsgID><ErrorCode>43101</ErrorCode></List>'
    expect(
      read(
        event('subscribe_msg_sent_event', `<SubscribeMsgSentEvent>${sent}</SubscribeMsgSentEvent>`),
      ),
    ).to.deep.equal({ reports: [{ providerId: '7', state: 'failed', code: '43101' }] })
    expect(
      read(event('MASSSENDJOBFINISH', '<MsgID>9</MsgID><Status>send success</Status>')),
    ).to.deep.equal({ reports: [{ providerId: '9', state: 'delivered' }] })
  })

  for (const name of [
    ...['VIEW', 'view_miniprogram', 'LOCATION', 'location_select', 'pic_sysphoto', 'pic_weixin'],
    ...['pic_photo_or_album', 'subscribe_msg_popup_event', 'subscribe_msg_change_event'],
    ...['kf_create_session', 'kf_close_session', 'kf_switch_session', 'something_new'],
  ])
    it(`${name} is taken and asks for nothing`, () => {
      expect(read(event(name, key('k')))).to.deep.equal({ ignored: name })
    })

  it('what has neither sender nor type is taken as well', () => {
    expect(read('')).to.deep.equal({ ignored: 'incomplete' })
  })

  it('events have no id: a repeat is known by what happened, another one in the same second is not', () => {
    const dedupe = (inner: string) => envelope(inner).dedupeKey
    expect(dedupe(event('CLICK', key('a')))).to.equal(dedupe(event('CLICK', key('a'))))
    const all = [
      ...[event('CLICK', key('a')), event('CLICK', key('b')), event('SCAN', key('a'))],
      ...[event('SCAN', `${key('a')}<Ticket>T</Ticket>`), event('subscribe', key('qrscene_a'))],
    ]
    expect(new Set(all.map(dedupe)).size).to.equal(all.length)
  })
})
