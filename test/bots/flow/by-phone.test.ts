import { expect } from 'chai'
import type { Block, FlowDoc, Slot } from '../../../bots/flow/schema.ts'
import type { EffectOf } from '../../../bots/flow/state.ts'
import type { Talk } from './documents.ts'
import { caller, choice, flowOf, hotline, prompt, queue } from './documents.ts'

type MenuBlock = Extract<Block, { type: 'menu' }>
const menu = (zh: string, en: string, more: Partial<MenuBlock> = {}) =>
  flowOf({
    menu: {
      type: 'menu',
      prompt: prompt(zh, en),
      choices: [
        choice('info', '1', '咨询', 'information'),
        choice('complain', '2', '投诉', 'complaints'),
      ],
      out: { info: 'info', complain: 'complain', noMatch: 'agent' },
      ...more,
    },
    info: queue('info'),
    complain: queue('complain'),
    agent: queue(),
  })
const listening = (talk: Talk): EffectOf<'listen'> => {
  const listen = talk.last('listen')
  if (!listen) throw new Error('nobody listens')
  return listen
}

describe('a caller at a menu', () => {
  it('hears the choices with their keys where the prompt does not name them', () => {
    expect(caller(menu('请选择', 'Please choose')).heard).to.equal('请选择。咨询请按1,投诉请按2。')
    expect(caller(menu('请选择', 'Please choose'), { lang: 'en' }).heard).to.equal(
      'Please choose. For information, press 1. For complaints, press 2.',
    )
  })

  it('hears only what is missing, and nothing twice', () => {
    expect(caller(menu('咨询请按1', 'x')).heard).to.equal('咨询请按1。投诉请按2。')
    expect(caller(menu('咨询请按1,投诉请按2', 'x')).heard).to.equal('咨询请按1,投诉请按2')
  })

  it('hears the wording for the ear as it is, and all or no choices where the block says so', () => {
    const worded = menu('请选择', 'x')
    if (worded.blocks.menu?.type !== 'menu') throw new Error('a menu')
    worded.blocks.menu.prompt['zh-CN'] = { text: '请选择', speak: '说咨询或者投诉' }
    expect(caller(worded).heard).to.equal('说咨询或者投诉')
    expect(caller(menu('请选择', 'x', { input: { sayChoices: false } })).heard).to.equal('请选择')
    const all = menu('咨询请按1', 'x', { input: { sayChoices: true } })
    expect(caller(all).heard).to.equal('咨询请按1。咨询请按1,投诉请按2。')
  })

  it('hears a recording, and after it the choices it does not name', () => {
    const doc = menu('请选择', 'x')
    if (doc.blocks.menu?.type !== 'menu') throw new Error('a menu')
    doc.blocks.menu.prompt['zh-CN'] = { text: '请选择', audio: { mediaId: 'rec', ofText: 'x' } }
    const says = caller(doc).effects.filter((effect) => effect.fx === 'say')
    expect(says.map(({ audio, text }) => [audio, text])).to.deep.equal([
      ['rec', '请选择'],
      [undefined, '咨询请按1,投诉请按2。'],
    ])
  })

  it('in chat nothing of this is written', () => {
    const talk = caller(menu('请选择', 'x'), { channel: 'webchat' })
    expect(talk.said).to.equal('请选择')
    expect(talk.last('say')).to.not.have.property('speak')
  })

  for (const [how, act] of [
    ['presses 2', (talk: Talk) => talk.press('2')],
    ['says 投诉', (talk: Talk) => talk.speak('投诉')],
    ['says 二', (talk: Talk) => talk.speak('二')],
    ['says 按二', (talk: Talk) => talk.speak('按二')],
    ['is understood by the second alternative', (talk: Talk) => void talk.feed({ in: 'speech', nbest: [{ text: '头宿', confidence: 0.6 }, { text: '投诉', confidence: 0.4 }] })], // prettier-ignore
  ] as const)
    it(`${how} and is where they wanted to be`, () => {
      const talk = caller(menu('请选择', 'x'))
      act(talk)
      expect(talk.last('handoff')?.queue).to.equal('complain')
    })

  it('says the number in English', () => {
    for (const words of ['two', 'press two', 'number two', 'the second one', 'complaints']) {
      const talk = caller(menu('x', 'Please choose'), { lang: 'en' }).speak(words)
      expect(talk.last('handoff')?.queue, words).to.equal('complain')
    }
  })

  it('is asked back when the recogniser is unsure, with the keys for it', () => {
    const confirm = prompt('您是说{{heard}}吗?', 'Did you say {{heard}}?')
    const doc = menu('请选择', 'Choose', { confirm, input: { confirmBelow: 0.7 } })
    const talk = caller(doc).speak('投诉', 0.5)
    expect(talk.heard).to.equal('您是说投诉吗?是请按1,不是请按2。')
    expect(talk.press('1').last('handoff')?.queue).to.equal('complain')
    expect(caller(doc).speak('投诉', 0.5).press('2').heard).to.include('请选择')
    expect(caller(doc, { lang: 'en' }).speak('complaints', 0.5).heard).to.equal(
      'Did you say complaints? For Yes, press 1. For No, press 2.',
    )
  })

  it('says nothing, presses a wrong key, mumbles: is told the choices each time, then reaches a person', () => {
    const talk = caller(menu('请选择', 'x', { retry: { noInput: prompt('您还在吗'), noMatch: prompt('没有这个选项') } })) // prettier-ignore
    expect(talk.beSilent().heard).to.equal('您还在吗。咨询请按1,投诉请按2。')
    expect(talk.press('8').heard).to.equal('没有这个选项。咨询请按1,投诉请按2。')
    expect(talk.speak('嗯嗯嗯', 0.1).heard).to.include('没有这个选项')
    expect(talk.press('7').last('handoff')?.queue).to.equal('general')
  })
})

