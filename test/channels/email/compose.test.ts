import { expect } from 'chai'
import { compose } from '../../../channels/email/compose.ts'
import { sendOutcome } from '../../../channels/email/send-outcome.ts'
import { wordsOf } from '../../../channels/email/words.ts'
import type { Part } from '../../../gateway/domain/message.ts'

const composed = (parts: Part[], thread?: Parameters<typeof compose>[1], signature = '') =>
  compose({ parts }, thread, signature, wordsOf('zh-CN'))

describe('a message of ours as a mail', () => {
  it('words, cards, choices, places and files, one below the other', () => {
    const mail = composed([
      { type: 'text', text: '您好' },
      {
        type: 'card',
        title: '兵马俑',
        text: '成人 120 元',
        url: 'https://example.org/a',
        actions: [
          { kind: 'reply', label: '订票', value: '订票' },
          { kind: 'call', label: '电话', value: '12301' },
        ],
      },
      { type: 'location', lat: 34.38, lng: 109.27, label: '临潼' },
      {
        type: 'media',
        kind: 'file',
        blobId: 'b1',
        name: '地图.pdf',
        mime: 'application/pdf',
        bytes: 1,
      },
      {
        type: 'quickReplies',
        replies: [
          { id: 'a', label: '主菜单' },
          { id: 'b', label: '转人工', key: '0' },
        ],
      },
    ])
    expect(mail.text).to.equal(
      '您好\n\n兵马俑\n成人 120 元\nhttps://example.org/a\n订票: 请回复“订票”\n电话: 12301\n\n' +
        '临潼\nhttps://uri.amap.com/marker?position=109.27,34.38\n\n[附件: 地图.pdf]\n\n请回复序号:\n1. 主菜单\n0. 转人工',
    )
    expect(mail.blobs.map(({ blobId }) => blobId)).to.deep.equal(['b1'])
  })

  it('the HTML says the same, and nothing in it is taken for markup', () => {
    const { html } = composed([
      { type: 'text', text: '<script>alert("1")</script>\n看 https://example.org/?a=1&b="x' },
    ])
    expect(html).to.not.include('<script>')
    expect(html).to.include('<a href="https://example.org/?a=1&amp;b=">')
    expect(html).to.not.match(/href="(?!https:)/)
  })

  it('answers in its thread', () => {
    const thread = { subject: '门票', lastId: '<2@x>', references: ['<1@x>', '<2@x>'] }
    expect(composed([{ type: 'text', text: 'x' }], thread, '12301')).to.deep.include({
      subject: 'Re: 门票',
      inReplyTo: '<2@x>',
      references: ['<1@x>', '<2@x>'],
      text: 'x\n\n-- \n12301',
    })
    expect(composed([{ type: 'text', text: 'x' }]).subject).to.equal('您的来信')
  })
})

describe('what an error of SMTP says about the mail', () => {
  const cases: [string, object, boolean, string][] = [
    ['no such mailbox', { code: 'EENVELOPE', responseCode: 550 }, false, 'never 550'],
    ['greylisted', { code: 'EENVELOPE', responseCode: 451 }, false, 'later 451'],
    [
      'refused as spam after it was read',
      { code: 'EMESSAGE', responseCode: 554 },
      true,
      'never 554',
    ],
    ['the disk of the server is full', { code: 'EMESSAGE', responseCode: 452 }, true, 'later 452'],
    ['larger than announced', { code: 'EMESSAGE' }, false, 'never EMESSAGE'],
    ['nobody listens', { code: 'ESOCKET' }, false, 'later ESOCKET'],
    ['lost before all of it was out', { code: 'ECONNECTION' }, false, 'later ECONNECTION'],
    ['lost when all of it was out', { code: 'ECONNECTION' }, true, 'unknown ECONNECTION'],
    ['silence after the final dot', { code: 'ETIMEDOUT' }, true, 'unknown ETIMEDOUT'],
    ['a wrong password', { code: 'EAUTH', responseCode: 535 }, false, 'later EAUTH'],
    ['a certificate nobody signed', { code: 'ETLS' }, false, 'later ETLS'],
  ]
  for (const [name, error, given, expected] of cases)
    it(`${name}: ${expected}`, () => {
      const { retry, code } = sendOutcome(error, given)
      expect(`${retry} ${code}`).to.equal(expected)
    })
})
