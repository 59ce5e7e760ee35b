import { expect } from 'chai'
import { authResults, looksForged } from '../../../channels/email/auth-results.ts'
import { automaticKind } from '../../../channels/email/automatic-mail.ts'
import { readBounce } from '../../../channels/email/bounce.ts'
import { OwnIds } from '../../../channels/email/own-ids.ts'
import { readMail } from '../../../channels/email/read-mail.ts'

const ids = new OwnIds('secret', 'hotline@example.org')
const read = (header: string, body = 'hi') =>
  readMail(Buffer.from(`${header}\n\n${body}`.replace(/\n/g, '\r\n')))
const kind = async (header: string) =>
  automaticKind(await read(header), (address) => ids.isOurs(address))

describe('mail that no person wrote to us', () => {
  const cases: [string, string | undefined][] = [
    ['From: li@example.com', undefined],
    ['From: li@example.com\nAuto-Submitted: no', undefined],
    ['From: li@example.com\nAuto-Submitted: auto-replied (vacation)', 'auto'],
    ['From: li@example.com\nAuto-Submitted: auto-generated', 'auto'],
    ['From: li@example.com\nX-Auto-Response-Suppress: All', 'auto'],
    ['From: li@example.com\nX-Autoreply: yes', 'auto'],
    ['From: li@example.com\nReturn-Path: <>', 'auto'],
    ['From: li@example.com\nPrecedence: auto_reply', 'auto'],
    ['From: shop@example.com\nPrecedence: bulk', 'list'],
    ['From: shop@example.com\nList-Id: <news.example.com>', 'list'],
    ['From: no-reply@example.com', 'auto'],
    // a form on a web site, filled in by a person
    ['From: no-reply@example.com\nReply-To: li@example.com', undefined],
    ['From: MAILER-DAEMON@example.com', 'bounce'],
    ['From: postmaster@example.com\nReturn-Path: <>', 'bounce'],
    [
      'From: li@example.com\nContent-Type: multipart/report; report-type=delivery-status; boundary=x',
      'bounce',
    ],
    [
      'From: li@example.com\nContent-Type: multipart/report; report-type=disposition-notification; boundary=x',
      'auto',
    ],
    ['From: Hotline <HOTLINE@example.org>', 'own'],
    ['From: hotline+abc@example.org', 'own'],
    ['From: hotline2@example.org', undefined],
  ]
  for (const [header, expected] of cases)
    it(`${header.replaceAll('\n', ' | ')} → ${expected ?? 'a person'}`, async () => {
      expect(await kind(header)).to.equal(expected)
    })
})

describe('mail of ours that did not arrive', () => {
  const id = ids.mint({ messageId: 'a'.repeat(32), threadId: 'b'.repeat(12) })
  const report = (action: string, status: string, returned = id) =>
    read(
      'From: MAILER-DAEMON@example.com\nContent-Type: multipart/report; report-type=delivery-status; boundary=x',
      `--x\n\nSorry.\n--x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n` +
        `Final-Recipient: rfc822; li@example.com\nAction: ${action}\nStatus: ${status}\n` +
        `--x\nContent-Type: text/rfc822-headers\n\nMessage-ID: ${returned}\nSubject: s\n--x--`,
    )

  it('a report names it, with its code', async () => {
    const bare = id.slice(1, -1)
    expect(readBounce(await report('failed', '5.1.1'), ids)).to.deep.equal({
      ...{ id: bare, action: 'failed', code: '5.1.1' },
    })
    expect(readBounce(await report('delayed', '4.4.1'), ids)?.action).to.equal('delayed')
    expect(readBounce(await report('delivered', '2.0.0'), ids)?.action).to.equal('delivered')
  })

  it('a server that writes it in words', async () => {
    const mail = await read(
      'From: MAILER-DAEMON@example.com',
      `550 5.7.1 rejected by policy\n\nMessage-ID: ${id}`,
    )
    expect(readBounce(mail, ids)).to.deep.include({ action: 'failed', code: '5.7.1' })
  })

  it('an id nobody signed says nothing', async () => {
    const forged = `<${'a'.repeat(32)}.${'b'.repeat(12)}.${'0'.repeat(12)}@example.org>`
    expect(readBounce(await report('failed', '5.1.1', forged), ids)).to.equal(undefined)
  })
})

describe('what our mail server found out about a sender', () => {
  const trusted =
    'mx.example.org; spf=pass smtp.mailfrom=x; dkim=fail; dkim=pass header.d=x; dmarc=pass'

  it('reads the one of the configured server, and no other', () => {
    const forged = 'mx.evil.example; dmarc=pass'
    expect(authResults([forged, trusted], 'mx.example.org')).to.deep.equal({
      ...{ spf: 'pass', dkim: 'pass', dmarc: 'pass' },
    })
    expect(authResults([forged], 'mx.example.org')).to.equal(undefined)
    expect(authResults([trusted], '')).to.equal(undefined)
  })

  it('warns where DMARC failed, or without it where nothing holds', () => {
    expect(looksForged({ dmarc: 'fail', spf: 'pass' })).to.equal(true)
    expect(looksForged({ dmarc: 'pass', spf: 'fail' })).to.equal(false)
    expect(looksForged({ spf: 'softfail', dkim: 'none' })).to.equal(true)
    expect(looksForged({ spf: 'softfail', dkim: 'pass' })).to.equal(false)
    expect(looksForged({})).to.equal(false)
  })
})