describe('a caller who wants to hear it again', () => {
  const doc = () => {
    const flow = hotline()
    flow.hotkeys?.push({ id: 'nine', dtmf: '9', channels: ['voice'], target: '@repeat' })
    return flow
  }
  it('presses 9 and hears the menu, not the greeting', () => {
    const flow = { ...doc(), entry: 'hello' }
    flow.blocks.hello = { type: 'say', prompt: prompt('欢迎'), out: { next: 'menu' } }
    const talk = caller(flow)
    expect(talk.heard).to.include('欢迎')
    expect(talk.press('9').heard).to.include('咨询请按1').and.not.include('欢迎')
  })

  it('hears the answer again that came before the question, however often', () => {
    const stubs = { 'faq:tour': [{ id: 'a', question: 'q', answer: '门票四十元。', score: 3 }] }
    const talk = caller(doc(), { stubs }).press('1').speak('门票多少钱')
    expect(talk.heard).to.match(/^门票四十元。\n咨询请按1/)
    expect(talk.beSilent().heard).to.not.include('四十')
    for (let i = 0; i < 2; i++) expect(talk.press('9').heard).to.match(/^门票四十元。\n咨询请按1/)
    expect(talk.press('2').press('3').press('9').heard).to.equal('请说明情况')
  })

  it('says it instead of pressing', () => {
    expect(caller(doc()).press('2').speak('重听').heard).to.equal('几位?')
    expect(caller(doc()).press('2').speak('星号').heard).to.equal('几位?')
  })

  it('in writing 9 is no key of this kind', () => {
    const talk = caller(doc(), { channel: 'webchat' }).write('9')
    expect(talk.tracked).to.include('noMatch')
  })
})

