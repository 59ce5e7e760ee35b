import { expect } from 'chai'
import type { EmailSettings } from '../../../channels/email/account.ts'
import { emailKind } from '../../../channels/email/account.ts'
import { SmtpLine } from '../../../channels/email/smtp-line.ts'
import type { Misdeed } from '../../simulators/email.ts'
import { EmailSimulator, HOTLINE, plainMail } from '../../simulators/email.ts'

describe('the way out, to an SMTP server of others', () => {
  let mails: EmailSimulator
  let line: SmtpLine
  const settings = (more: object = {}): EmailSettings =>
    emailKind.settings.parse({ ...mails.settings(), ...more })
  const send = (text = 'hi') =>
    line.send(
      { from: HOTLINE, to: 'li@example.com' },
      Buffer.from(
        plainMail({ from: HOTLINE, to: 'li@example.com', subject: 's', text }).replace(
          /\n/g,
          '\r\n',
        ),
      ),
    )

  beforeEach(async () => {
    mails = new EmailSimulator()
    await mails.listen({ imap: false })
    line = new SmtpLine(settings(), { connectMs: 2_000, silenceMs: 2_000 })
  })
  afterEach(async () => {
    line.close()
    await mails.close()
  })

  it('mails follow each other over one connection', async () => {
    for (let at = 0; at < 5; at++) expect((await send(`mail ${at}`)).ok).to.equal(true)
    expect([mails.sent.length, mails.connections]).to.deep.equal([5, 1])
  })

  const misdeeds: [string, Misdeed, string, number][] = [
    ['no such person', { at: 'rcpt', code: 550 }, 'never 550', 0],
    ['greylisted', { at: 'rcpt', code: 451 }, 'later 451', 0],
    ['refused after it was read', { at: 'data', code: 554 }, 'never 554', 0],
    ['the disk of the server is full', { at: 'data', code: 452 }, 'later 452', 0],
    [
      'taken, and the connection broke before the answer',
      { at: 'taken' },
      'unknown ECONNECTION',
      1,
    ],
  ]
  for (const [name, misdeed, expected, arrived] of misdeeds)
    it(`${name}: ${expected}, and the next mail goes through`, async () => {
      mails.misdeeds.push(misdeed)
      const result = await send()
      expect(result.ok || `${result.retry} ${result.code}`).to.equal(expected)
      expect((await send('next')).ok).to.equal(true)
      expect(mails.sent.length).to.equal(arrived + 1)
    })

  it('broken off in the middle of a large one: nothing can have been taken', async () => {
    mails.misdeeds.push({ at: 'half' })
    const result = await send(`${'x'.repeat(76)}\n`.repeat(100_000))
    expect(result.ok || result.retry).to.equal('later')
    expect(mails.sent).to.deep.equal([])
  })

  it('an idle connection the server has closed is no reason to fail, or to send twice', async () => {
    expect((await send('one')).ok).to.equal(true)
    mails.breakOff()
    expect((await send('two')).ok).to.equal(true)
    expect(mails.sent.map(({ mail }) => mail.text?.trim())).to.deep.equal(['one', 'two'])
  })

  it('nobody listens: later, until somebody does', async () => {
    await mails.closeSmtp()
    const result = await send()
    expect(result.ok || result.retry).to.equal('later')
    await mails.listenSmtp()
    expect((await send()).ok).to.equal(true)
  })

  it('a wrong password is told as that, and tried again only after minutes', async () => {
    line = new SmtpLine(settings({ smtpPassword: 'wrong' }))
    const result = await send()
    expect(result).to.include({ ok: false, retry: 'later', code: 'EAUTH' })
    expect(result).to.have.property('afterMs').above(60_000)
  })

  it('STARTTLS that is demanded and not offered sends nothing in the clear', async () => {
    line = new SmtpLine(settings({ smtpSecurity: 'starttls' }))
    const result = await send()
    expect(result.ok || result.retry).to.equal('later')
    expect(mails.sent).to.deep.equal([])
  })

  it('TLS with a private authority', async () => {
    await mails.close()
    mails = new EmailSimulator()
    await mails.listen({ imap: false, tls: true })
    line = new SmtpLine(settings())
    expect((await send()).ok).to.equal(true)
    line.close()
    line = new SmtpLine(settings({ caCertificate: '' }))
    const result = await send()
    expect(result.ok || result.retry).to.equal('later')
    expect(mails.sent).to.have.length(1)
  })
})
