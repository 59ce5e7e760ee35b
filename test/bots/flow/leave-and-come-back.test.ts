import { expect } from 'chai'
import type { Block, FlowDoc } from '../../../bots/flow/schema.ts'
import { Talk, caller, flowOf, prompt, queue } from './documents.ts'

const say = (text: string, next = 'end'): Block => ({
  type: 'say',
  prompt: prompt(text),
  out: { next },
})

describe('a caller who leaves a message', () => {
  const doc = (
    out: Record<string, string> = { next: 'thanks', noInput: 'none', failed: 'broken' },
  ) =>
    flowOf(
      {
        leave: {
          type: 'voicemail',
          mailbox: 'desk',
          prompt: prompt('请留言', 'Please leave a message'),
          retry: { noInput: prompt('没有听到'), invalid: prompt('太短了') },
          set: 'found',
          out,
        },
        thanks: say('收到'),
        none: say('没有留言'),
        broken: say('坏了'),
        agent: queue(),
      },
      {
        hotkeys: [
          { id: 'agent', dtmf: '0', target: 'agent' },
          { id: 'r', dtmf: '#', target: '@repeat' },
        ],
      },
    )

  it('hears the prompt, is recorded, goes on', () => {
    const talk = caller(doc())
    expect(talk.heard).to.equal('请留言')
    expect(talk.last('voicemail')).to.deep.equal({
      fx: 'voicemail',
      block: 'leave',
      mailbox: 'desk',
      maxSeconds: 120,
      minSeconds: 2,
    })
    expect(talk.last('listen')).to.equal(undefined)
    expect(talk.record('m1', 12, '请回电').heard).to.equal('收到\n再见')
    expect(talk.state.frames[0]?.vars.found).to.deep.equal({
      mediaId: 'm1',
      seconds: 12,
      transcript: '请回电',
    })
  })

  it('says nothing or hardly anything, is asked again with a new recording, then leaves by its exit', () => {
    const talk = caller(doc())
    expect(talk.beSilent().heard).to.equal('没有听到')
    expect(talk.last('voicemail')?.mailbox).to.equal('desk')
    expect(talk.record('m1', 1).heard).to.equal('太短了')
    expect(talk.record('m1', 0).heard).to.include('没有留言')
    expect(talk.state.frames[0]?.vars.found).to.equal(null)
  })

  it('is not thanked for a message that does not exist, whatever is connected', () => {
    const talk = caller(doc({ next: 'thanks' }))
      .beSilent()
      .beSilent()
      .beSilent()
    expect(talk.heard).to.match(/^抱歉,没有录到您的留言。\n收到/)
    expect(
      caller(doc({ next: 'thanks', failed: 'broken' }))
        .beSilent()
        .beSilent()
        .beSilent().heard,
    ).to.include('坏了')
  })

  it('hears when the recording could not be kept', () => {
    const talk = caller(doc())
    talk.feed({ in: 'event', name: 'voicemail.status', data: { status: 'failed' } })
    expect(talk.heard).to.include('坏了')
  })

  it('presses 0 and reaches a person, any other key and the recording goes on', () => {
    expect(caller(doc()).press('0').last('handoff')?.queue).to.equal('general')
    for (const key of ['5', '#']) {
      const talk = caller(doc()).press(key)
      expect(talk.heard).to.equal('')
      expect(talk.last('voicemail')).to.not.equal(undefined)
      expect(talk.tracked).to.deep.equal([])
    }
  })

  it('writes it where people write, or sends a recording', () => {
    const talk = new Talk(doc()).write('请明天回电')
    expect(talk.said).to.include('收到')
    expect(talk.state.frames[0]?.vars.found).to.deep.equal({ text: '请明天回电' })
    expect(new Talk(doc()).record('m2').said).to.include('收到')
  })
})