describe('a caller who wants a person, or is in danger', () => {
  for (const words of ['零', '按零', '0', '转人工', 'zero', 'human'])
    it(`says ${words}`, () => {
      expect(caller(hotline()).speak(words).last('handoff')?.queue).to.equal('general')
    })

  it('says 零 where a number was asked for, and it is an answer', () => {
    const doc = hotline()
    if (doc.blocks.people?.type !== 'ask') throw new Error('an ask block')
    doc.blocks.people.slot = { type: 'number', min: 0 }
    expect(caller(doc).press('2').speak('零').variable('people')).to.equal(0)
  })

  it('cries for help at every question, in any alternative of the recogniser', () => {
    for (const keys of [[], ['2'], ['2', '3']]) {
      const talk = caller(hotline())
      for (const key of keys) talk.press(key)
      talk.feed({ in: 'speech', nbest: [{ text: '旧', confidence: 0.5 }, { text: '救命', confidence: 0.05 }] }) // prettier-ignore
      expect(talk.last('handoff')?.queue).to.equal('rescue')
    }
  })
})

const ask = (slot: Slot, more: Partial<Extract<Block, { type: 'ask' }>> = {}) =>
  flowOf({
    ask: {
      type: 'ask',
      prompt: prompt('请回答', 'Please answer'),
      slot,
      set: 'answer',
      out: { next: 'done', noMatch: 'agent' },
      ...more,
    },
    done: { type: 'ask', prompt: prompt('好'), slot: { type: 'text' }, set: 'found', out: { next: 'end', noMatch: 'end' } }, // prettier-ignore
    agent: queue(),
  })

describe('a caller who answers a question', () => {
  const at = '2026-11-21T21:00:00+08:00'
  for (const [slot, how, answer, value] of [
    [{ type: 'digits', minLength: 4, maxLength: 12 }, 'keys', '202610030001#', '202610030001'],
    [{ type: 'digits' }, 'speech', 'double eight one two', '8812'],
    [{ type: 'digits' }, 'speech', 'triple zero seven', '0007'],
    [{ type: 'date' }, 'keys', '1003', '2026-10-03'],
    [{ type: 'date', future: true }, 'keys', '1003#', '2027-10-03'],
    [{ type: 'date' }, 'keys', '20270214', '2027-02-14'],
    [{ type: 'date' }, 'speech', '十月三号', '2026-10-03'],
    [{ type: 'number' }, 'keys', '150#', 150],
    [{ type: 'number' }, 'keys', '150*50#', 150.5],
    [{ type: 'number' }, 'speech', '三百五十块五毛', 350.5],
    [{ type: 'number' }, 'speech', '一百二十元', 120],
    [{ type: 'number' }, 'speech', '三块五', 3.5],
    [{ type: 'number' }, 'speech', 'two thousand five hundred', 2500],
    [{ type: 'number' }, 'speech', 'twelve point five', 12.5],
    [{ type: 'phone' }, 'keys', '13800138000#', '13800138000'],
    [{ type: 'phone' }, 'keys', '013800138000#', '13800138000'],
    [{ type: 'phone' }, 'speech', '幺三八 零零幺三 八零零零', '13800138000'],
    [
      { type: 'phone' },
      'speech',
      'one three eight double oh one three eight triple oh',
      '13800138000',
    ],
    [
      { type: 'phone', country: 'intl' },
      'speech',
      'plus four four two oh seven nine four six oh nine five eight',
      '+442079460958',
    ],
    [{ type: 'yesno' }, 'keys', '1', true],
    [{ type: 'yesno' }, 'keys', '2', false],
    [{ type: 'yesno' }, 'speech', '是的', true],
  ] as [Slot, 'keys' | 'speech', string, unknown][])
    // prettier-ignore
    it(`${slot.type} by ${how}: ${answer} → ${String(value)}`, () => {
      const talk = caller(ask(slot), { at })
      if (how === 'keys') talk.press(answer)
      else talk.speak(answer)
      expect(talk.variable('answer')).to.equal(value)
      expect(talk.block).to.equal('done')
    })

  it('no day of the calendar, half a number: is asked again', () => {
    expect(caller(ask({ type: 'date' })).press('1332').block).to.equal('ask')
    expect(caller(ask({ type: 'phone' })).press('1380013#').block).to.equal('ask')
  })

  it('hears the answer read back, with the keys for right and wrong', () => {
    const doc = ask({ type: 'phone' }, { confirm: prompt('是 {{answer|digits}},对吗?', '{{answer|digits}}, right?') }) // prettier-ignore
    const talk = caller(doc).press('13800138000#')
    expect(talk.heard).to.equal('是 1 3 8 0 0 1 3 8 0 0 0,对吗?对请按1,不对请按2。')
    expect(talk.press('2').heard).to.equal('请回答')
    expect(talk.press('13900139000#').speak('对').variable('answer')).to.equal('13900139000')
    const written = caller(doc, { channel: 'webchat' }).write('13800138000')
    expect(written.said).to.equal('是 1 3 8 0 0 1 3 8 0 0 0,对吗?')
    expect(written.last('say')?.choices?.map(({ label }) => label)).to.deep.equal(['对', '不对'])
  })

  it('hears the keys for yes and no, and the names of a list', () => {
    expect(caller(ask({ type: 'yesno' })).heard).to.equal('请回答。是请按1,不是请按2。')
    const choices = [choice('a', '1', '导游', 'guide'), choice('b', '2', '酒店', 'hotel')]
    expect(caller(ask({ type: 'enum', choices }), { lang: 'en' }).heard).to.equal(
      'Please answer. For guide, press 1. For hotel, press 2.',
    )
  })
})

