import { expect } from 'chai'
import type { ChannelAdapter, OutgoingMessage, SendResult } from '../../channels/channel.ts'
import { createBotServices } from '../../gateway/bot-services.ts'
import type { BotServicesOptions } from '../../gateway/bot-services.ts'
import { TemplateModel } from '../../gateway/accounts/model.ts'
import { Templates } from '../../gateway/accounts/templates.ts'
import { codeSender } from '../../gateway/code-sender.ts'
import { OneTimeCodes } from '../../gateway/contacts/one-time-codes.ts'
import { AccountModel } from '../../gateway/intake/model.ts'
import { ContactsRoom, claim } from '../contacts/house.ts'
import { openTemporaryStore } from '../intake/temporary-store.ts'

const PHONE = '+8613800138000'

describe('one-time codes go out as short messages', function () {
  this.timeout(30_000)
  let store: { close(): Promise<void> }
  const sent: OutgoingMessage[] = []
  let results: Record<string, SendResult> = {}
  const sms = {
    async send(outgoing: OutgoingMessage): Promise<SendResult> {
      sent.push(outgoing)
      return results[outgoing.leg.accountId] ?? { ok: true, state: 'sent' }
    },
  } as ChannelAdapter
  const room = new ContactsRoom()
  const { now } = room
  const send = codeSender({ adapter: () => sms, templates: new Templates(), now })

  before(async () => {
    store = await openTemporaryStore()
  })
  after(() => store.close())
  beforeEach(async () => {
    await Promise.all([AccountModel.deleteMany({}), TemplateModel.deleteMany({})])
    sent.length = 0
    results = {}
  })

  const account = (_id: string, more: object = {}) =>
    AccountModel.create({
      ...{ _id, channel: 'sms', kind: 'smpp', name: _id, flowId: 'main', lang: 'zh-CN' },
      ...{ enabled: true, allowedOrigins: [], title: {}, greeting: {}, version: 1 },
      ...more,
    })
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'done',
      (error: { code: string }) => error.code,
    )
  const partOf = (outgoing: OutgoingMessage | undefined) => outgoing?.message.parts[0]

  it('in plain words, in the language of the contact', async () => {
    await account('carrier')
    await send(PHONE, '042719', 'zh-CN')
    await send(PHONE, '042719', 'en')
    expect(sent[0]!.leg).to.include({ accountId: 'carrier', threadKey: PHONE })
    expect(partOf(sent[0])).to.have.property('text').that.contains('042719').and.contains('验证码')
    expect(partOf(sent[1])).to.have.property('text').that.contains('042719').and.contains('code')
  })

  it('as the approved text named otp, where there is one', async () => {
    await account('aliyun')
    await new Templates().create({
      ...{ accountId: 'aliyun', name: 'otp', providerId: 'SMS_1', use: 'template' },
      text: '验证码{{code}},{{min}}分钟内有效',
      params: [
        { key: 'code', label: '验证码' },
        { key: 'min', label: '分钟' },
      ],
    })
    await send(PHONE, '042719', 'zh-CN')
    expect(partOf(sent[0])).to.deep.include({
      type: 'template',
      params: { code: '042719', min: '5' },
      text: '验证码042719,5分钟内有效',
    })
  })

  it('over the next account when one refuses, those in their language first', async () => {
    await account('a-chinese')
    await account('b-english', { lang: 'en' })
    results = { 'b-english': { ok: false, retry: 'never', code: '21211' } }
    await send(PHONE, '1', 'en')
    expect(sent.map(({ leg }) => leg.accountId)).to.deep.equal(['b-english', 'a-chinese'])
    results['a-chinese'] = { ok: false, retry: 'later', code: 'ACCOUNT_OFF' }
    expect(await codeOf(send(PHONE, '1', 'en'))).to.equal('CODE_NOT_SENT')
  })

  it('what may have arrived is not sent twice', async () => {
    await account('a')
    await account('b')
    results = { a: { ok: false, retry: 'unknown', code: 'TIMEOUT' } }
    await send(PHONE, '1', 'zh-CN')
    expect(sent).to.have.length(1)
  })

  it('without an account that is switched on it says so', async () => {
    await account('off', { enabled: false })
    expect(await codeOf(send(PHONE, '1', 'zh-CN'))).to.equal('NO_SMS_ACCOUNT')
    const none = codeSender({ adapter: () => undefined, templates: new Templates(), now })
    expect(await codeOf(none(PHONE, '1', 'zh-CN'))).to.equal('NO_SMS_ACCOUNT')
  })

  it('a flow learns how it went', async () => {
    await account('carrier')
    const { contacts, identities } = room
    const codes = new OneTimeCodes({ contacts, identities, send, secret: 's', now })
    const bot = createBotServices({ codes, now } as unknown as BotServicesOptions)
    const { contactId } = await room.seen(claim('wechatOpenid', 'flow', 'proven', 'wx'))
    const request = { contactId, phone: '13800138000', lang: 'zh-CN' }
    expect(await bot.sendCode({ ...request, key: 'k1' })).to.deep.equal({
      state: 'sent',
      phone: PHONE,
    })
    expect(await bot.sendCode({ ...request, key: 'k1' })).to.include({ state: 'sent' })
    expect(sent, 'a turn repeated').to.have.length(1)
    expect(await bot.sendCode({ ...request, key: 'k2' })).to.include({ state: 'tooOften' })
    const landline = { ...request, phone: '029-87210000', key: 'k3' }
    expect(await bot.sendCode(landline)).to.include({ state: 'badNumber' })
    const part = partOf(sent[0])
    const code = /\d{6}/.exec(part?.type === 'text' ? part.text : '')![0]
    expect(await bot.verifyCode({ contactId, phone: PHONE, code })).to.include({
      state: 'proven',
      phone: PHONE,
    })
    await AccountModel.deleteMany({})
    const other = { ...request, phone: '13900139000', key: 'k4' }
    room.nowMs += 60_000
    expect(await codeOf(bot.sendCode(other))).to.equal('NO_SMS_ACCOUNT')
  })
})