describe('a caller who would rather be called back', () => {
  const doc = (
    more: Partial<Extract<Block, { type: 'callback' }>> = {},
    hotkeys?: FlowDoc['hotkeys'],
  ) =>
    flowOf(
      {
        back: {
          type: 'callback',
          queue: 'desk',
          prompt: {
            'zh-CN': {
              text: '回拨{{number|mask}}吗?',
              speak: '按1用本机回拨,或输入其他号码按井号键结束',
            },
            en: { text: 'Call {{number}}?' },
          },
          set: 'phone',
          out: { failed: 'failed', after: 'after' },
          ...more,
        },
        failed: say('没办成'),
        after: say('谈完了'),
        rescue: queue('rescue'),
      },
      hotkeys ? { hotkeys } : {},
    )
  const known = { call: { caller: '13912345678' } }

  it('presses 1 for the number of the call', () => {
    const talk = caller(doc(), known)
    expect(talk.heard).to.equal('按1用本机回拨,或输入其他号码按井号键结束')
    expect(talk.last('listen')?.options.dtmf).to.deep.include({ maxDigits: 20, endKey: '#' })
    talk.press('1')
    expect(talk.last('handoff')).to.deep.include({ queue: 'desk', callback: '13912345678' })
    expect(talk.last('say')).to.include({ final: true, personal: true })
    expect(talk.heard).to.include('已为您登记回电')
    expect(talk.state.status).to.equal('queued')
    // nobody stays on the line for it
    expect(talk.last('listen')).to.equal(undefined)
    expect(talk.variable('phone')).to.equal('13912345678')
  })

  it('keys in another, with the hash key or without', () => {
    expect(caller(doc(), known).press('02988887777#').last('handoff')?.callback).to.equal(
      '02988887777',
    )
    expect(
      caller(doc(), known).press('2').press('13800138000#').last('handoff')?.callback,
    ).to.equal('13800138000')
  })

  it('says another, and it is read back; corrects it', () => {
    const talk = caller(doc(), known).speak('幺三八零零幺三八零零零')
    expect(talk.heard).to.equal('您的号码是 1 3 8 0 0 1 3 8 0 0 0,对吗?对请按1,不对请按2。')
    expect(talk.speak('不对').heard).to.include('按井号键结束')
    talk.speak('不,是 幺三九 一二三四 五六七八')
    expect(talk.speak('对的').last('handoff')?.callback).to.equal('13912345678')
  })

  it('is asked where no number is known, and told when it is incomplete', () => {
    const talk = caller(doc(), { contact: {}, call: { caller: 'anonymous' } })
    expect(talk.heard).to.include('请输入接听回电的号码')
    expect(talk.press('1380013#').heard).to.include('不完整')
    expect(talk.press('1').heard).to.include('请输入')
    expect(talk.beSilent().heard).to.include('请输入')
  })

  it('gives no number and leaves by an exit', () => {
    const silent = caller(doc(), { contact: {} }).beSilent().beSilent().beSilent()
    expect(silent.heard).to.include('没办成')
    const other = caller(doc({ out: { failed: 'failed', noInput: 'after' } }), known)
    expect(other.beSilent().beSilent().beSilent().heard).to.include('谈完了')
  })

  it('hangs up and keeps the place; the agent calls, and the flow goes on behind', () => {
    const talk = caller(doc(), known).press('1').hangUp()
    expect(talk.state.status).to.equal('queued')
    expect(talk.handoff('accepted').state.accepted).to.equal(true)
    expect(talk.handoff('completed').heard).to.include('谈完了')
    const ended = caller(doc(), known).press('1').handoff('accepted').hangUp()
    expect(ended.state.status).to.equal('ended')
  })

  it('hangs up, and nobody can take it: nothing is said to an empty line', () => {
    const talk = caller(doc(), known).press('1').hangUp().handoff('timeout')
    expect(talk.heard).to.equal('')
    expect(talk.state.status).to.equal('ended')
  })

  it('still on the line, hears that the queue is closed', () => {
    expect(caller(doc(), known).press('1').handoff('closed').heard).to.include('没办成')
  })

  it('cries for help before and after', () => {
    const hotkeys = [{ id: 'sos', emergency: true, say: { 'zh-CN': ['救命'] }, target: 'rescue' }]
    expect(caller(doc({}, hotkeys), known).speak('救命').last('handoff')?.queue).to.equal('rescue')
    expect(
      caller(doc({}, hotkeys), known).press('1').speak('救命').last('handoff')?.queue,
    ).to.equal('rescue')
  })

  it('in writing: sees the number masked, taps, or writes another', () => {
    const talk = new Talk(doc())
    expect(talk.said).to.equal('回拨138****00吗?')
    expect(talk.last('say')?.choices?.map(({ label }) => label)).to.deep.equal([
      '用这个号码',
      '换个号码',
    ])
    expect(talk.tap('same').last('handoff')?.callback).to.equal('13800000000')
    expect(talk.said).to.include('已登记回电 138****00')
    expect(talk.last('say')).to.not.have.property('final')
    expect(new Talk(doc()).tap('other').write('13900139000').last('handoff')?.callback).to.equal(
      '13900139000',
    )
    expect(new Talk(doc()).write('换个号码').said).to.include('请留下接听回电的号码')
    expect(
      new Talk(doc(), { contact: {} }).write('+44 20 7946 0958').last('handoff')?.callback,
    ).to.equal('+442079460958')
  })

  it('the number may come from the flow', () => {
    const doc2 = {
      ...doc({ number: { var: 'answer' } }),
      vars: [
        { name: 'answer', type: 'phone' as const, init: '8001' },
        { name: 'phone', type: 'phone' as const },
      ],
    }
    expect(caller(doc2, known).press('1').last('handoff')?.callback).to.equal('8001')
  })
})