describe('what a telephone is told about listening', () => {
  it('how keys are collected: as many as can come, and when they end', () => {
    const dtmf = (slot: Slot) => listening(caller(ask(slot))).options.dtmf
    expect(dtmf({ type: 'phone' })).to.deep.equal({
      maxDigits: 20,
      endKey: '#',
      interDigitMs: 3000,
    })
    expect(dtmf({ type: 'date' })).to.deep.include({ maxDigits: 8, endKey: '#' })
    expect(dtmf({ type: 'number', max: 99 })).to.deep.include({ maxDigits: 5, endKey: '#' })
    expect(dtmf({ type: 'number', max: 99, integer: true })).to.deep.include({ maxDigits: 2 })
    expect(dtmf({ type: 'yesno' })).to.deep.equal({ maxDigits: 1 })
    expect(dtmf({ type: 'text' })).to.deep.equal({ maxDigits: 1 })
  })

  it('the words that mean something: choices, keys, hotkeys, cries for help', () => {
    const { hints, open, expects } = listening(caller(hotline()))
    expect(expects).to.equal('choice')
    expect(hints).to.include.members(['咨询', '投诉', '一', '二', '零', '转人工', '重听', '救命'])
    expect(hints).to.not.include('agent')
    expect(new Set(hints).size).to.equal(hints.length)
    // its exit `other` takes any words
    expect(open).to.equal(true)
    expect(listening(caller(menu('请选择', 'x')))).to.not.have.property('open')
  })

  it('English words in English', () => {
    const { hints } = listening(caller(hotline(), { lang: 'en' }))
    expect(hints).to.include.members(['information', 'one', 'zero', 'agent', 'help me'])
    expect(hints).to.not.include('救命')
  })

  it('digits for a number, anything for a story', () => {
    const number = listening(caller(ask({ type: 'phone' })))
    expect(number.hints).to.include.members(['幺', '零', '九'])
    expect(number).to.not.have.property('open')
    expect(listening(caller(ask({ type: 'text' }))).open).to.equal(true)
  })

  it('which keys do not wait for more', () => {
    const talk = caller(hotline()).press('2')
    expect(listening(talk).instant).to.deep.equal(['*', '#'])
    expect(listening(caller(hotline()))).to.not.have.property('instant')
  })

  it('in chat no hint is worked out', () => {
    const talk = caller(hotline(), { channel: 'webchat' })
    expect(listening(talk).hints).to.deep.equal(['咨询', '投诉'])
  })

  it('while waiting for an agent: what the flow still hears, as long as it takes', () => {
    const talk = caller(hotline()).press('0')
    expect(listening(talk)).to.deep.include({ expects: 'queue', block: 'agent' })
    expect(listening(talk).options).to.deep.include({ bargeIn: true, timeoutMs: 3_600_000 })
    expect(listening(talk).hints).to.include.members(['不等了', '救命'])
    // a wrong key does not make it deaf
    expect(listening(talk.press('5')).expects).to.equal('queue')
    expect(talk.handoff('accepted').press('5').effects).to.deep.equal([])
  })
})

