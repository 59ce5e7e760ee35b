import { expect } from 'chai'
import { smsTexts } from '../../../channels/sms/sms-texts.ts'
import type { SmsWording } from '../../../channels/sms/sms-texts.ts'
import type { Part, QuickReply } from '../../../gateway/domain/message.ts'
import { smsSegments } from '../../../gateway/domain/sms-segments.ts'

const publicUrl = 'https://hotline.example'
const wording: SmsWording = {
  ...{ lang: 'zh-CN', publicUrl },
  addressOf: (blobId) => `${publicUrl}/files/${blobId}`,
}
const one = (parts: Part[], more: Partial<SmsWording> = {}) =>
  smsTexts(parts, { ...wording, ...more })
const text = (text: string): Part => ({ type: 'text', text })
const replies = (...labels: string[]): Part => ({
  type: 'quickReplies',
  replies: labels.map((label, at): QuickReply => ({ id: `menu/${at}`, label, key: `${at + 1}` })),
})
const picture: Part = {
  ...{ type: 'media', kind: 'image', blobId: 'b1', name: '地图.png', mime: 'image/png', bytes: 9 },
}

describe('a message as a short message', () => {
  it('choices are numbered lines', () => {
    expect(one([text('您要什么?'), replies('投诉', '建议')])).to.deep.equal([
      '您要什么?\n回复数字:\n1 投诉\n2 建议',
    ])
    expect(one([text('What?'), replies('Complain')], { lang: 'en' })).to.deep.equal([
      'What?\nReply with a number:\n1 Complain',
    ])
  })

  it('choices the words above number already are not repeated', () => {
    for (const words of [
      '是投诉还是建议?1 投诉,2 建议。',
      '请选择:\n1 投诉类\n2. 其他建议',
      '1:投诉 2:建议',
    ])
      expect(one([text(words), replies('投诉', '建议')]), words).to.deep.equal([words])
    expect(one([text('11 投诉,2 建议'), replies('投诉', '建议')])[0]).to.match(/回复数字/)
    expect(one([text('投诉(a|b)*?'), replies('(a|b)*')])[0]).to.match(/1 \(a\|b\)\*$/)
  })

  it('choices without keys are counted', () => {
    const unkeyed: Part = {
      type: 'quickReplies',
      replies: [
        { id: 'a', label: '甲' },
        { id: 'b', label: '乙' },
      ],
    }
    expect(one([unkeyed])).to.deep.equal(['回复数字:\n1 甲\n2 乙'])
    expect(one([{ type: 'quickReplies', replies: [] }])).to.deep.equal([])
  })

  it('a card is its words and addresses', () => {
    const card: Part = {
      ...{ type: 'card', title: '城墙', text: '8:00–22:00', url: '/files/w1' },
      actions: [
        { kind: 'url', label: '购票', value: 'https://tickets.example/wall' },
        { kind: 'call', label: '电话', value: '029-12301' },
        { kind: 'call', label: '网页通话', value: 'web' },
        { kind: 'reply', label: '骑车', value: 'ride' },
      ],
    }
    expect(one([card])).to.deep.equal([
      '城墙\n8:00–22:00\nhttps://hotline.example/files/w1\n购票: https://tickets.example/wall\n电话: 029-12301\n回复“骑车”',
    ])
    expect(one([card], { publicUrl: undefined })[0]).to.not.match(/\/files/)
  })

  it('a file is its address, or a word that there is one', () => {
    expect(one([picture])).to.deep.equal(['地图.png https://hotline.example/files/b1'])
    expect(one([picture], { addressOf: () => undefined })).to.deep.equal([
      '(文件“地图.png”无法通过短信发送)',
    ])
  })

  it('places, approved texts and what people tapped', () => {
    const parts: Part[] = [
      { type: 'location', lat: 34.2, lng: 108.9, label: '钟楼' },
      { type: 'template', templateId: 't', params: {}, text: '【热线】您的工单已办结。' },
      { type: 'choice', id: 'x', label: '投诉' },
      { type: 'event', name: 'closed', data: {} },
    ]
    expect(one(parts)).to.deep.equal(['钟楼(34.2,108.9)\n【热线】您的工单已办结。\n投诉'])
  })

  it('very long answers go out as several, cut where a reader pauses', () => {
    const texts = one([text('城墙每天八点开门。'.repeat(150))])
    expect(texts).to.have.length(3)
    for (const each of texts) {
      expect(smsSegments(each).segments.length).to.be.at.most(10)
      expect(each).to.match(/。$/)
    }
    expect(texts.join('')).to.have.length(150 * 9)
    expect(one([text('The wall opens at eight. '.repeat(60))])).to.have.length(1)
  })
})
