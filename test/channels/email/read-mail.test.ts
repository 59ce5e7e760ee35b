import { expect } from 'chai'
import iconv from 'iconv-lite'
import { textOfHtml } from '../../../channels/email/html-text.ts'
import { readMail } from '../../../channels/email/read-mail.ts'

const crlf = (text: string) => text.replace(/\r?\n/g, '\r\n')
const read = (text: string) => readMail(Buffer.from(crlf(text)))

describe('a mail as it came', () => {
  for (const charset of ['gb18030', 'gb2312', 'gbk', 'big5', 'utf-8'])
    it(`${charset}, in its header and its body`, async () => {
      const traditional = charset === 'big5'
      const words = traditional ? '兵馬俑門票多少錢' : '兵马俑门票多少钱'
      const subject = `=?${charset}?B?${iconv.encode(words, charset).toString('base64')}?=`
      const header = `From: a@b.com\nSubject: ${subject}\nContent-Type: text/plain; charset=${charset}\n\n`
      const mail = await readMail(
        Buffer.concat([Buffer.from(crlf(header)), iconv.encode(words, charset)]),
      )
      expect([mail.subject, mail.text.trim()]).to.deep.equal([words, words])
    })

  it('iso-2022-jp and euc-kr', async () => {
    // "こんにちは" in JIS X 0208, RFC 1468
    const jis = Buffer.concat([
      Buffer.from('From: a@b.com\r\nContent-Type: text/plain; charset=ISO-2022-JP\r\n\r\n\x1b$B'),
      Buffer.from('$3$s$K$A$O'),
      Buffer.from('\x1b(B\r\n'),
    ])
    expect((await readMail(jis)).text.trim()).to.equal('こんにちは')
    const korean = Buffer.concat([
      Buffer.from('From: a@b.com\r\nContent-Type: text/plain; charset=euc-kr\r\n\r\n'),
      iconv.encode('안녕하세요', 'euc-kr'),
    ])
    expect((await readMail(korean)).text.trim()).to.equal('안녕하세요')
  })

  it('GBK that nothing declares, in header and body', async () => {
    const raw = iconv.encode(crlf('From: 李伟 <a@b.com>\nSubject: 退票\n\n我要退票'), 'gbk')
    const mail = await readMail(raw)
    expect([mail.from?.name, mail.subject, mail.text.trim()]).to.deep.equal([
      '李伟',
      '退票',
      '我要退票',
    ])
  })

  it('an undeclared subject above a declared body', async () => {
    const raw = Buffer.concat([
      iconv.encode(
        crlf('From: a@b.com\nSubject: 退票\nContent-Type: text/plain; charset=big5\n\n'),
        'gbk',
      ),
      iconv.encode('退票', 'big5'),
    ])
    const mail = await readMail(raw)
    expect([mail.subject, mail.text.trim()]).to.deep.equal(['退票', '退票'])
  })

  it('who it is from, whom to answer, what it answers', async () => {
    const mail = await read(
      'From: "Li, Wei" <Li.Wei@Example.COM>\nReply-To: <desk@example.com>\nTo: Hotline <hotline@example.org>, x@y.z\n' +
        'Delivered-To: hotline+tag@example.org\nMessage-ID: <1@example.com>\n' +
        'In-Reply-To: <b@x> (of yesterday)\nReferences: <a@x>\n <b@x>\n\nhi',
    )
    expect(mail.from).to.deep.equal({ address: 'li.wei@example.com', name: 'Li, Wei' })
    expect(mail.replyTo).to.equal('desk@example.com')
    expect(mail.recipients).to.deep.equal([
      'hotline@example.org',
      'x@y.z',
      'hotline+tag@example.org',
    ])
    expect([mail.id, mail.inReplyTo, mail.references]).to.deep.equal([
      '<1@example.com>',
      ['<b@x>'],
      ['<a@x>', '<b@x>'],
    ])
  })

  it('an address with more in it than an address is none', async () => {
    for (const from of ['"a@b.com\\r\\nBcc: x"@c.d', 'nobody', '<>', 'a b@c.d'])
      expect((await read(`From: ${from}\n\nhi`)).from?.address ?? 'none').to.not.match(/[\s"<>]/)
  })

  it('a mail within a mail stays a file', async () => {
    const mail = await read(
      'From: a@b.com\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nsee this\n--x\n' +
        'Content-Type: message/rfc822\n\nFrom: evil@b.com\nSubject: s\n\ninner\n--x--\n',
    )
    expect(mail.text.trim()).to.equal('see this')
    expect(mail.attachments.map(({ mime }) => mime)).to.deep.equal(['message/rfc822'])
  })

  it('what is nested or headed beyond reason is refused', async () => {
    let bomb = 'deep'
    for (let at = 0; at < 60; at++)
      bomb = `Content-Type: multipart/mixed; boundary=b${at}\n\n--b${at}\n${bomb}\n--b${at}--`
    const failed = await Promise.allSettled([
      read(`From: a@b.com\n${bomb}`),
      read(`From: a@b.com\n${'X-Long: y\n'.repeat(40_000)}\nhi`),
      read(
        `From: a@b.com\nContent-Type: multipart/mixed; boundary=x\n\n${'--x\n\nhi\n'.repeat(9_000)}`,
      ),
    ])
    expect(failed.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected', 'rejected'])
  })

  it('HTML no program writes is read as words: its parser would take seconds over it', async () => {
    for (const html of ['<div>'.repeat(90_000), '<i><b>'.repeat(80_000), '<p>'.repeat(90_000)]) {
      const mail = await read(`From: a@b.com\nContent-Type: text/html\n\n${html}退票`)
      expect([mail.html, mail.text.trim()]).to.deep.equal(['', '退票'])
    }
  })

  it('HTML as words: no styles, no pictures, cells apart, quotations marked', () => {
    const text = textOfHtml(
      '<style>p{color:red}</style><p>您好,<br>我要<b>退票</b></p><table><tr><td>订单</td><td>123</td></tr></table>' +
        '<img src="https://x/pixel.gif"><script>alert(1)</script><blockquote>old</blockquote>',
    )
    expect(text).to.equal('您好,\n我要退票\n\n订单 123\n\n> old')
  })
})