describe('a key that means another thing while waiting', () => {
  const doc = () => {
    const flow = hotline()
    flow.hotkeys?.push({ id: 'later', dtmf: '0', whileQueued: 'only', target: 'people' })
    return flow
  }
  it('is heard there only', () => {
    const talk = caller(doc())
    expect(talk.press('0').last('handoff')?.queue).to.equal('general')
    expect(talk.press('0').block).to.equal('people')
    expect(talk.state.status).to.equal('wait')
  })

  it('does not cost a place in the queue of the emergency desk', () => {
    const talk = caller(doc()).speak('救命').press('0')
    expect(talk.state.status).to.equal('queued')
    expect(talk.speak('不等了').block).to.equal('menu')
  })
})

describe('what a caller is not read', () => {
  const say = (text: string, more: object = {}): FlowDoc =>
    flowOf({ say: { type: 'say', prompt: { 'zh-CN': { text, ...more }, en: { text: 'x' } }, out: { next: 'end' } } }) // prettier-ignore

  it('addresses, pictures, cards', () => {
    const doc = say('请看攻略😀 https://a.example.cn/x', {
      cards: [{ title: '攻略', url: 'https://a' }],
    })
    const [first] = caller(doc).effects.filter((effect) => effect.fx === 'say')
    expect(first?.speak).to.equal('请看攻略')
    expect(first).to.not.have.property('cards')
    expect(caller(doc, { channel: 'webchat' }).effects.find(({ fx }) => fx === 'say')).to.have.property('cards') // prettier-ignore
  })

  it('nothing at all where nothing is left', () => {
    expect(caller(say('https://a.example.cn/x')).heard).to.equal('再见')
  })

  it('names and numbers are said and marked, so that no copy of the sound is kept', () => {
    const vars = [
      { name: 'phone', type: 'phone' as const, pii: true, init: '13800138000' },
      { name: 'people', type: 'number' as const, init: 3 },
    ]
    const personal = (text: string) =>
      caller({ ...say(text), vars }).effects.find((effect) => effect.fx === 'say')?.personal
    expect(personal('电话{{phone|mask}}')).to.equal(true)
    expect(personal('{{contact.name|default:您}}好')).to.equal(true)
    expect(personal('来电{{call.caller}}')).to.equal(true)
    expect(personal('{{people}}位')).to.equal(undefined)
    expect(personal('您好')).to.equal(undefined)
    const confirm = { ...ask({ type: 'phone' }, { confirm: prompt('{{answer}}?') }), vars: [{ name: 'answer', type: 'phone' as const, pii: true }, { name: 'found', type: 'text' as const }] } // prettier-ignore
    expect(caller(confirm).press('13800138000#').last('say')?.personal).to.equal(true)
  })
})

describe('a caller who chooses a language', () => {
  const doc = () =>
    flowOf({
      lang: {
        type: 'language',
        prompt: prompt('请选择语言', 'Please choose a language'),
        choices: [
          { lang: 'zh-CN', dtmf: '1', label: '中文' },
          { lang: 'en', dtmf: '2', label: 'English' },
        ],
        out: { next: 'end' },
      },
    })
  it('hears each in its own language, so that the right voice reads it', () => {
    const says = caller(doc()).effects.filter((effect) => effect.fx === 'say')
    expect(says.map(({ lang, speak, text }) => [lang, speak ?? text])).to.deep.equal([
      ['zh-CN', '请选择语言。中文请按1。'],
      ['en', 'For English, press 2.'],
    ])
    const english = caller(doc(), { lang: 'en' }).effects.filter((effect) => effect.fx === 'say')
    expect(english.map(({ lang }) => lang)).to.deep.equal(['en', 'zh-CN', 'en'])
  })

  it('by key, by its name, by number', () => {
    for (const act of [
      (t: Talk) => t.press('2'),
      (t: Talk) => t.speak('English'),
      (t: Talk) => t.speak('二'),
    ])
      // prettier-ignore
      expect(act(caller(doc())).state.lang).to.equal('en')
    expect(caller(doc()).beSilent().beSilent().beSilent().state.status).to.equal('ended')
  })
})