describe('a caller who is sent on to a telephone', () => {
  const doc = (
    to = { kind: 'number', value: '029-8888 7777' } as {
      kind: 'number' | 'extension'
      value: string
    },
    out: Record<string, string> = {
      next: 'more',
      failed: 'failed',
      busy: 'busy',
      noAnswer: 'nobody',
      noCall: 'written',
    },
  ) =>
    flowOf(
      {
        menu: {
          type: 'menu',
          prompt: prompt('转接吗'),
          choices: [{ id: 'go', dtmf: '1', label: { 'zh-CN': '转接', en: 'go' } }],
          out: { go: 'on', noMatch: 'end' },
        },
        on: { type: 'transfer', to, prompt: prompt('正在转接'), ringSeconds: 20, out },
        more: say('还有什么'),
        failed: say('转不通'),
        busy: say('占线'),
        nobody: say('没人接'),
        written: say('请自己拨打'),
        rescue: queue('rescue'),
      },
      {
        hotkeys: [
          { id: 'sos', emergency: true, say: { 'zh-CN': ['救命'] }, target: 'rescue' },
          { id: 'm', dtmf: '0', target: 'rescue' },
        ],
      },
    )

  it('is connected, talks, and the flow goes on', () => {
    const talk = caller(doc()).press('1')
    expect(talk.heard).to.equal('正在转接')
    expect(talk.last('transfer')).to.deep.equal({
      fx: 'transfer',
      block: 'on',
      to: { kind: 'number', value: '02988887777' },
      ringSeconds: 20,
    })
    expect(talk.state.status).to.equal('transferring')
    expect(talk.transferEnds('completed').heard).to.include('还有什么')
  })

  for (const [status, heard] of [
    ['busy', '占线'],
    ['declined', '占线'],
    ['noAnswer', '没人接'],
    ['unavailable', '转不通'],
    ['failed', '转不通'],
  ] as const)
    it(`${status}: hears ${heard}, and without that exit the one for failures`, () => {
      expect(caller(doc()).press('1').transferEnds(status).heard).to.include(heard)
      const plain = doc(undefined, { next: 'more', failed: 'failed' })
      expect(caller(plain).press('1').transferEnds(status).heard).to.include('转不通')
    })

  it('talks with somebody else: the bot hears neither words nor keys', () => {
    const talk = caller(doc()).press('1')
    const before = structuredClone(talk.state)
    for (const act of [
      () => talk.press('0'),
      () => talk.speak('救命'),
      () => talk.beSilent(),
      () => talk.transferEnds('ringing'),
      () => talk.handoff('completed'),
    ]) {
      act()
      expect(talk.effects).to.deep.equal([])
      expect(talk.state).to.deep.equal({ ...before, turn: talk.state.turn })
    }
  })

  it('in writing is told the number, and an extension is kept in the house', () => {
    expect(new Talk(doc()).write('1').said).to.equal('正在转接\n电话:02988887777\n请自己拨打\n再见')
    expect(new Talk(doc({ kind: 'extension', value: '8001' })).write('1').said).to.not.include(
      '8001',
    )
    expect(new Talk(doc(undefined, { next: 'more', failed: 'failed' })).write('1').said).to.include(
      '转不通',
    )
  })

  it('is not sent to what is no number', () => {
    const talk = caller(doc({ kind: 'number', value: '{{answer}}' })).press('1')
    expect(talk.last('transfer')).to.equal(undefined)
    expect(talk.heard).to.equal('转不通\n再见')
  })
})

describe('a caller who hangs up', () => {
  const doc = flowOf({
    menu: {
      type: 'menu',
      prompt: prompt('选'),
      choices: ['queue', 'transfer', 'dialog', 'voicemail', 'ask'].map((id, at) => ({
        id,
        dtmf: String(at + 1),
        label: { 'zh-CN': id, en: id },
      })),
      out: {
        queue: 'queue',
        transfer: 'transfer',
        dialog: 'dialog',
        voicemail: 'voicemail',
        ask: 'ask',
        noMatch: 'end',
      },
    },
    queue: queue(),
    transfer: {
      type: 'transfer',
      to: { kind: 'extension', value: '8001' },
      out: { next: 'end', failed: 'end' },
    },
    dialog: { type: 'dialog', dialog: 'd', out: { next: 'end', error: 'end' } },
    voicemail: { type: 'voicemail', mailbox: 'm', prompt: prompt('留言'), out: { next: 'end' } },
    ask: {
      type: 'ask',
      prompt: prompt('问'),
      slot: { type: 'phone' },
      set: 'answer',
      confirm: prompt('{{answer}}?'),
      out: { next: 'end', noMatch: 'end' },
    },
  })
  for (const [key, status] of [
    ['', 'wait'],
    ['1', 'queued'],
    ['2', 'transferring'],
    ['3', 'dialog'],
    ['4', 'wait'],
    ['5', 'wait'],
  ] as const)
    it(`while the flow is in ${status}${key ? ` (after ${key})` : ''}: it ends, and nothing is said`, () => {
      const talk = caller(doc, { stubs: { 'dialog:d': { done: false } } })
      if (key) talk.press(key)
      expect(talk.state.status).to.equal(status)
      talk.hangUp()
      expect(talk.state.status).to.equal('ended')
      expect(talk.state).to.not.have.property('wait')
      expect(talk.heard).to.equal('')
      expect(talk.last('end')?.reason).to.equal('hangup')
    })
})
