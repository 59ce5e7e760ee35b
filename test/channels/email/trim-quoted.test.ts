import { expect } from 'chai'
import { trimQuoted } from '../../../channels/email/trim-quoted.ts'

const OURS = '12301 <hotline@example.org>'

describe('what somebody wrote, without the mail they answer', () => {
  const below: Record<string, string> = {
    'Gmail in English': `On Tue, Nov 10, 2026 at 9:00 AM ${OURS} wrote:\n> old\n> words`,
    'Gmail, broken over lines': `On Tue, Nov 10, 2026 at 9:00 AM 12301 Hotline of the Province\n<hotline@example.org> wrote:\n\n> old`,
    'Gmail in Chinese': `${OURS} 于2026年11月10日周二 09:00写道:\n> old`,
    'Apple Mail in Chinese': `在 2026年11月10日,09:00,${OURS} 写道:\n\n> old`,
    'QQ mail': `------------------ 原始邮件 ------------------\n发件人: "12301"\n发送时间: 2026年11月10日\n主题: 门票\n\nold`,
    'NetEase mail': `在 2026-11-10 09:00:00,"12301" <hotline@example.org> 写道:\nold words\nwithout marks`,
    'Outlook in English': `From: Hotline <hotline@example.org>\nSent: Tuesday, November 10, 2026 9:00 AM\nTo: Li Wei\nSubject: RE: Tickets\n\nold`,
    'Outlook in Chinese': `________________________________\n发件人: 12301\n发送时间: 2026年11月10日\n收件人: 李伟\n主题: 回复: 门票\n\nold`,
    'Outlook Express': `-----Original Message-----\nFrom: x\n\nold`,
    'a quotation nothing introduces': `> old\n> words`,
    German: `Am 10.11.2026 um 09:00 schrieb ${OURS}:\n> old`,
  }
  for (const [name, quotation] of Object.entries(below))
    it(name, () => {
      expect(trimQuoted(`我要改签\n请帮忙\n\n${quotation}`)).to.deep.equal({
        text: '我要改签\n请帮忙',
        trimmed: true,
      })
    })

  it('answers below and between the lines stay', () => {
    const { text } = trimQuoted(
      `On Tue, Nov 10, 2026 ${OURS} wrote:\n> When?\ntomorrow\n> How many?\nthree`,
    )
    expect(text).to.equal('tomorrow\nthree')
  })

  it('a forwarded mail is what they want to say', () => {
    const mail =
      '请看下面\n\n---------- Forwarded message ---------\nSubject: 订单\n\n您的订单已取消'
    expect(trimQuoted(mail)).to.deep.equal({ text: mail, trimmed: false })
  })

  it('a mail that is nothing but a quotation is shown whole', () => {
    expect(trimQuoted('> only this')).to.deep.equal({ text: '> only this', trimmed: false })
  })

  it('signatures and what telephones add go', () => {
    expect(trimQuoted('hello\n\n-- \nLi Wei\nACME').text).to.equal('hello')
    expect(trimQuoted('你好\n\n发自我的iPhone').text).to.equal('你好')
  })

  it('words that only look like it stay', () => {
    for (const text of [
      'On Monday I wrote: nothing came back',
      '他在信里写道:不好\n我也这样想',
      'From: Xi’an\nTo: Beijing\nwhen is the next train?',
      'a\n-----\nb',
    ])
      expect(trimQuoted(text).text).to.equal(text)
  })

  it('takes linear time, whatever is in it', () => {
    // 2 MB of the worst for each rule; a second is far more than linear work takes
    for (const line of ['On '.repeat(200), '> '.repeat(200), 'From: a', '在 '.repeat(99), '-----'])
      expect(trimQuoted(`x\n${`${line}\n`.repeat(10_000)}`).text).to.be.a('string')
  })
})