describe('a caller who asks the knowledge base', () => {
  const doc = () =>
    flowOf({
      ask: { type: 'faq', prompt: prompt('请问'), knowledgeBase: 'k', minScore: 0.3, set: 'found', out: { answered: 'more', noMatch: 'agent' } }, // prettier-ignore
      more: { type: 'say', prompt: prompt('还有什么可以帮您'), out: { next: 'end' } },
      agent: queue(),
    })
  const answer = '门票一百二十元,要提前实名预约。学生半价,凭证件购票。\n\n官网:https://a.example.cn'
  it('hears the first passage sentence by sentence; the whole is kept for the flow', () => {
    const stubs = { 'faq:k': [{ id: 'a', question: 'q', answer, score: 0.9 }] }
    const talk = caller(doc(), { stubs }).speak('门票')
    expect(talk.heard).to.equal(
      '门票一百二十元,要提前实名预约。\n学生半价,凭证件购票。\n还有什么可以帮您\n再见',
    )
    expect(talk.state.frames[0]?.vars.found).to.have.property('answer', answer)
    expect(caller(doc(), { stubs, channel: 'webchat' }).write('门票').said).to.include('https')
  })

  it('hears the wording for the ear where the entry has one', () => {
    const stubs = { 'faq:k': [{ answer, speak: '一百二十元。', score: 0.9 }] }
    expect(caller(doc(), { stubs }).speak('门票').heard).to.match(/^一百二十元。\n还有/)
  })
})

describe('a caller whose complaint was registered', () => {
  const doc = (op: 'create' | 'lookup') =>
    flowOf({
      ticket: { type: 'ticket', op, kind: 'complaint', fields: {}, set: 'ticket', tell: prompt('流水号{{ticket.serial}}。', 'Number {{ticket.serial}}.'), out: { next: 'end', notFound: 'end', error: 'end' } }, // prettier-ignore
    })
  const stubs = {
    'ticket:create:complaint': { serial: 'C20261005-0001' },
    'ticket:lookup:complaint': { serial: 'C20261005-0001' },
  }
  it('hears the serial number sign by sign, twice', () => {
    expect(caller(doc('create'), { stubs }).heard).to.equal(
      '流水号C 2 0 2 6 1 0 0 5, 0 0 0 1。\n再重复一遍:C 2 0 2 6 1 0 0 5, 0 0 0 1。\n再见',
    )
    expect(caller(doc('create'), { stubs, lang: 'en' }).heard).to.include('Once more: C 2 0')
  })
  it('one looked up comes once, and in writing as it is written', () => {
    expect(caller(doc('lookup'), { stubs }).heard).to.not.include('再重复')
    expect(caller(doc('create'), { stubs, channel: 'wechat' }).said).to.equal(
      '流水号C20261005-0001。\n再见',
    )
  })
})

describe('who called which number', () => {
  it('is known to the flow, so that one flow serves several numbers', () => {
    const doc = flowOf({
      which: {
        type: 'branch',
        cases: [{ id: 'english', when: { var: 'call.called', op: '==', value: { literal: '12301' } } }],
        out: { english: 'agent', else: 'end' },
      },
      agent: queue(),
    }) // prettier-ignore
    expect(caller(doc, { call: { called: '12301', caller: '138' } }).state.status).to.equal(
      'queued',
    )
    expect(caller(doc).state.status).to.equal('ended')
  })
})
