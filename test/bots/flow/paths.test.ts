import { expect } from 'chai'
import { startState, turn } from '../../../bots/flow/engine.ts'
import type { Block, FlowDoc } from '../../../bots/flow/schema.ts'
import type { PublishedFlow, TurnContext } from '../../../bots/flow/state.ts'
import { Talk, choice, flowOf, hotline, prompt, queue } from './documents.ts'

const question = (to = 'end'): Block => ({
  type: 'ask',
  prompt: prompt('问题', 'Question'),
  slot: { type: 'text' },
  set: 'answer',
  out: { next: to, noMatch: to },
})

describe('a person handed to an agent', () => {
  const doc = flowOf(
    {
      ask: question('agent'),
      agent: {
        type: 'queue',
        queue: 'general',
        priority: 2,
        skills: ['en'],
        maxWaitSeconds: 60,
        attach: ['contact.phone'],
        out: { after: 'survey', closed: 'sorry', timeout: 'sorry', failed: 'sorry' },
      },
      survey: {
        type: 'survey',
        survey: 'csat',
        prompt: prompt('满意按1,不满意按2'),
        scale: [
          { dtmf: '1', score: 5, label: { 'zh-CN': '满意', en: 'good' } },
          { dtmf: '2', score: 1, label: { 'zh-CN': '不满意', en: 'bad' } },
        ],
        comment: prompt('请留下意见'),
        set: 'people',
        setComment: 'found',
        out: { next: 'end' },
      },
      sorry: { type: 'say', prompt: prompt('暂时无人'), out: { next: 'end' } },
    },
    {
      vars: [
        { name: 'answer', type: 'text', attach: true },
        ...['people', 'found'].map((name) => ({ name, type: 'text' as const })),
      ],
    },
  )
  it('brings along what was said', () => {
    const talk = new Talk(doc, { contact: { phone: '138' } }).write('房间漏水')
    expect(talk.last('attach')?.vars).to.deep.equal({ answer: '房间漏水' })
    expect(talk.last('handoff')).to.deep.include({
      queue: 'general',
      priority: 2,
      skills: ['en'],
      maxWaitMs: 60_000,
    })
    expect(talk.last('handoff')?.context).to.deep.include({
      answer: '房间漏水',
      'contact.phone': '138',
      lang: 'zh-CN',
    })
  })
  it('is asked for a score and a comment afterwards', () => {
    const talk = new Talk(doc).write('x').handoff('accepted').handoff('completed')
    expect(talk.said).to.equal('满意按1,不满意按2')
    talk.write('不满意')
    expect(talk.effects).to.deep.include({
      fx: 'track',
      event: 'survey',
      flow: 'main',
      version: 1,
      block: 'survey',
      data: { survey: 'csat', score: 1 },
    })
    talk.write('等太久')
    expect(talk.variable('found')).to.equal('等太久')
    expect(talk.state.status).to.equal('ended')
  })
  it('says nothing after the score and the call ends well', () => {
    const talk = new Talk(doc, { channel: 'voice' })
      .speak('x')
      .handoff('completed')
      .press('1')
      .beSilent()
    expect(talk.state.status).to.equal('ended')
    expect(talk.variable('people')).to.equal(5)
  })
  for (const status of ['closed', 'timeout', 'failed'])
    it(`hears what is possible when the queue answers ${status}`, () => {
      expect(new Talk(doc).write('x').handoff(status).said).to.include('暂时无人')
    })
})

