import { expect } from 'chai'
import fc from 'fast-check'
import type { Part } from '../../../gateway/domain/message.ts'
import { parseExactJson } from '../../../channels/weibo/exact-json.ts'
import { pushKey, readPush } from '../../../channels/weibo/push.ts'
import { commentPieces, lacksAddress, replyPieces } from '../../../channels/weibo/reply.ts'
import { announcementBody } from '../../../channels/weibo/schema.ts'
import { weiboLength } from '../../../channels/weibo/text-length.ts'

const addressOf = (id: string) => `https://hotline.example.cn/files/${id}`

describe('JSON with ids of 64 bits', () => {
  it('keeps every digit of what is larger than a number holds', () => {
    const read = parseExactJson(
      '{"id":9223372036854775807,"small":42,"list":[1234567890123456,-9223372036854775808],"f":1.2345678901234567,"s":"1234567890123456789 \\" 9223372036854775807"}',
    )
    expect(read).to.deep.equal({
      id: '9223372036854775807',
      small: 42,
      list: ['1234567890123456', '-9223372036854775808'],
      f: 1.2345678901234567,
      s: '1234567890123456789 " 9223372036854775807',
    })
  })

  it('reads everything else as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const plain = JSON.parse(text) as unknown
        const safe = JSON.stringify(plain, (_key, value: unknown) =>
          typeof value === 'number' && Math.abs(value) >= 1e15 ? 0 : value,
        )
        expect(parseExactJson(safe)).to.deep.equal(JSON.parse(safe))
      }),
    )
  })

  it('what is no JSON stays none, and takes no longer for being odd', () => {
    for (const text of ['', '{', '"', '{"a":12345678901234567', '-', `${'"\\'.repeat(30_000)}`])
      expect(() => parseExactJson(text)).to.throw(SyntaxError)
  })
})

describe('what Weibo pushes', () => {
  it('is read as the wiki shows it', () => {
    expect(
      readPush(
        '{"type":"text","receiver_id":1902538057,"sender_id":2489518277,"created_at":"Mon Jul 16 18:09:20 +0800 2012","text":"私信或留言内容","data":{}}',
      ),
    ).to.deep.equal({
      type: 'text',
      receiverId: '1902538057',
      senderId: '2489518277',
      createdAt: 'Mon Jul 16 18:09:20 +0800 2012',
      text: '私信或留言内容',
      data: {},
    })
    const voice = readPush(
      '{"type":"voice","receiver_id":1902538057,"sender_id":2489518277,"created_at":"Mon Jul 16 18:09:20 +0800 2012","text":"发了一个语音消息","data":{"vfid":8214477781203456789,"tovfid":8214477781203456790}}',
    )
    expect(voice?.data).to.deep.equal({
      vfid: '8214477781203456789',
      tovfid: '8214477781203456790',
    })
  })

  it('is read in the XML form too', () => {
    const xml =
      '<xml><ToUserName><![CDATA[1902538057]]></ToUserName><FromUserName><![CDATA[2489518277]]></FromUserName>' +
      '<CreateTime>1342433360</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[SCAN]]></Event>' +
      '<EventKey><![CDATA[bingmayong]]></EventKey></xml>'
    expect(readPush(xml)).to.deep.equal({
      type: 'event',
      receiverId: '1902538057',
      senderId: '2489518277',
      createdAt: '1342433360',
      text: '',
      data: { subtype: 'scan', key: 'bingmayong' },
    })
  })

  it('is nothing when it is something else', () => {
    for (const body of [
      '',
      'null',
      '[]',
      '{}',
      '{"type":"text"}',
      '<html></html>',
      '<xml><a></xml>',
    ])
      expect(readPush(body), body).to.equal(undefined)
  })

  it('two messages of the same second differ by their words, and by nothing else', () => {
    const push = readPush(
      '{"type":"text","receiver_id":1902538057,"sender_id":2489518277,"created_at":"Mon Jul 16 18:09:20 +0800 2012","text":"在吗","data":{}}',
    )!
    expect(pushKey(push)).to.equal(pushKey({ ...push }))
    expect(pushKey({ ...push, text: '在吗?' })).not.to.equal(pushKey(push))
    const data = { a: '1', b: '2' }
    expect(pushKey({ ...push, data })).to.equal(pushKey({ ...push, data: { b: '2', a: '1' } }))
  })
})

