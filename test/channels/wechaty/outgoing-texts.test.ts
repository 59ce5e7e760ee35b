import { expect } from 'chai'
import type { Part } from '../../../gateway/domain/message.ts'
import { outgoingTexts } from '../../../channels/wechaty/outgoing-texts.ts'

const texts = (...parts: Part[]) => outgoingTexts(parts, 'https://hotline.example')

describe('a message of ours as a personal account sends it', () => {
  it('choices are numbered, unless the words number them already', () => {
    const replies: Part = {
      type: 'quickReplies',
      replies: [
        { id: 'a', label: '景点', key: '1' },
        { id: 'b', label: '路线' },
      ],
    }
    expect(texts({ type: 'text', text: '请选择' }, replies)).to.deep.equal([
      { type: 'text', text: '请选择\n1. 景点\n2. 路线' },
    ])
    expect(texts({ type: 'text', text: '1 景点\n2 路线' }, replies)).to.deep.equal([
      { type: 'text', text: '1 景点\n2 路线' },
    ])
  })

  it('cards and places are words with their links', () => {
    expect(
      texts(
        {
          ...{ type: 'card', title: '城墙', text: '八点开放', url: '/spots/1' },
          actions: [{ kind: 'url', label: '地图', value: 'https://map.example' }],
        },
        { type: 'location', lat: 34.2, lng: 108.9, label: '南门' },
      ),
    ).to.deep.equal([
      {
        type: 'text',
        text: '城墙\n八点开放\n地图: https://map.example\nhttps://hotline.example/spots/1\n南门 · 34.2,108.9',
      },
    ])
  })

  it('files stand in their place among the words, and long texts are parted', () => {
    const file: Part = {
      ...{ type: 'media', kind: 'image', blobId: 'b', name: 'a.png', mime: 'image/png', bytes: 3 },
    }
    const found = texts({ type: 'text', text: '看' }, file, {
      type: 'text',
      text: '长'.repeat(1_500),
    })
    expect(found.map(({ type }) => type)).to.deep.equal(['text', 'file', 'text', 'text'])
    expect(texts({ type: 'event', name: 'queued', data: {} })).to.deep.equal([])
  })
})
