import { expect } from 'chai'
import type { Message } from '../../../gateway/domain/message.ts'
import { plainText } from '../../../gateway/domain/message.ts'
import { ConversationModel, MessageModel } from '../../../gateway/intake/model.ts'
import { dovecotMissing } from '../../simulators/dovecot.ts'
import { EmailSimulator, HOTLINE, plainMail } from '../../simulators/email.ts'
import { ChannelScene } from '../scene.ts'
import { describeWhere } from '../../harness/needs.ts'

/** 1×1, but of a size that is no logo. */
const PNG = Buffer.concat([
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
  Buffer.alloc(4000),
])

describeWhere(dovecotMissing(), 'what every channel must stand, by mail', function () {
  this.timeout(60_000)
  const mails = new EmailSimulator()
  let scene: ChannelScene

  before(async () => {
    scene = await ChannelScene.open()
    await mails.listen()
    const settings = { ...mails.settings(), authServer: 'mx.example.org' }
    await scene.addAccount({ id: 'mail', kind: 'email', settings })
    await well()
  })
  after(async () => {
    await mails.close()
    await scene.close()
  })

  const health = async () => (await scene.account('mail')).health!
  const well = () => scene.until(async () => (await health()).state === 'ok', 'a healthy account')
  const of = async (address: string): Promise<Message[]> => {
    const found = await ConversationModel.find({ 'legs.threadKey': new RegExp(`^${address}#`) })
      .sort({ openedAt: 1 })
      .lean()
    const each = found.map(({ _id }) =>
      MessageModel.find({ conversationId: _id }).sort({ seq: 1 }).lean<Message[]>(),
    )
    return (await Promise.all(each)).flat()
  }
  /** What they wrote, once there are so many. */
  const wrote = (address: string, count = 1): Promise<Message[]> =>
    scene.until(async () => {
      const said = (await of(address)).filter(({ direction }) => direction === 'in')
      return said.length >= count && said
    }, `${count} messages of ${address}`)
  const words = (message: Message | undefined) => plainText(message?.parts ?? [])
  /** Somebody with an agent: no bot answers meanwhile. */
  const withAgent = async (address: string, subject: string) => {
    await mails.deliver(plainMail({ from: address, subject, text: '转人工' }))
    const { card } = await scene.lin.accept()
    // what the bot said goodbye with is out: the next mail is the agent's
    await scene.until(async () => {
      const out = (await of(address)).filter(({ direction }) => direction === 'out')
      return out.length && out.every(({ delivery }) => delivery?.state === 'sent')
    }, 'the bot to be done')
    return card.id
  }
  const finish = async (conversationId: string) => {
    await scene.lin.do({ do: 'finish', conversationId })
    await scene.lin.do({ do: 'wrapUpDone', conversationId })
  }
  const answer = (pattern: RegExp) =>
    scene.until(async () => {
      const found = await MessageModel.find({ 'author.kind': 'agent' }).lean<Message[]>()
      return found.find((message) => pattern.test(words(message)))
    }, `the agent's ${pattern}`)
  const comesTo = (pattern: RegExp, state: string) =>
    scene.until(async () => {
      const { delivery } = await answer(pattern)
      return delivery?.state === state && delivery
    }, `${pattern} to be ${state}`)

  it('a mail delivered twice is one message', async () => {
    const mail = plainMail({ from: 'twice@example.com', subject: '你好', text: '你好' })
    await mails.deliver(mail)
    await mails.deliver(mail)
    await mails.deliver(plainMail({ from: 'later@example.com', text: '你好' }))
    await wrote('later@example.com')
    expect(await wrote('twice@example.com')).to.have.length(1)
  })

  it('hostile, broken and oversize mail stops nothing behind it', async () => {
    let bomb = 'deep'
    for (let at = 0; at < 400; at++)
      bomb = `Content-Type: multipart/mixed; boundary=b${at}\n\n--b${at}\n${bomb}\n--b${at}--`
    await mails.deliver(`From: bomb@example.com\nSubject: bomb\n${bomb}`)
    await mails.deliver('')
    await mails.deliver(Buffer.from('00ff00ff0d0a0d0aff', 'hex'))
    await mails.deliver(`From: long@example.com\nSubject: long\n\n${'长'.repeat(200_000)}`)
    await mails.deliver(`From: ${'x'.repeat(5000)}@example.com\n\nhi`)
    await mails.deliver(plainMail({ from: 'behind@example.com', text: '你好' }))
    await wrote('behind@example.com')
    expect(words((await wrote('bomb@example.com'))[0])).to.match(/^bomb\n.*无法解析/s)
    const [long] = await wrote('long@example.com')
    expect(words(long).length).to.be.below(25_000)
    expect(long!.parts.at(-1)).to.deep.include({ type: 'media', mime: 'text/html' })
  })

  it('automatic mail, lists and our own begin no conversation', async () => {
    for (const header of [
      'Auto-Submitted: auto-replied',
      'List-Id: <x.example.com>',
      'Precedence: bulk',
    ])
      await mails.deliver(plainMail({ from: 'robot@example.com', text: 'x', headers: [header] }))
    await mails.deliver(plainMail({ from: HOTLINE, text: 'x' }))
    await mails.deliver(plainMail({ from: 'person@example.com', text: '你好' }))
    await wrote('person@example.com')
    expect(await of('robot@example.com')).to.deep.equal([])
    expect(await of(HOTLINE)).to.deep.equal([])
    const figures = await scene.admin.get<Record<string, number>>('/accounts/mail/mail-figures')
    expect(figures).to.include({ auto: 1, list: 2, own: 1 })
  })

  it('files are kept, refused ones named, the whole mail is a page, and a forged sender is pointed out', async () => {
    const part = (type: string, name: string, content: Buffer, more = '') =>
      `--x\nContent-Type: ${type}; name="${name}"\nContent-Disposition: attachment; filename="${name}"\n${more}` +
      `Content-Transfer-Encoding: base64\n\n${content.toString('base64').replace(/.{76}/g, '$&\n')}\n`
    await mails.deliver(
      'Authentication-Results: mx.example.org; spf=fail; dmarc=fail\n' +
        'From: "=?gb18030?B?wO7OsA==?=" <files@example.com>\nSubject: files\nMessage-ID: <f1@example.com>\n' +
        'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n' +
        '--x\nContent-Type: text/html; charset=utf-8\n\n<p>请看<b>附件</b></p><script>alert(1)</script>\n' +
        part('image/png', 'photo.png', PNG) +
        part('application/octet-stream', 'virus.exe', Buffer.from('MZ\x90\x00')) +
        '--x--\n',
    )
    const [message] = await wrote('files@example.com')
    const [text, note, ...files] = message!.parts
    expect(text).to.deep.equal({ type: 'text', text: 'files\n\n请看附件' })
    expect(note)
      .to.have.property('text')
      .that.matches(/发件人地址未通过验证.*DMARC fail/s)
    expect(note)
      .to.have.property('text')
      .that.matches(/virus\.exe/)
    expect(files.map((each) => each.type === 'media' && each.mime)).to.deep.equal([
      'image/png',
      'text/html',
    ])
    const blob = files[1]!.type === 'media' ? files[1]!.blobId : ''
    const { conversationId } = message!
    const { messages } = await scene.admin.get<{
      messages: { parts: { blobId?: string; url?: string }[] }[]
    }>(`/conversations/${conversationId}/messages`)
    const { url } = messages.flatMap(({ parts }) => parts).find(({ blobId }) => blobId === blob)!
    const page = await fetch(scene.url + url!)
    expect(page.headers.get('content-security-policy')).to.match(/default-src 'none'.*sandbox/)
    expect(page.headers.get('content-type')).to.equal('text/html; charset=utf-8')
    expect(page.headers.get('content-disposition')).to.match(/^inline/)
    const shown = await page.text()
    expect(shown).to.include('<b>附件</b>').and.not.include('alert')
    const contact = await scene.admin.get<{ name?: string }>(
      `/contacts/${(await ConversationModel.findById(conversationId).lean())!.contactId}`,
    )
    expect(contact.name).to.equal('李伟')
  })

  it('the server refuses for good, for a while, or dies at the worst moment; a bounce comes late', async () => {
    const id = await withAgent('fate@example.com', '命运')
    mails.misdeeds.push({ at: 'data', code: 554 })
    await scene.lin.say(id, '第一封')
    expect(await comesTo(/第一封/, 'failed')).to.include({ code: '554' })
    mails.misdeeds.push({ at: 'rcpt', code: 451 })
    await scene.lin.say(id, '第二封')
    await comesTo(/第二封/, 'sent')
    mails.misdeeds.push({ at: 'taken' })
    await scene.lin.say(id, '第三封')
    await comesTo(/第三封/, 'unknown')
    await mails.closeSmtp()
    await scene.lin.say(id, '第四封')
    await scene.until(async () => (await health()).state === 'down', 'the fault to be told')
    await mails.listenSmtp()
    await comesTo(/第四封/, 'sent')
    const times = (pattern: RegExp) =>
      mails.sent.filter(({ mail }) => pattern.test(mail.text ?? '')).length
    expect([/第一封/, /第二封/, /第三封/, /第四封/].map(times)).to.deep.equal([0, 1, 1, 1])

    const { mail } = mails.sent.find((each) => /第四封/.test(each.mail.text ?? ''))!
    await mails.deliver(
      'From: MAILER-DAEMON@example.com\nReturn-Path: <>\nSubject: failure\nMIME-Version: 1.0\n' +
        'Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\n\nSorry.\n' +
        '--x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nAction: failed\nStatus: 5.2.2\n' +
        `--x\nContent-Type: text/rfc822-headers\n\nMessage-ID: ${mail.messageId}\n--x--\n`,
    )
    expect(await comesTo(/第四封/, 'failed')).to.include({ code: '5.2.2' })
    await finish(id)
  })

  it('an agent sends a file, and it arrives as it was', async () => {
    const id = await withAgent('pdf@example.com', '地图')
    const form = new FormData()
    form.append('file', new Blob([PNG]), '地图.png')
    const uploaded = await fetch(`${scene.url}/api/v1/uploads`, {
      method: 'POST',
      headers: { cookie: scene.lin.cookie, origin: scene.url },
      body: form,
    })
    const upload = (await uploaded.json()) as { blobId: string }
    await scene.lin.do({
      do: 'send',
      conversationId: id,
      clientMsgId: 'file-0001',
      content: { type: 'media', blobId: upload.blobId },
    })
    const { mail } = await mails.receives(/地图\.png/)
    expect(mail.attachments.map(({ filename }) => filename)).to.deep.equal(['地图.png'])
    expect(Buffer.from(mail.attachments[0]!.content as ArrayBuffer).equals(PNG)).to.equal(true)
    await finish(id)
  })

  it('a machine that always answers is answered so often and no more; the password changes', async () => {
    await scene.changeAccount('mail', {
      settings: { ...mails.settings(), imapPassword: undefined, answersPerHour: 3 },
    })
    await well()
    const sent = () => mails.sent.filter(({ to }) => to[0] === 'loop@example.com').length
    for (let at = 0; at < 6; at++) {
      await mails.deliver(plainMail({ from: 'loop@example.com', subject: `${at}`, text: '你好' }))
      await wrote('loop@example.com', at + 1)
    }
    const failed = await scene.until(
      async () =>
        (await of('loop@example.com')).filter(({ delivery }) => delivery?.state === 'failed'),
      'answers that were held back',
    )
    expect(failed.every(({ delivery }) => delivery?.code === 'TOO_MANY_ANSWERS')).to.equal(true)
    expect(sent()).to.equal(3)

    await scene.changeAccount('mail', {
      settings: { ...mails.settings(), imapPassword: 'changed' },
    })
    await scene.until(async () => (await health()).state === 'needsPerson', 'the refused password')
    const refused = await scene.check('mail')
    expect([refused.ok, refused.error?.code]).to.deep.equal([false, 'PROVIDER_CREDENTIALS'])
    await mails.deliver(plainMail({ from: 'patient@example.com', text: '你好' }))
    await scene.changeAccount('mail', { settings: mails.settings() })
    await wrote('patient@example.com')
    await well()
  })

  it('nothing of what people wrote, and no password, is in the log', () => {
    const log = JSON.stringify(scene.errors)
    expect(log).to.not.match(/open-sesame|@example\.com|转人工/)
  })
})
