import { once } from 'node:events'
import { expect } from 'chai'
import type { WritableAccountView } from '../../gateway/accounts/schema.ts'
import type { DeskCommand, DeskFrame, WriteResult } from '../../gateway/desk/protocol.ts'
import { ConversationModel } from '../../gateway/intake/model.ts'
import { RefusedError } from '../harness/agent.ts'
import { SimulatedChat } from '../harness/chat.ts'
import { dovecotMissing } from '../simulators/dovecot.ts'
import { EmailSimulator, plainMail } from '../simulators/email.ts'
import { SmppSimulator } from '../simulators/smpp.ts'
import { ChannelScene } from './scene.ts'

const PHONE = '+8613800138000'

describe('an agent goes on by SMS or e-mail in the same conversation, and writes first', function () {
  this.timeout(60_000)
  const centre = new SmppSimulator({ againMs: 100 })
  const missing = dovecotMissing()
  const mails = new EmailSimulator()
  let scene: ChannelScene
  let visitor: SimulatedChat
  let conversationId: string

  before(async () => {
    scene = await ChannelScene.open()
    const { host, port } = await centre.listen()
    const settings = { host, port, systemId: 'yilu', password: 'secret', source: '12301' }
    const bound = once(centre, 'bound')
    await scene.addAccount({ id: 'sms', kind: 'smpp', settings })
    await bound
    await scene.addAccount({
      id: 'aliyun',
      kind: 'aliyunSms',
      settings: { accessKeyId: 'key', accessKeySecret: 'secret', signName: '热线' },
    })
    visitor = await new SimulatedChat(scene.url, 'zh-CN').connect()
    await visitor.say('转人工')
    const { card } = await scene.lin.accept()
    conversationId = card.id
  })
  after(async () => {
    visitor.cut()
    await scene.close()
    await centre.close()
  })

  const refused = async (command: DeskCommand) => {
    const error: unknown = await scene.lin.do(command).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).to.be.instanceOf(RefusedError)
    return (error as RefusedError).error
  }
  const reaches = () =>
    scene.lin.frames.filter(
      (frame): frame is Extract<DeskFrame, { t: 'reach' }> => frame.t === 'reach',
    )
  const conversation = async () => (await ConversationModel.findById(conversationId).lean())!
  const heard = (text: RegExp) =>
    scene.until(() => centre.shown.find((sms) => text.test(sms.text)), `an SMS like ${text}`)

  it('a new account answers its provider from the moment its form is answered', async () => {
    const settings = { accessKeyId: 'key', accessKeySecret: 'secret', signName: '热线' }
    const made = await scene.addAccount({ id: 'newest', kind: 'aliyunSms', settings })
    const { pathname } = new URL(made.callbacks![0]!.address, scene.url)
    const answer = await fetch(`${scene.url}${pathname}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '[]',
    })
    expect(answer.status).to.equal(200)
    await scene.changeAccount('newest', { enabled: false })
  })

  it('agents are told which accounts may write first, and which send approved texts only', async () => {
    const { items } = await scene.lin.get<{ items: WritableAccountView[] }>('/accounts/writable')
    expect(items).to.deep.equal([
      { id: 'aliyun', name: 'aliyun', channel: 'sms', templatesOnly: true },
      { id: 'sms', name: 'sms', channel: 'sms', templatesOnly: false },
    ])
  })

  it('what follows goes out by SMS, the answer comes into the same conversation', async () => {
    const before = reaches().length
    await scene.lin.do({ do: 'writeBy', conversationId, accountId: 'sms', to: '138 0013 8000' })
    await scene.until(() => reaches().length > before, 'the new reach')
    expect(reaches().at(-1)).to.deep.include({ conversationId })
    expect(reaches().at(-1)!.reach).to.include({ accountId: 'sms', channel: 'sms', segments: true })
    await scene.lin.say(conversationId, '我改用短信回复您。')
    expect(await heard(/改用短信/)).to.include({ to: PHONE.slice(1) })
    await centre.say(PHONE.slice(1), '12301', '收到短信了')
    await scene.lin.hears(/收到短信了/)
    const { legs, contactId } = await conversation()
    expect(legs.map(({ channel }) => channel)).to.deep.equal(['webchat', 'sms'])
    const contact = await scene.lin.get<{ identities: object[] }>(`/contacts/${contactId}`)
    expect(contact.identities).to.deep.include.members([
      { ...contact.identities.at(-1), kind: 'phone', value: PHONE, assurance: 'observed' },
    ])
  })

  it('the same number again is no second leg; who writes in the chat is answered there', async () => {
    await scene.lin.do({ do: 'writeBy', conversationId, accountId: 'sms', to: PHONE })
    expect((await conversation()).legs).to.have.length(2)
    const before = reaches().length
    await visitor.say('我回到网页了')
    await scene.lin.hears(/回到网页/)
    await scene.until(() => reaches().length > before, 'the new reach')
    expect(reaches().at(-1)!.reach?.channel).to.equal('webchat')
    const shown = centre.shown.length
    await scene.lin.say(conversationId, '好的,在网页上说。')
    await visitor.hears(/在网页上说/)
    expect(centre.shown).to.have.length(shown)
  })

  it('is refused: what is no mobile, an account that cannot, a conversation of somebody else', async () => {
    const command = { do: 'writeBy', conversationId, accountId: 'sms', to: PHONE } as const
    expect((await refused({ ...command, to: '029-87210000' })).code).to.equal('BAD_MOBILE')
    expect((await refused({ ...command, accountId: 'web' })).code).to.equal('NO_WRITING_FIRST')
    expect((await refused({ ...command, accountId: 'none' })).code).to.equal('NO_WRITING_FIRST')
    expect((await refused({ ...command, conversationId: 'none' })).code).to.equal('NOT_FOUND')
    const amy = await scene.agent('amy')
    const error: unknown = await amy.do(command).catch((reason: unknown) => reason)
    expect((error as RefusedError).error.code).to.equal('NOT_YOURS')
    amy.cut()
  })

  it('is refused with the other conversation named, where one goes on with this number', async () => {
    await centre.say('8613900139000', '12301', '你好')
    const other = await scene.until(() => scene.conversation('+8613900139000'), 'the other one')
    const to = '13900139000'
    const { code, details } = await refused({ do: 'writeBy', conversationId, accountId: 'sms', to })
    expect({ code, details }).to.deep.equal({
      code: 'THREAD_BUSY',
      details: { conversationId: other._id },
    })
    const { contactId } = await conversation()
    const first = await refused({ do: 'writeTo', contactId, accountId: 'sms', to })
    expect(first.code).to.equal('THREAD_BUSY')
  })

  it('an account of approved texts says so, and takes no other words', async () => {
    await scene.lin.do({ do: 'writeBy', conversationId, accountId: 'aliyun', to: '13800138001' })
    await scene.until(() => reaches().at(-1)?.reach?.accountId === 'aliyun', 'the new reach')
    expect(reaches().at(-1)!.reach).to.include({ templatesOnly: true, noInvite: 'TEMPLATE_ONLY' })
    const content = { type: 'text', text: '您好' } as const
    const error = await refused({ do: 'send', conversationId, clientMsgId: 'free-words', content })
    expect(error.code).to.equal('TEMPLATE_ONLY')
  })

  it('an agent writes first: a conversation of their own, answered in it', async () => {
    const { contactId } = await conversation()
    const to = '13800138002'
    const result = await scene.lin.do({ do: 'writeTo', contactId, accountId: 'sms', to })
    const id = (result as WriteResult).conversationId
    const { card } = await scene.lin.open(id)
    expect(card).to.include({ state: 'agent', channel: 'sms', agentId: scene.lin.welcome.me.id })
    expect(card.contact.id).to.equal(contactId)
    await scene.lin.say(id, '您的失物找到了。')
    expect(await heard(/失物找到了/)).to.include({ to: '8613800138002' })
    await centre.say('8613800138002', '12301', '太好了谢谢')
    expect(await scene.lin.hears(/太好了谢谢/)).to.include({ conversationId: id })
    await scene.lin.do({ do: 'finish', conversationId: id })
    await scene.lin.do({ do: 'wrapUpDone', conversationId: id })
    const closed = await scene.until(
      () => ConversationModel.findOne({ _id: id, state: 'closed' }).lean(),
      'the end',
    )
    expect(closed.openKeys).to.equal(undefined)
  })

  it('who has unsubscribed is not written to', async () => {
    await centre.say('8613700137000', '12301', 'STOP')
    await heard(/unsubscribed/)
    const command = { do: 'writeBy', conversationId, accountId: 'sms', to: '13700137000' } as const
    expect((await refused(command)).code).to.equal('OPTED_OUT')
  })

  describe('by e-mail', () => {
    before(async function () {
      if (missing) this.skip() // Debian package dovecot-imapd is not installed
      await mails.listen()
      await scene.addAccount({ id: 'mail', kind: 'email', settings: mails.settings() })
      await scene.until(
        async () => (await scene.account('mail')).health?.state === 'ok',
        'the mailbox to be watched',
      )
    })
    after(async () => {
      if (!missing) await mails.close()
    })

    it('the first mail has its subject and answers nothing; the reply finds back', async () => {
      const way = { accountId: 'mail', to: 'LiWei@Example.com' }
      expect((await refused({ do: 'writeBy', conversationId, ...way })).code).to.equal(
        'SUBJECT_NEEDED',
      )
      const bad = { ...way, to: 'li wei', subject: '失物' }
      expect((await refused({ do: 'writeBy', conversationId, ...bad })).code).to.equal('BAD_EMAIL')
      const own = { ...way, to: mails.settings().fromAddress as string, subject: '失物' }
      expect((await refused({ do: 'writeBy', conversationId, ...own })).code).to.equal('BAD_EMAIL')

      await scene.lin.do({ do: 'writeBy', conversationId, ...way, subject: '您的失物' })
      await scene.lin.say(conversationId, '照片见附件。')
      const first = await mails.receives(/照片见附件/)
      expect(first.to).to.deep.equal(['liwei@example.com'])
      expect(first.mail.subject).to.equal('您的失物')
      expect(first.mail.inReplyTo).to.equal(undefined)
      await scene.lin.say(conversationId, '补充一句。')
      const second = await mails.receives(/补充一句/)
      expect(second.mail.subject).to.equal('Re: 您的失物')
      expect(second.mail.inReplyTo).to.equal(first.mail.messageId)
      await mails.deliver(
        plainMail({
          from: 'Li Wei <liwei@example.com>',
          subject: '回复:您的失物',
          headers: [`In-Reply-To: ${first.mail.messageId}`],
          text: '邮件收到了',
        }),
      )
      expect(await scene.lin.hears(/邮件收到了/)).to.include({ conversationId })
      expect(mails.complaints).to.deep.equal([])
    })
  })
})