describe('how Weibo counts', () => {
  it('full-width one, half-width a half, a link ten', () => {
    expect(weiboLength('')).to.equal(0)
    expect(weiboLength('中秋节')).to.equal(3)
    expect(weiboLength('abc')).to.equal(2)
    expect(weiboLength('中a')).to.equal(2)
    expect(weiboLength('https://www.example.gov.cn/channels/weibo/w/announcements/1')).to.equal(10)
    expect(weiboLength('公告 https://www.example.gov.cn/x')).to.equal(13)
    expect(weiboLength('😀')).to.equal(2)
  })

  it('an announcement is as long as Weibo takes it with its link, and no longer', () => {
    const body = (text: string) => ({
      ...{ accountId: 'weibo', clientId: 'client-0001', text },
      page: { 'zh-CN': { title: '公告', body: '内容' } },
    })
    expect(announcementBody.safeParse(body('字'.repeat(129))).success).to.equal(true)
    expect(announcementBody.safeParse(body('字'.repeat(130))).success).to.equal(false)
    expect(announcementBody.safeParse(body('a'.repeat(258))).success).to.equal(true)
    expect(announcementBody.safeParse(body('今日#兵马俑#闭馆')).success).to.equal(false)
    expect(announcementBody.safeParse(body('3# 入口关闭')).success).to.equal(true)
    expect(announcementBody.safeParse({ ...body('好'), page: {} }).success).to.equal(false)
  })
})

describe('a message of ours on Weibo', () => {
  const text = (words: string): Part => ({ type: 'text', text: words })

  it('words with choices become one text, numbered once', () => {
    const replies: Part = {
      type: 'quickReplies',
      replies: [
        { id: 'a', label: '景点', key: '1' },
        { id: 'b', label: '转人工', key: '0' },
      ],
    }
    expect(replyPieces([text('请选择:'), replies], addressOf)).to.deep.equal([
      { type: 'text', data: { text: '请选择:\n1. 景点\n0. 转人工' } },
    ])
    // the flow's wording for text channels has the numbers already
    expect(replyPieces([text('请选择:\n1 景点\n0 转人工'), replies], addressOf)).to.deep.equal([
      { type: 'text', data: { text: '请选择:\n1 景点\n0 转人工' } },
    ])
  })

  it('a long one is cut below 300 characters, nothing is lost', () => {
    const words = Array.from({ length: 60 }, (_, at) => `第${at}条,请从南门进入。`).join('')
    const pieces = replyPieces([text(words)], addressOf)
    expect(pieces.length).to.be.greaterThan(1)
    for (const piece of pieces)
      expect((piece.data as { text: string }).text.length).to.be.below(300)
    expect(pieces.map(({ data }) => (data as { text: string }).text).join('')).to.equal(words)
  })

  it('a picture becomes an article with an address the world can open; a place a position', () => {
    const picture: Part = {
      ...{
        type: 'media',
        kind: 'image',
        blobId: 'b1',
        name: '地图.png',
        mime: 'image/png',
        bytes: 9,
      },
    }
    expect(
      replyPieces([picture, { type: 'location', lat: 34.2, lng: 108.9 }], addressOf),
    ).to.deep.equal([
      {
        type: 'articles',
        data: {
          articles: [
            {
              ...{ display_name: '地图.png', summary: '' },
              ...{ image: addressOf('b1'), url: addressOf('b1') },
            },
          ],
        },
      },
      { type: 'position', data: { longitude: '108.9', latitude: '34.2' } },
    ])
    expect(lacksAddress([picture], () => undefined)).to.equal(true)
  })

  it('a card with a picture and an address is an article, any other becomes words', () => {
    const card: Part = {
      type: 'card',
      title: '城墙',
      text: '南门',
      image: 'https://x/y.png',
      url: 'https://x',
    }
    expect(replyPieces([card], addressOf)[0]!.type).to.equal('articles')
    const actions: Part = {
      ...{ type: 'card', title: '城墙', text: '南门' },
      actions: [
        { kind: 'url', label: '购票', value: 'https://x' },
        { kind: 'call', label: '致电', value: '12301' },
        { kind: 'call', label: '网页通话', value: 'browser' },
        { kind: 'reply', label: '转人工', value: '转人工' },
      ],
    }
    expect(replyPieces([actions], addressOf)).to.deep.equal([
      { type: 'text', data: { text: '城墙\n南门\n购票:https://x\n致电:12301\n· 转人工' } },
    ])
  })

  it('a public answer has at most 140 汉字 a piece, as Weibo counts', () => {
    const pieces = commentPieces(
      [text('您好,'.repeat(120)), { type: 'location', lat: 1, lng: 2 }],
      addressOf,
    )
    expect(pieces.length).to.be.greaterThan(1)
    for (const piece of pieces) expect(weiboLength(piece)).to.be.at.most(140)
  })
})
