import { once } from 'node:events'
import { expect } from 'chai'
import { plainText } from '../../../gateway/domain/message.ts'
import { ConversationModel, InboxModel } from '../../../gateway/intake/model.ts'
import { SmppSimulator } from '../../simulators/smpp.ts'
import { ChannelScene } from '../scene.ts'

const TOURIST = '8613800138000'
const THREAD = `+${TOURIST}`

describe('a tourist by SMS (SMPP), from the first question to the survey', function () {
  this.timeout(60_000)
  const centre = new SmppSimulator({ againMs: 100 })
  let scene: ChannelScene

  before(async () => {
    scene = await ChannelScene.open()
    const { host, port } = await centre.listen()
    const settings = { host, port, systemId: 'yilu', password: 'secret', source: '12301' }
    const bound = once(centre, 'bound')
    await scene.addAccount({ id: 'sms', kind: 'smpp', settings })
    await bound
  })
  after(async () => {
    await scene.close()
    await centre.close()
  })

  const texts = () => centre.shown.map(({ text }) => text)
  const hears = (expected: RegExp, from = 0) =>
    scene.until(
      () =>
        texts()
          .slice(from)
          .find((text) => expected.test(text)),
      `${expected}`,
    )
  const says = (text: string) => centre.say(TOURIST, '12301', text)

  it('the account is in order', async () => {
    expect(await scene.check('sms')).to.include({ ok: true })
    expect((await scene.account('sms')).health?.state).to.equal('ok')
  })

  it('asks, chooses by number, is handed to an agent, and rates', async () => {
    await says('你好')
    await hears(/旅游热线/)
    await hears(/请选择:\n1 景点/)
    const afterMenu = texts().length
    await says('城墙几点关门')
    await hears(/城墙/, afterMenu)
    const before = texts().length
    await says('0')
    const { card } = await scene.lin.accept()
    expect(card.channel).to.equal('sms')
    const long = '您好,我是林小雨。'.repeat(12)
    await scene.lin.say(card.id, long)
    expect(await hears(/我是林小雨/, before)).to.equal(long)
    await says('谢谢您,'.repeat(30))
    await scene.lin.hears(/谢谢您/)
    await scene.lin.do({ do: 'finish', conversationId: card.id })
    await hears(/评价/, before)
    await says('5')
    await hears(/还有什么想|再见|感谢/, before)
    const messages = await scene.messages(THREAD)
    expect(messages.filter(({ direction }) => direction === 'in')).to.have.length(5)
    await scene.until(
      async () =>
        (await scene.messages(THREAD))
          .filter(({ direction }) => direction === 'out')
          .every(({ delivery }) => delivery?.state === 'delivered'),
      'receipts of all that was sent',
    )
    // a busy machine may kill the speech synthesis beside us
    expect(scene.errors.filter(({ err }) => !/espeak/.test(err?.message ?? ''))).to.deep.equal([])
  })

  it('the number is the identity, observed and no more', async () => {
    const conversation = (await scene.conversation(THREAD))!
    const { items } = await scene.admin.get<{ items: { identities?: unknown[] }[] }>(
      `/contacts?q=${encodeURIComponent('13800138000')}`,
    )
    expect(items).to.have.length(1)
    const contact = await scene.admin.get<{ identities: { kind: string; assurance: string }[] }>(
      `/contacts/${conversation.contactId}`,
    )
    expect(contact.identities).to.have.length(1)
    expect(contact.identities[0]).to.include({ kind: 'phone', assurance: 'observed' })
  })

  it('who says STOP gets one confirmation and nothing more, until START', async () => {
    const before = texts().length
    await says('STOP')
    await hears(/unsubscribed/, before)
    await says('城墙几点关门')
    await hears(/START/, before + 1)
    await scene.until(
      async () =>
        (await scene.messages(THREAD)).some(({ delivery }) => delivery?.code === 'OPTED_OUT'),
      'an answer that was not sent',
    )
    expect(texts().slice(before)).to.have.length(2)
    await says('START')
    await hears(/again/, before)
    await says('城墙几点关门')
    await hears(/城墙/, before)
    await hears(/还有想问的吗[^\n]*$/, before)
  })

  it('what a machine writes is kept, and not answered', async () => {
    await centre.say('10086', '12301', '您的话费余额不足')
    await scene.until(
      async () =>
        (await scene.messages('10086')).some(({ delivery }) => delivery?.code === 'BAD_NUMBER'),
      'an answer that was not sent',
    )
    expect(centre.shown.filter(({ to }) => to === '10086')).to.deep.equal([])
  })

  it('a restart between the parts of a long text: it comes whole, once', async () => {
    const text = '我的护照丢在城墙景区了,请帮忙联系失物招领处。'.repeat(5)
    const [first, ...rest] = centre.partsOf(TOURIST, '12301', text)
    expect(await centre.deliver(first!)).to.equal(0)
    const binds = centre.binds.length
    await scene.restart()
    await scene.until(() => centre.binds.length > binds, 'a second bind')
    // its answer to the first part was lost, says the centre
    await Promise.all([first!, ...rest].map((part) => centre.deliver(part)))
    await scene.until(
      async () => (await scene.messages(THREAD)).some(({ parts }) => plainText(parts) === text),
      'the text',
    )
    const whole = (await scene.messages(THREAD)).filter(({ parts }) => plainText(parts) === text)
    expect(whole).to.have.length(1)
  })

  it('a restart in the middle: what waits at the centre comes, once', async () => {
    const inboxes = await InboxModel.countDocuments({ channel: 'sms' })
    const binds = centre.binds.length
    await scene.restart()
    await scene.until(() => centre.binds.length > binds, 'another bind')
    await says('转人工')
    await scene.until(
      async () => (await InboxModel.countDocuments({ channel: 'sms' })) > inboxes,
      'the text',
    )
    const { card } = await scene.lin.accept()
    await scene.lin.say(card.id, '我在。')
    await hears(/我在。/)
    expect(
      await ConversationModel.countDocuments({
        'legs.threadKey': THREAD,
        openKeys: { $exists: true },
      }),
    ).to.equal(1)
  })
})
