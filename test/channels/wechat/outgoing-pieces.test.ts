import { expect } from 'chai'
import type { Piece } from '../../../channels/wechat/outgoing-pieces.ts'
import { asText, outgoingPieces } from '../../../channels/wechat/outgoing-pieces.ts'
import type { Part } from '../../../gateway/domain/message.ts'
import { text } from './wechat-node.ts'

const pieces = (parts: Part[], lang = 'zh-CN') => outgoingPieces({ parts, lang })
const media = (mime: string, bytes = 1000): Part => ({
  ...{ type: 'media', kind: 'file', blobId: 'b', name: 'n', mime, bytes },
})

describe('a message of ours as WeChat sends it', () => {
  it('words are one message, however many parts they are', () => {
    expect(pieces([text('一'), text('二')])).to.deep.equal([{ type: 'text', text: '一\n二' }])
  })

  it('long words are cut where a reader pauses, at 2048 bytes', () => {
    const long = '请从北门进入。'.repeat(150)
    const cut = pieces([text(long)]) as Extract<Piece, { type: 'text' }>[]
    expect(cut).to.have.length(2)
    for (const piece of cut) {
      expect(Buffer.byteLength(piece.text)).to.be.at.most(2048)
      expect(piece.text).to.match(/。$/)
    }
    expect(cut.map((piece) => piece.text).join('')).to.equal(long)
  })

  it('choices hang below the words before them', () => {
    const replies = [{ id: 'rate/5', label: '满意' }]
    expect(pieces([text('请评价'), { type: 'quickReplies', replies }])).to.deep.equal([
      { type: 'menu', head: '请评价', replies },
    ])
    expect(pieces([{ type: 'quickReplies', replies }], 'en')).to.deep.equal([
      { type: 'menu', head: 'Please choose:', replies },
    ])
    expect(pieces([text('请评价'), { type: 'quickReplies', replies: [] }])).to.have.length(1)
  })

  it('words too long for that stand above the choices', () => {
    const replies = [{ id: 'a', label: '甲'.repeat(20) }]
    const found = pieces([text('好'.repeat(670)), { type: 'quickReplies', replies }])
    expect(found.map(({ type }) => type)).to.deep.equal(['text', 'menu'])
  })

  it('choices as text are numbered, unless the words number them already', () => {
    const replies = [
      { id: 'a', label: '投诉', key: '1' },
      { id: 'b', label: '转人工', key: '0' },
    ]
    const menu = (head: string) => asText({ type: 'menu', head, replies })
    expect(menu('请选择')).to.equal('请选择\n1. 投诉\n0. 转人工')
    expect(menu('1 投诉,0 转人工')).to.equal('1 投诉,0 转人工')
  })

  it('what WeChat takes as a picture, voice or video, and what becomes a link', () => {
    const kinds = (parts: Part[]) =>
      pieces(parts).map((piece) => (piece.type === 'media' ? piece.as : piece.type))
    expect(
      kinds([
        ...[media('image/jpeg'), media('image/gif'), media('audio/amr'), media('audio/mpeg')],
        ...[media('video/mp4'), media('image/webp'), media('audio/wav'), media('application/pdf')],
        ...[media('audio/mpeg', 3e6), media('image/png', 11e6)],
      ]),
    ).to.deep.equal([
      ...['image', 'image', 'voice', 'voice', 'video', 'link', 'link', 'link', 'link', 'link'],
    ])
  })

  it('a card with a page is news; without one it is words, and its answers are choices', () => {
    const card = {
      ...{ type: 'card', title: '兵马俑', text: '8:30 开馆', image: '/files/x' },
      actions: [
        { kind: 'call', label: '咨询', value: '12301' },
        { kind: 'reply', label: '订票', value: 'book' },
      ],
    } as const satisfies Part
    expect(pieces([{ ...card, actions: [...card.actions] }])).to.deep.equal([
      {
        ...{ type: 'menu', head: '兵马俑\n8:30 开馆\n咨询: 12301' },
        replies: [{ id: 'book', label: '订票' }],
      },
    ])
    expect(pieces([{ ...card, url: 'https://a.cn', actions: [] }])).to.deep.equal([
      {
        ...{ type: 'news', title: '兵马俑', text: '8:30 开馆', url: 'https://a.cn' },
        picture: '/files/x',
      },
    ])
  })

  it('a place is a link to a map', () => {
    const [piece] = pieces([{ type: 'location', lat: 34.2, lng: 108.9, label: '钟楼;&' }])
    expect((piece as { text: string }).text).to.match(
      /^钟楼;&\nhttps:\/\/apis\.map\.qq\.com\/uri\/v1\/marker\?marker=coord%3A34\.2%2C108\.9%3Btitle/,
    )
  })

  it('templates go by themselves; what is told to staff alone is not sent', () => {
    const template: Part = {
      ...{ type: 'template', templateId: 't', params: { a: '1' }, text: 'x' },
    }
    expect(pieces([template]).map(({ type }) => type)).to.deep.equal(['template'])
    expect(pieces([{ type: 'event', name: 'queued', data: {} }])).to.deep.equal([])
    expect(
      pieces([
        { type: 'choice', id: 'a', label: '甲' },
        { type: 'keys', digits: '1' },
      ]),
    ).to.deep.equal([{ type: 'text', text: '甲\n1' }])
  })
})
