/** A lively half hour at the hotline: people served, people waiting, tickets, questions nobody knew. */
import type { TicketView } from '../../gateway/tickets/schema.ts'
import { SimulatedAgent } from '../harness/agent.ts'
import { SimulatedChat } from '../harness/chat.ts'
import type { Hotline } from './hotline.ts'
import type { Lang } from './words.ts'

interface ContactChange {
  name: string
  phone?: string
  vip?: boolean
  notes?: string
}

export class Scene {
  readonly agents = new Map<string, SimulatedAgent>()
  private readonly hotline: Hotline

  constructor(hotline: Hotline) {
    this.hotline = hotline
  }

  /** Plays everything. @returns the conversation agent lin looks at */
  async play(): Promise<{ servedZh: string; servedEn: string }> {
    await this.knowledgeMisses()
    const [lin, amy, chen] = await Promise.all(
      ['lin', 'amy', 'chen'].map((name) => this.agent(name)),
    )
    const regular = await this.earlierVisits(lin!)
    await this.tickets(chen!)
    await chen!.do({ do: 'state', state: 'busy', reason: 'meeting' })
    const servedZh = await this.servedInChinese(lin!, regular)
    await this.servedBeside(lin!)
    const servedEn = await this.servedInEnglish(amy!)
    await amy!.do({ do: 'state', state: 'busy', reason: 'break' })
    await this.waiting()
    return { servedZh, servedEn }
  }

  private async agent(userName: string): Promise<SimulatedAgent> {
    const agent = new SimulatedAgent(this.hotline.product.url)
    await agent.signIn(userName, this.hotline.product.password(userName))
    this.agents.set(userName, agent)
    return agent.connect()
  }

  private visitor(lang: Lang = 'zh-CN'): Promise<SimulatedChat> {
    return new SimulatedChat(this.hotline.product.url, lang).connect()
  }

  private async knowledgeMisses(): Promise<void> {
    for (const [lang, question] of [
      ['zh-CN', '景区里可以放无人机航拍吗'],
      ['zh-CN', '带宠物狗能坐缆车吗'],
      ['zh-CN', '华山哪里能租氧气瓶'],
      ['en', 'Where can I fly a drone legally?'],
    ] as const) {
      const visitor = await this.visitor(lang)
      await visitor.ask(question, /./)
      visitor.cut()
    }
  }

  /** Somebody known: an earlier conversation, wrapped up, with a ticket of it. */
  private async earlierVisits(lin: SimulatedAgent): Promise<SimulatedChat> {
    const wang = await this.visitor()
    await wang.ask('城墙几点关门', /城墙/)
    await wang.say('转人工')
    await lin.ready()
    const { card } = await lin.accept()
    await this.name(card.contact.id, { name: '王芳', phone: '13892001122', vip: true })
    await lin.say(card.id, '您好王女士,城墙夏季 22 点停止入场,南门 21:30 还有灯光秀。')
    await wang.say('谢谢,还想订周六的讲解')
    await lin.hears(/周六/)
    await this.ticket(lin, {
      contactId: card.contact.id,
      conversationId: card.id,
      kind: 'callback',
      title: '订周六城墙讲解两位',
      fields: { what: '周六上午 9 点,两位成人,普通话讲解', phone: '13892001122' },
    })
    await lin.do({ do: 'finish', conversationId: card.id })
    await wang.hears(/请评价/)
    await wang.say('5')
    await wang.hears(/还有什么想/)
    await wang.say('没有')
    await wang.hears(/再见/)
    await lin.do({ do: 'wrapUpDone', conversationId: card.id, code: 'ticket' })
    await wang.status('closed')
    await lin.ready()
    wang.cut()
    // the same browser, on another day
    const again = new SimulatedChat(this.hotline.product.url, 'zh-CN')
    again.token = wang.token
    return again.connect()
  }

  private async servedInChinese(lin: SimulatedAgent, wang: SimulatedChat): Promise<string> {
    await wang.ask('投诉', /是投诉/)
    await wang.ask('1', /发生了什么/)
    await wang.ask('导游带我们进了三家购物店,不买玉器就不让上车,希望退还多收的 480 元', /哪家单位/)
    await wang.ask('长安假日旅行社,导游姓刘', /哪一天/)
    await wang.ask('昨天', /电话|号码/)
    await wang.ask('1', /流水号/)
    await wang.say('转人工')
    const { card } = await lin.accept()
    await lin.say(card.id, '王女士您好,我是林小雨。您刚才登记的内容我都看到了,不用再说一遍。')
    await wang.hears(/林小雨/)
    await wang.say('太好了!当时的小票和合同我都留着')
    await lin.hears(/小票/)
    await lin.do({
      do: 'note',
      conversationId: card.id,
      clientMsgId: 'note-for-colleagues',
      text: '该社本月第二起同类投诉,已请质监优先处理。',
    })
    await lin.say(card.id, '请把小票拍照发到这里,质监部门三个工作日内会给您回电。')
    await wang.hears(/拍照/)
    await wang.say('好的,我找一下,马上发给您')
    await lin.hears(/马上发/)
    return card.id
  }

