import { expect } from 'chai'
import { TextPrompt, WaterfallDialog } from 'botbuilder-dialogs'
import { BotHost } from '../../../bots/host/bot-host.ts'
import type { HostReply } from '../../../bots/host/bot-host.ts'
import type { BotServices } from '../../../bots/host/services.ts'
import type { Block } from '../../../bots/flow/schema.ts'
import type { FlowInput } from '../../../bots/flow/state.ts'
import { flowOf, prompt } from '../flow/documents.ts'

const doc = flowOf({
  which: {
    type: 'branch',
    cases: [{ id: 'sales', when: { var: 'call.called', op: '==', value: { literal: '8002' } } }],
    out: { sales: 'transfer', else: 'menu' },
  },
  transfer: {
    type: 'transfer',
    to: { kind: 'extension', value: '8102' },
    prompt: prompt('来电 {{call.caller}},正在转接'),
    out: { next: 'menu', failed: 'menu' },
  },
  menu: {
    type: 'menu',
    prompt: prompt('请选择'),
    choices: [
      { id: 'book', dtmf: '1', label: { 'zh-CN': '订座', en: 'book' } },
      { id: 'leave', dtmf: '2', label: { 'zh-CN': '留言', en: 'leave' } },
    ],
    out: { book: 'book', leave: 'leave', noMatch: 'menu' },
  },
  book: { type: 'dialog', dialog: 'book', set: 'answer', out: { next: 'menu', error: 'menu' } },
  leave: { type: 'voicemail', mailbox: 'desk', prompt: prompt('请留言'), out: { next: 'end' } },
} satisfies Record<string, Block>)

const unused = async () => {
  throw new Error('not part of this flow')
}
const services: BotServices = {
  now: () => 0,
  flow: (id) => (id === 'main' ? { id, version: 1, doc } : undefined),
  prepare: async () => undefined,
  hours: () => 'open',
  query: unused,
  createTicket: unused,
  appendTicket: unused,
  lookupTicket: unused,
  sendCode: unused,
  verifyCode: unused,
  searchKnowledge: unused,
  classify: unused,
}

class Call {
  reply: HostReply | undefined
  private readonly host = new BotHost({
    services,
    dialogs: [
      new WaterfallDialog('book', [
        (step) => step.prompt('seat', '坐哪里?😀 详见:https://a.example.cn/plan'),
        (step) => step.endDialog(String(step.result)),
      ]),
      new TextPrompt('seat'),
    ],
  })

  async feed(input: FlowInput, called = '8001'): Promise<HostReply> {
    return (this.reply = await this.host.turn({
      conversationId: 'c1',
      channel: 'voice',
      contact: { _id: 'p1', vip: false },
      lang: 'zh-CN',
      flowId: 'main',
      bot: this.reply?.bot,
      input,
      call: { called, caller: '13812345678' },
    }))
  }

  get says() {
    return (this.reply?.effects ?? []).filter((effect) => effect.fx === 'say')
  }

  get kinds(): string[] {
    return (this.reply?.effects ?? []).map(({ fx }) => fx)
  }
}

describe('calls hosted by botbuilder', () => {
  it('the number called leads the way, and a transfer goes through to the host of the call', async () => {
    const call = new Call()
    await call.feed({ in: 'start' }, '8002')
    expect(call.reply!.status).to.equal('transferring')
    expect(call.says[0]).to.include({ text: '来电 13812345678,正在转接', personal: true })
    expect(call.kinds).to.include('transfer')
    await call.feed({ in: 'event', name: 'transfer.status', data: { status: 'completed' } })
    expect(call.says[0]?.speak).to.equal('请选择。订座请按1,留言请按2。')
    expect(call.kinds).to.include('listen')
  })

  it('a message is recorded and hanging up ends the flow', async () => {
    const call = new Call()
    await call.feed({ in: 'start' })
    await call.feed({ in: 'dtmf', digits: '2' })
    expect(call.kinds).to.include('voicemail').and.not.include('listen')
    await call.feed({ in: 'hangup' })
    expect(call.reply!.status).to.equal('ended')
  })

  it('a coded dialog is heard without addresses, and is listened to', async () => {
    const call = new Call()
    await call.feed({ in: 'start' })
    await call.feed({ in: 'dtmf', digits: '1' })
    expect(call.says[0]).to.include({ speak: '坐哪里?', personal: true })
    const listen = call.reply!.effects.find((effect) => effect.fx === 'listen')
    expect(listen).to.deep.include({ expects: 'dialog', open: true })
    expect(listen?.options.dtmf).to.deep.include({ maxDigits: 20, endKey: '#' })
    await call.feed({ in: 'dtmf', digits: '3' })
    expect(call.reply!.status).to.equal('wait')
    expect(call.says[0]?.speak).to.include('请选择')
  })

  it('hanging up inside a coded dialog ends both', async () => {
    const call = new Call()
    await call.feed({ in: 'start' })
    await call.feed({ in: 'dtmf', digits: '1' })
    await call.feed({ in: 'hangup' })
    expect(call.reply).to.deep.include({ status: 'ended', bot: { dialogStack: [] } })
  })

  it('what comes after the end begins nothing anew', async () => {
    const call = new Call()
    for (const late of [
      { in: 'hangup' },
      { in: 'silence' },
      { in: 'event', name: 'handoff.status', data: { status: 'completed' } },
    ] as const) {
      await call.feed(late)
      expect(call.reply).to.deep.include({ status: 'ended', effects: [] })
    }
  })
})
