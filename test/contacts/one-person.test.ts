import { once } from 'node:events'
import { expect } from 'chai'
import type { TimelineView } from '../../gateway/contacts/schema.ts'
import { SimulatedPhone } from '../harness/phone.ts'
import { ChannelScene } from '../channels/scene.ts'
import { SmppSimulator } from '../simulators/smpp.ts'
import { WechatSimulator } from '../simulators/wechat.ts'

const OPENID = 'oOne_Person'
const MOBILE = '13712345678'

describe('one person on WeChat, by telephone and by SMS', function () {
  this.timeout(90_000)
  const wechat = new WechatSimulator()
  const centre = new SmppSimulator({ againMs: 100 })
  let scene: ChannelScene
  let phone: SimulatedPhone
  let contactId: string

  before(async () => {
    scene = await ChannelScene.open()
    await wechat.listen()
    const { host, port } = await centre.listen()
    await scene.addAccount({ id: 'wx', kind: 'wechat', settings: wechat.settings() })
    wechat.callback = scene.callback('wechat', 'wx')
    const bound = once(centre, 'bound')
    await scene.addAccount({
      ...{ id: 'sms', kind: 'smpp' },
      settings: { host, port, systemId: 'yilu', password: 'secret', source: '12301' },
    })
    await bound
    expect(await scene.check('wx')).to.include({ ok: true })
    phone = await SimulatedPhone.start()
  })
  after(async () => {
    await phone?.stop()
    await scene.close()
    await Promise.all([wechat.close(), centre.close()])
  })

  const says = (text: string) => centre.say(`86${MOBILE}`, '12301', text)
  const channelsSeen = async () => {
    const { items } = await scene.lin.get<TimelineView>(`/contacts/${contactId}/timeline`)
    return items.flatMap((item) => (item.type === 'conversation' ? item.channels : [])).reverse()
  }
  const post = async <T>(path: string, body: object = {}): Promise<T> => {
    const response = await scene.lin.rest('POST', path, body)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (response.status === 204 ? undefined : await response.json()) as T
  }
  const served = async () => {
    const { card } = await scene.lin.accept()
    const contact = card.contact.id
    await scene.lin.do({ do: 'finish', conversationId: card.id })
    await scene.lin.do({ do: 'wrapUpDone', conversationId: card.id })
    return contact
  }
  let strangerId: string

  it('an SMS from a number nobody has proven is a contact of its own', async () => {
    await says('人工')
    strangerId = await served()
    // rates, and is done
    await scene.until(() => centre.shown.some(({ text }) => /评价/.test(text)), 'the survey')
    await says('5')
    await scene.until(() => centre.shown.some(({ text }) => /还有什么想/.test(text)), 'why so')
    await says('没有')
    await scene.until(
      async () => (await scene.conversation(`+86${MOBILE}`))?.state === 'closed',
      'the end',
    )
  })

  it('on WeChat the agent sends a code to the number, and the tourist proves it by reading it out', async () => {
    await wechat.says(OPENID, '人工')
    const { card } = await scene.lin.accept()
    contactId = card.contact.id
    expect(contactId).to.not.equal(strangerId)
    const before = centre.shown.length
    await post(`/contacts/${contactId}/codes`, { phone: MOBILE })
    const sms = await scene.until(
      () => centre.shown.slice(before).find(({ text }) => /\d{6}/.test(text)),
      'the code on the telephone',
    )
    await wechat.says(OPENID, '收到了')
    await post(`/contacts/${contactId}/codes/verify`, {
      ...{ phone: MOBILE, code: /\d{6}/.exec(sms.text)![0] },
    })
    await scene.lin.do({ do: 'finish', conversationId: card.id })
    await scene.lin.do({ do: 'wrapUpDone', conversationId: card.id })
    // what came from that number before anybody had proven it is not theirs by itself
    expect(await channelsSeen()).to.deep.equal(['wechat'])
  })

  it('then they call from it, and write an SMS: the agent sees one contact and one timeline', async () => {
    const { port } = scene.product.telephone.listening[0]!
    const call = await phone.call(port, '12301', MOBILE)
    await scene.until(async () => (await channelsSeen()).includes('voice'), 'the call')
    call.hangUp()
    await says('请问进展如何')
    await scene.until(async () => (await channelsSeen()).includes('sms'), 'the SMS')
    expect(await channelsSeen()).to.deep.equal(['wechat', 'voice', 'sms'])
  })

  it('the earlier SMS is suggested, merged by the agent, parted again, and merged again', async () => {
    const { items } = await scene.lin.get<{ items: { other: { id: string } }[] }>(
      `/contacts/${contactId}/suggestions`,
    )
    expect(items.map(({ other }) => other.id)).to.include(strangerId)
    const merge = () =>
      post<{ mergeId: string }>(`/contacts/${contactId}/merge`, { loserId: strangerId })
    const merged = await merge()
    expect(await channelsSeen()).to.deep.equal(['sms', 'wechat', 'voice', 'sms'])
    await post(`/merges/${merged.mergeId}/undo`)
    expect(await channelsSeen()).to.deep.equal(['wechat', 'voice', 'sms'])
    await merge()
    expect(await channelsSeen()).to.deep.equal(['sms', 'wechat', 'voice', 'sms'])
  })
})