  /** Two more, so that lin has her hands full and the others wait. */
  private async servedBeside(lin: SimulatedAgent): Promise<void> {
    for (const [name, question, answer] of [
      ['陈晓明', '华山索道今天开吗', '西峰索道今天正常,北峰因大风下午停运。'],
      ['周婷', '老人去陕历博要预约吗', '六十岁以上可凭身份证现场领票,每天名额有限。'],
    ] as const) {
      const visitor = await this.visitor()
      await visitor.ask(question, /./)
      await visitor.say('转人工')
      const { card } = await lin.accept()
      await this.name(card.contact.id, { name })
      await lin.say(card.id, answer)
      await visitor.say(name === '周婷' ? '现场领票要几点去比较好?' : '好的,谢谢!')
    }
  }

  /** What came in before today's calls, at every stage. */
  private async tickets(chen: SimulatedAgent): Promise<void> {
    for (const [name, kind, title, status] of [
      ['何先生', 'complaint', '出租车不打表,机场到钟楼收 260 元', 'processing'],
      ['Marie Dubois', 'complaint', 'Hotel refused a foreign passport at check-in', 'assigned'],
      ['刘佳', 'suggestion', '表扬城墙南门志愿者拾金不昧', 'closed'],
      ['吴志强', 'complaint', '民宿照片与实际不符,要求退订', 'resolved'],
      ['郑女士', 'callback', '老人走失后已找到,感谢并询问景区监控', 'open'],
    ] as const) {
      const visitor = await this.visitor(name.startsWith('M') ? 'en' : 'zh-CN')
      await visitor.ask(name.startsWith('M') ? 'hello' : '你好', /./)
      visitor.cut()
      const contactId = await this.newest()
      await this.name(contactId, { name })
      const ticket = await this.ticket(chen, { contactId, kind, title, fields: { what: title } })
      if (status === 'open') continue
      const change = { version: ticket.version, status, department: '旅游质监' }
      await done(await chen.rest('PATCH', `/tickets/${ticket.id}`, change))
    }
  }

  private async servedInEnglish(amy: SimulatedAgent): Promise<string> {
    await amy.ready()
    const visitor = await this.visitor('en')
    await visitor.ask('How do I get from the airport to the Bell Tower?', /Line 14/)
    await visitor.say('agent')
    const { card } = await amy.accept()
    await this.name(card.contact.id, { name: 'Oliver Brown', phone: '+447700900123' })
    await amy.say(card.id, 'Hello, this is Amy. I see you are heading to the Bell Tower.')
    await visitor.hears(/Amy/)
    await visitor.say('Yes! We land at 23:40, is the metro still running then?')
    await amy.hears(/23:40/)
    await amy.say(
      card.id,
      'The last Line 14 train leaves at 23:00; take the night airport bus to the Bell Tower Hotel.',
    )
    await visitor.hears(/night airport bus/)
    await visitor.say('Perfect. Where exactly does it stop?')
    await amy.hears(/Where exactly/)
    return card.id
  }

  async waiting(): Promise<void> {
    const inQueue = async (lang: Lang, name: ContactChange | undefined, ...said: string[]) => {
      const visitor = await this.visitor(lang)
      for (const words of said) await visitor.ask(words, /./)
      await visitor.status('waiting')
      if (name) await this.name(await this.newest(), name)
    }
    await inQueue('zh-CN', { name: '李建国' }, '兵马俑门票多少钱', '转人工')
    await inQueue('en', { name: 'Emma Wilson' }, 'I lost my passport', 'agent')
    await inQueue('zh-CN', { name: '赵老师', vip: true }, '六十人的团能包讲解吗', '转人工')
    await inQueue('zh-CN', undefined, '转人工')
    await inQueue('zh-CN', { name: '孙丽' }, '救命,华山西峰有人摔伤了动不了')
  }

  /** The contact of the conversation opened last. */
  async newest(): Promise<string> {
    const { items } = await this.hotline.admin.get<{ items: { contact: { id: string } }[] }>(
      '/conversations?limit=1',
    )
    return items[0]!.contact.id
  }

  async name(contactId: string, change: ContactChange): Promise<void> {
    const { admin } = this.hotline
    const { version } = await admin.get<{ version: number }>(`/contacts/${contactId}`)
    await done(await admin.rest('PATCH', `/contacts/${contactId}`, { version, ...change }))
  }

  private async ticket(by: SimulatedAgent, body: object): Promise<TicketView> {
    const response = await done(await by.rest('POST', '/tickets', body))
    return (await response.json()) as TicketView
  }
}

async function done(response: Response): Promise<Response> {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return response
}
