import { expect } from 'chai'
import fc from 'fast-check'
import type { Piece } from '../../../channels/wecom/outgoing-pieces.ts'
import { outgoingPieces } from '../../../channels/wecom/outgoing-pieces.ts'
import type { Part } from '../../../gateway/domain/message.ts'
import { checkContent } from '../../simulators/wecom-content.ts'

const options = { lang: 'zh-CN', publicUrl: 'https://hotline.example' }
const pieces = (...parts: Part[]): Piece[] => outgoingPieces(parts, options)
const replies = (count: number): Part => ({
  type: 'quickReplies',
  replies: Array.from({ length: count }, (_, n) => ({ id: `id${n}`, label: `选项${n}` })),
})

describe('a message of ours as WeCom sends it', () => {
  it('words and choices are one menu', () => {
    expect(pieces({ type: 'text', text: '请选择' }, replies(2))).to.deep.equal([
      {
        ...{ type: 'menu', head: '请选择' },
        items: [
          { type: 'click', click: { id: 'id0', content: '选项0' } },
          { type: 'click', click: { id: 'id1', content: '选项1' } },
        ],
      },
    ])
  })

  it('words too long for the head of a menu stand before it', () => {
    const [text, menu] = pieces({ type: 'text', text: '长'.repeat(400) }, replies(1))
    expect(text).to.deep.equal({ type: 'text', text: '长'.repeat(400) })
    expect(menu).to.include({ type: 'menu', head: '' })
  })

  it('more than ten choices are a second menu', () => {
    const menus = pieces({ type: 'text', text: '请选择' }, replies(12))
    expect(menus.map((piece) => (piece as { items: unknown[] }).items.length)).to.deep.equal([
      10, 2,
    ])
    expect(menus.map((piece) => (piece as { head: string }).head)).to.deep.equal(['请选择', ''])
  })

  it('a choice whose id is too long comes back as its words', () => {
    const [menu] = pieces({
      type: 'quickReplies',
      replies: [{ id: 'x'.repeat(129), label: '是' }],
    })
    expect((menu as { items: object[] }).items).to.deep.equal([
      { type: 'click', click: { content: '是' } },
    ])
  })

  it('a card is a link, or with buttons a menu', () => {
    const card: Part = { type: 'card', title: '城墙', text: '八点开放', url: '/spots/1' }
    expect(pieces(card)).to.deep.equal([
      {
        ...{ type: 'link', title: '城墙', desc: '八点开放' },
        url: 'https://hotline.example/spots/1',
      },
    ])
    const [menu] = pieces({
      ...card,
      actions: [
        { kind: 'reply', label: '买票', value: 'buy' },
        { kind: 'url', label: '地图', value: 'https://map.example' },
        { kind: 'call', label: '电话', value: '12301' },
      ],
    })
    expect(menu).to.deep.equal({
      ...{ type: 'menu', head: '城墙\n八点开放\n电话: 12301' },
      items: [
        { type: 'click', click: { id: 'buy', content: '买票' } },
        { type: 'view', view: { url: 'https://map.example', content: '地图' } },
        { type: 'view', view: { url: 'https://hotline.example/spots/1', content: '查看详情' } },
      ],
    })
  })

  it('what leads nowhere without a public address is left out', () => {
    const card: Part = { type: 'card', title: '城墙', url: '/spots/1' }
    expect(outgoingPieces([card], { lang: 'en', publicUrl: undefined })).to.deep.equal([
      { type: 'text', text: '城墙' },
    ])
  })

  it('a file WeCom does not take as a picture, voice or film is a file', () => {
    const as = (mime: string, bytes = 1_000) => {
      const media = {
        ...{ type: 'media' as const, kind: 'image' as const, blobId: 'b' },
        name: 'n',
      }
      return (pieces({ ...media, mime, bytes })[0] as { as: string }).as
    }
    expect(
      ['image/jpeg', 'image/png', 'audio/amr', 'video/mp4'].map((mime) => as(mime)),
    ).to.deep.equal(['image', 'image', 'voice', 'video'])
    expect(
      ['image/gif', 'image/webp', 'audio/wav', 'video/webm'].map((mime) => as(mime)),
    ).to.deep.equal(['file', 'file', 'file', 'file'])
    expect(as('audio/amr', 3_000_000)).to.equal('file')
  })

  it('approved texts, choices and places are said; what is for staff alone is not', () => {
    const said = pieces(
      { type: 'template', templateId: 't', params: {}, text: '您的工单已办结' },
      { type: 'choice', id: 'c', label: '是' },
      { type: 'location', lat: 34.2, lng: 108.9, label: '南门' },
      { type: 'event', name: 'queued', data: {} },
    )
    expect(said).to.deep.equal([
      { type: 'text', text: '您的工单已办结' },
      { type: 'text', text: '是' },
      { type: 'location', lat: 34.2, lng: 108.9, name: '南门' },
    ])
  })

  it('whatever it is made of, WeCom takes it', () => {
    const words = fc
      .string({ unit: 'grapheme', maxLength: 900 })
      .filter((text) => text.trim() !== '')
    const part: fc.Arbitrary<Part> = fc.oneof(
      words.map((text) => ({ type: 'text' as const, text })),
      fc
        .array(fc.record({ id: fc.string({ maxLength: 150 }), label: words }), {
          minLength: 1,
          maxLength: 25,
        })
        .map((list) => ({ type: 'quickReplies' as const, replies: list })),
      fc
        .record({ title: words, text: words, url: fc.webUrl() })
        .map((card) => ({ type: 'card' as const, ...card })),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        for (const piece of outgoingPieces(parts, options)) {
          if (piece.type === 'text')
            checkContent({ msgtype: 'text', text: { content: piece.text } }, () => true)
          if (piece.type === 'menu')
            checkContent(
              { msgtype: 'msgmenu', msgmenu: { head_content: piece.head, list: piece.items } },
              () => true,
            )
          if (piece.type === 'link')
            checkContent({ msgtype: 'link', link: { ...piece, thumb_media_id: 'x' } }, () => true)
        }
      }),
      { numRuns: 60 },
    )
  })
})