describe('a flow that calls another', () => {
  const sub = flowOf(
    {
      ask: question('check'),
      check: {
        type: 'branch',
        cases: [{ id: 'no', when: { var: 'answer', op: '==', value: { literal: '取消' } } }],
        out: { no: 'cancelled', else: 'end' },
      },
      cancelled: { type: 'end', reason: 'return', exit: 'cancelled' },
    },
    { id: 'sub', kind: 'sub' },
  )
  const main = flowOf({
    call: {
      type: 'subflow',
      flow: 'sub',
      args: { phone: { var: 'contact.phone' } },
      results: { found: 'answer', people: 'phone' },
      out: { next: 'tell', error: 'broken', cancelled: 'pity' },
    },
    tell: {
      type: 'ask',
      prompt: prompt('得到{{found}}和{{people}}'),
      slot: { type: 'text' },
      set: 'answer',
      out: { next: 'end', noMatch: 'end' },
    },
    pity: queue('cancelled'),
    broken: queue('broken'),
  })
  it('gets results back', () => {
    const talk = new Talk(main, { contact: { phone: '138' } }, [sub]).write('你好')
    expect(talk.said).to.equal('再见\n得到你好和138')
    expect(talk.state.frames).to.have.length(1)
  })
  it('takes the exit that the called flow names', () => {
    expect(new Talk(main, {}, [sub]).write('取消').last('handoff')?.queue).to.equal('cancelled')
  })
  it('takes error when the other flow is not there', () => {
    expect(new Talk(main).last('handoff')?.queue).to.equal('broken')
  })
  it('takes error at the depth of ten instead of calling itself for ever', () => {
    const endless = flowOf({
      call: { type: 'subflow', flow: 'main', out: { next: 'end', error: 'deep' } },
      deep: queue('deep'),
    })
    const talk = new Talk(endless)
    expect(talk.last('handoff')?.queue).to.equal('deep')
    expect(talk.state.frames).to.have.length(10)
  })
  it('keeps the version it began with while a new one goes live', () => {
    const versions = new Map<string, PublishedFlow>()
    const add = (doc: FlowDoc, version: number) =>
      versions.set(`${doc.id}@${version}`, { id: doc.id, version, doc })
    let live = 1
    const context: TurnContext = {
      channel: 'webchat',
      nowMs: 0,
      contact: {},
      conversationId: 'c',
      flow: (id, version) => versions.get(`${id}@${version === 'live' ? live : version}`),
      hours: () => 'open',
    }
    add(main, 1)
    add(sub, 1)
    add(
      flowOf(
        { ask: { ...question(), prompt: prompt('新问题') } as Block },
        { id: 'sub', kind: 'sub' },
      ),
      2,
    )
    const first = turn(startState({ id: 'main', version: 1, doc: main }), { in: 'start' }, context)
    live = 2
    const repeated = turn(first.state, { in: 'silence' }, context)
    expect(repeated.effects.find(({ fx }) => fx === 'say')).to.include({ text: '问题' })
    add(main, 2)
    const fresh = turn(startState({ id: 'main', version: 2, doc: main }), { in: 'start' }, context)
    expect(fresh.effects.find(({ fx }) => fx === 'say')).to.include({ text: '新问题' })
  })
  it('goes to another for good and takes the variables of the same name along', () => {
    const leaving = flowOf({ ask: question('go'), go: { type: 'goto', flow: 'other' } })
    const other = flowOf(
      { tell: { type: 'say', prompt: prompt('您说{{answer}}'), out: { next: 'end' } } },
      { id: 'other' },
    )
    expect(new Talk(leaving, {}, [other]).write('你好').said).to.equal('您说你好\n再见')
  })
})

describe('a person who chooses a language', () => {
  const doc = flowOf({
    language: {
      type: 'language',
      prompt: prompt('中文请按1,for English press 2'),
      choices: [
        { lang: 'zh-CN', dtmf: '1', label: '中文' },
        { lang: 'en', dtmf: '2', label: 'English', say: ['english please'] },
      ],
      out: { next: 'hello', other: 'free' },
    },
    hello: question(),
    free: {
      type: 'ask',
      prompt: prompt('您说{{lastText}}', 'You said {{lastText}}'),
      slot: { type: 'text' },
      set: 'answer',
      out: { next: 'end', noMatch: 'end' },
    },
  })
  it('presses, says or taps it', () => {
    for (const talk of [
      new Talk(doc).press('2'),
      new Talk(doc).write('english'),
      new Talk(doc).tap('en'),
    ]) {
      expect(talk.said).to.equal('Question')
      expect(talk.last('lang')?.lang).to.equal('en')
    }
  })
  it('just asks in English and is understood so', () => {
    const talk = new Talk(doc).write('how much is the ticket')
    expect(talk.said).to.equal('You said how much is the ticket')
  })
  it('says nothing and goes on in the language of the house', () => {
    const talk = new Talk(doc, { channel: 'voice' }).beSilent().beSilent().beSilent()
    expect(talk.said).to.equal('问题')
  })
  it('speaks one the flow has not: it is spoken in the one there is, and marked so for the voice', () => {
    const talk = new Talk({ ...doc, entry: 'hello', langs: ['zh-CN', 'ja'] }, { lang: 'ja' })
    expect(talk.state.lang).to.equal('ja')
    expect(talk.last('say')).to.include({ text: '问题', lang: 'zh-CN' })
  })
})

describe('wording by channel', () => {
  const doc = flowOf({
    say: {
      type: 'say',
      prompt: {
        'zh-CN': {
          text: '请点击',
          speak: '请说',
          audio: { mediaId: 'rec1', ofText: '' },
          by: { sms: { text: '请回复' } },
        },
      },
      out: { next: 'end' },
    },
  })
  const first = (channel: 'voice' | 'sms' | 'webchat') =>
    new Talk(doc, { channel }).effects.find(({ fx }) => fx === 'say')
  it('the telephone gets the recording and the wording for the ear, others their text', () => {
    expect(first('voice')).to.include({ text: '请点击', speak: '请说', audio: 'rec1' })
    expect(first('sms')).to.include({ text: '请回复' })
    expect(first('webchat')).to.not.have.any.keys('speak', 'audio')
  })
})

describe('alternative wordings', () => {
  const ask = (audio?: { mediaId: string; ofText: string }) =>
    flowOf({
      ask: {
        type: 'ask',
        prompt: { 'zh-CN': { text: '请讲', alternatives: ['请说'], ...(audio ? { audio } : {}) } },
        slot: { type: 'number' },
        set: 'answer',
        input: { maxNoMatch: 5 },
        out: { next: 'end', noMatch: 'end' },
      },
    })
  const heard = (doc: FlowDoc) => {
    const talk = new Talk(doc, { channel: 'voice' })
    return [talk.said, talk.speak('啊').said, talk.speak('啊').said]
  }
  it('take turns', () => {
    expect(heard(ask())).to.deep.equal(['请说', '请讲', '请说'])
  })
  it('but a recording always goes with the wording that was recorded', () => {
    expect(heard(ask({ mediaId: 'rec1', ofText: '' }))).to.deep.equal(['请讲', '请讲', '请讲'])
  })
})

describe('opening hours', () => {
  const doc = flowOf({
    hours: { type: 'hours', schedule: 'desk', out: { open: 'a', closed: 'b' } },
    a: queue('open'),
    b: queue('closed'),
  })
  it('decide which way to go; a holiday without its own exit is closed', () => {
    const queueAt = (stub: string) =>
      new Talk(doc, { stubs: { 'hours:desk': stub } }).last('handoff')?.queue
    expect(['open', 'closed', 'holiday'].map(queueAt)).to.deep.equal(['open', 'closed', 'closed'])
  })
})

describe('a flow that breaks', () => {
  const circle = flowOf({
    a: { type: 'say', prompt: prompt('转圈'), out: { next: 'b' } },
    b: { type: 'set', assign: [{ var: 'answer', value: { literal: 1 } }], out: { next: 'a' } },
    agent: queue('rescued'),
  })
  it('in circles hands over to a person, and says things once', () => {
    const talk = new Talk(circle)
    expect(talk.last('handoff')?.queue).to.equal('rescued')
    expect(talk.effects.filter((e) => e.fx === 'say' && e.text === '转圈')).to.have.length(1)
    expect(talk.said).to.include('转接人工')
    expect(talk.handoff('completed').state.status).to.equal('ended')
  })
  it('lost its block by a forced migration starts again politely', () => {
    const talk = new Talk(hotline()).write('2')
    const { people: _people, ...rest } = hotline().blocks
    const newer = new Talk({ ...hotline(), blocks: rest })
    newer.state = talk.state
    newer.write('3')
    expect(newer.tracked).to.include('lost')
    expect(newer.block).to.equal('menu')
    expect(newer.said).to.match(/抱歉.*\n咨询请按1/)
  })
  it('with an exit into the void, again and again, ends at a person', () => {
    const talk = new Talk(
      flowOf({ a: { type: 'say', prompt: prompt('啊'), out: { next: 'nowhere' } } }),
    )
    expect(talk.state.status).to.equal('queued')
    expect(talk.last('handoff')?.queue).to.equal('default')
  })
})

describe('a caller who hangs up', () => {
  it('is counted where they stood, and nothing more happens', () => {
    const talk = new Talk(hotline(), { channel: 'voice' }).press('2')
    talk.feed({ in: 'hangup' })
    expect(talk.effects).to.deep.include({
      fx: 'track',
      event: 'abandon',
      flow: 'main',
      version: 1,
      block: 'people',
    })
    expect(talk.write('喂').effects).to.deep.equal([])
  })
})

describe('what is kept', () => {
  it('is small, and its trail bounded', () => {
    const doc = flowOf({
      menu: {
        type: 'menu',
        prompt: prompt('选'),
        choices: [choice('a', '1', '一', 'one')],
        out: { a: 'menu', noMatch: 'end' },
      },
    })
    const talk = new Talk(doc)
    for (let i = 0; i < 100; i++) talk.write('1')
    expect(talk.state.trail).to.have.length(30)
    expect(JSON.stringify(talk.state).length).to.be.below(1000)
  })
  it('is not what was handed in: the old state stays as it was', () => {
    const talk = new Talk(hotline()).write('2')
    const before = structuredClone(talk.state)
    const frozen = talk.state
    talk.write('3')
    expect(frozen).to.deep.equal(before)
  })
})
