import { expect } from 'chai'
import { startState, turn } from '../../../bots/flow/engine.ts'
import type { FlowDoc } from '../../../bots/flow/schema.ts'
import type { FlowInput, FlowState, TurnContext } from '../../../bots/flow/state.ts'
import { Talk, flowOf, hotline, prompt, queue } from './documents.ts'

const contextFor = (doc: FlowDoc): TurnContext => ({
  channel: 'webchat',
  nowMs: 0,
  contact: { phone: '13800138000' },
  conversationId: 'c42',
  flow: (id) => (id === doc.id ? { id, version: 3, doc } : undefined),
  hours: () => 'open',
})

function start(doc: FlowDoc) {
  let state: FlowState = startState({ id: doc.id, version: 3, doc })
  return (input: FlowInput) => {
    const result = turn(state, input, contextFor(doc))
    state = result.state
    return result
  }
}

const ticketFlow = () =>
  flowOf({
    create: {
      type: 'ticket',
      op: 'create',
      kind: 'complaint',
      fields: { phone: { var: 'contact.phone' }, what: { template: '{{answer|default:无}}' } },
      set: 'ticket',
      out: { next: 'tell', error: 'agent' },
    },
    tell: { type: 'say', prompt: prompt('工单号{{ticket.serial}}'), out: { next: 'end' } },
    agent: queue(),
  })

describe('a flow that opens a ticket', () => {
  it('asks the host with a key that survives a crash', () => {
    const feed = start(ticketFlow())
    const first = feed({ in: 'start' })
    expect(first.state.status).to.equal('calling')
    expect(first.call).to.deep.include({
      kind: 'ticket',
      op: 'create',
      ticketKind: 'complaint',
      fields: { phone: '13800138000', what: '无' },
      key: 'c42:main:create:1',
    })
    // the host died before it knew the outcome; whatever comes next, the same call is made again
    const again = feed({ in: 'text', text: '在吗' })
    expect(again.call).to.deep.equal(first.call)
    const done = feed({ in: 'result', ok: true, value: { serial: 'T7', status: 'open' } })
    expect(done.effects.find(({ fx }) => fx === 'say')).to.include({ text: '工单号T7' })
    expect(done.call).to.equal(undefined)
  })

  it('gives the same key when the same turn runs again after a conflict', () => {
    const doc = ticketFlow()
    const state = startState({ id: doc.id, version: 3, doc })
    const runs = [1, 2].map(() => turn(state, { in: 'start' }, contextFor(doc)))
    expect(runs[0]).to.deep.equal(runs[1])
  })

  it('reaches a person when the ticket cannot be written, and says no lie', () => {
    const talk = new Talk(ticketFlow(), { stubs: { 'ticket:create:complaint': { error: 'DOWN' } } })
    expect(talk.last('handoff')?.queue).to.equal('general')
    expect(talk.said).to.not.include('工单号')
    expect(
      new Talk(ticketFlow(), { stubs: { 'ticket:create:complaint': null } }).state.status,
    ).to.equal('queued')
  })

  it('ignores a result it no longer waits for', () => {
    const feed = start(ticketFlow())
    const { call } = feed({ in: 'start' })
    expect(feed({ in: 'result', ok: true, value: {}, callId: 'other' }).state.status).to.equal(
      'calling',
    )
    feed({ in: 'result', ok: true, value: { serial: 'T1' }, callId: call?.id })
    const late = feed({ in: 'result', ok: true, value: { serial: 'T2' } })
    expect(late.effects).to.deep.equal([])
  })
})

describe('a flow that looks something up', () => {
  const lookup = flowOf({
    query: {
      type: 'query',
      source: 'weather',
      params: { city: { literal: '北京' } },
      set: 'found',
      wait: prompt('请稍候'),
      out: { next: 'tell', empty: 'none', error: 'agent' },
    },
    tell: { type: 'say', prompt: prompt('{{found.text}}'), out: { next: 'end' } },
    none: { type: 'say', prompt: prompt('没有查到'), out: { next: 'end' } },
    agent: queue(),
  })
  it('says what was found, nothing, or that a person helps', () => {
    expect(new Talk(lookup, { stubs: { 'query:weather': { text: '晴' } } }).said).to.include('晴')
    expect(new Talk(lookup, { stubs: { 'query:weather': [] } }).said).to.include('没有查到')
    expect(
      new Talk(lookup, { stubs: { 'query:weather': { error: 'TIMEOUT' } } }).state.status,
    ).to.equal('queued')
  })

  it('finds a ticket or takes the exit notFound', () => {
    const doc = flowOf({
      find: {
        type: 'ticket',
        op: 'lookup',
        kind: 'complaint',
        fields: {},
        set: 'ticket',
        out: { next: 'end', notFound: 'agent', error: 'end' },
      },
      agent: queue('none-found'),
    })
    expect(new Talk(doc).last('handoff')?.queue).to.equal('none-found')
    expect(
      new Talk(doc, { stubs: { 'ticket:lookup:complaint': { serial: 'T1' } } }).state.status,
    ).to.equal('ended')
  })
})

describe('a question typed at the main menu', () => {
  it('is answered from the knowledge base at once, and the menu follows', () => {
    const answer = [{ id: 'k1', question: '门票', answer: '门票40元 {{phone}}', score: 3 }]
    const talk = new Talk(hotline(), { stubs: { 'faq:tour': answer } }).write('门票多少钱')
    expect(talk.said).to.match(/^门票40元 \{\{phone\}\}\n咨询请按1/)
    expect(talk.block).to.equal('menu')
  })

  it('is noted as a miss when nothing is good enough', () => {
    const talk = new Talk(hotline(), {
      stubs: { 'faq:tour': [{ answer: 'x', score: 0.2 }] },
    }).write('天气如何')
    const miss = talk.effects.find((effect) => effect.fx === 'track' && effect.event === 'faqMiss')
    expect(miss).to.deep.include({ data: { text: '天气如何' } })
    expect(talk.said).to.not.include('x')
  })

  it('chosen by key, the knowledge block asks first: old words are no question', () => {
    const talk = new Talk(hotline(), { channel: 'voice' }).speak('什么什么什么').press('1')
    expect(talk.said).to.equal('请问您想了解什么?')
    expect(talk.state.status).to.equal('wait')
  })

  it('chosen by its name, the knowledge block asks first: the name is no question', () => {
    expect(new Talk(hotline()).write('咨询').said).to.equal('请问您想了解什么?')
  })

  it('does not turn in circles when the answer leads back to the question', () => {
    const doc = hotline()
    doc.blocks.facts = { ...doc.blocks.facts, out: { answered: 'menu', noMatch: 'facts' } } as never
    const talk = new Talk(doc).write('天气如何')
    expect(talk.state.status).to.equal('queued')
    expect(talk.tracked).to.include('loop')
  })
})

describe('a sentence to be sorted', () => {
  const sorted = () =>
    flowOf({
      what: {
        type: 'intent',
        prompt: prompt('请说您的需求'),
        classifier: 'tour',
        minScore: 0.3,
        sureScore: 0.8,
        offer: prompt('您是想问:{{offers}}?'),
        intents: [
          { id: 'weather', intent: 'ask.weather', label: { 'zh-CN': '天气', en: 'weather' } },
          { id: 'ticket', intent: 'ask.ticket', label: { 'zh-CN': '门票', en: 'tickets' } },
        ],
        out: { weather: 'w', ticket: 't', noMatch: 'agent' },
      },
      w: queue('weather'),
      t: queue('ticket'),
      agent: queue(),
    })
  const hits = (...scores: number[]) => ({
    'intent:tour': [
      { intent: 'ask.weather', score: scores[0] },
      { intent: 'ask.ticket', score: scores[1] },
    ],
  })
  it('goes there when sure', () => {
    expect(
      new Talk(sorted(), { stubs: hits(0.9, 0.1) }).write('明天下雨吗').last('handoff')?.queue,
    ).to.equal('weather')
  })
  it('offers the best when unsure', () => {
    const talk = new Talk(sorted(), { stubs: hits(0.5, 0.4) }).write('明天')
    expect(talk.said).to.equal('您是想问:1 天气、2 门票?')
    expect(talk.last('say')?.choices).to.have.length(2)
    expect(talk.write('2').last('handoff')?.queue).to.equal('ticket')
    const none = new Talk(sorted(), { stubs: hits(0.5, 0.4) }).write('明天').write('都不是')
    expect(none.last('handoff')?.queue).to.equal('general')
  })
  it('asks again when nothing fits, then gives up', () => {
    const talk = new Talk(sorted(), { stubs: hits(0.1, 0.1) }).write('啊')
    expect(talk.said).to.equal('请说您的需求')
    expect(talk.write('啊').write('啊').last('handoff')?.queue).to.equal('general')
  })
})

describe('a dialog written by programmers', () => {
  const doc = flowOf({
    book: {
      type: 'dialog',
      dialog: 'booking',
      args: { city: { literal: '北京' } },
      set: 'found',
      out: { next: 'tell', error: 'agent' },
    },
    tell: { type: 'say', prompt: prompt('已订{{found.room}}'), out: { next: 'end' } },
    agent: queue(),
  })
  it('gets every input until it returns a result', () => {
    const feed = start(doc)
    expect(feed({ in: 'start' }).call).to.deep.include({
      kind: 'dialog',
      dialog: 'booking',
      args: { city: '北京' },
    })
    const waiting = feed({ in: 'result', ok: true, value: { done: false, say: ['哪天?'] } })
    expect(waiting.state.status).to.equal('dialog')
    expect(waiting.effects.find(({ fx }) => fx === 'say')).to.include({ text: '哪天?' })
    expect(feed({ in: 'text', text: '明天' }).call).to.deep.include({
      input: { in: 'text', text: '明天' },
    })
    const done = feed({ in: 'result', ok: true, value: { done: true, result: { room: '301' } } })
    expect(done.effects.find(({ fx }) => fx === 'say')).to.include({ text: '已订301' })
  })
  it('that answers nonsense or fails leaves by error', () => {
    expect(new Talk(doc, { stubs: { 'dialog:booking': 'nonsense' } }).state.status).to.equal(
      'queued',
    )
    expect(new Talk(doc, { stubs: { 'dialog:booking': { error: 'X' } } }).state.status).to.equal(
      'queued',
    )
  })
})

describe('a question the knowledge base is not sure about', () => {
  const hits = [
    { id: 'a', question: '门票多少钱?', answer: '一百二十元', score: 0.45 },
    { id: 'b', question: '老人要买票吗?', answer: '老人免票', score: 0.4 },
    { id: 'c', question: '怎么退票?', answer: '原路退回', score: 0.3 },
    { id: 'd', question: '哪里停车?', answer: '南门', score: 0.25 },
  ]
  const doc = (more = {}) =>
    flowOf({
      ask: {
        type: 'faq',
        prompt: prompt('请问'),
        knowledgeBase: 'k',
        minScore: 0.35,
        sureScore: 0.6,
        offerScore: 0.2,
        offer: prompt('您是想问:', 'Did you mean:'),
        set: 'found',
        out: { answered: 'end', noMatch: 'agent' },
        ...more,
      },
      agent: queue(),
    })
  const asked = (top = hits, more = {}) =>
    new Talk(doc(more), { stubs: { 'faq:k': top } }).write('票的事')

  it('is answered by offering the three nearest, and a way out', () => {
    const talk = asked()
    expect(talk.said).to.equal('您是想问:')
    expect(talk.last('say')?.choices?.map(({ key, label }) => `${key} ${label}`)).to.deep.equal([
      '1 门票多少钱?',
      '2 老人要买票吗?',
      '3 怎么退票?',
      '4 都不是',
    ])
  })

  it('a tap, a number or the words choose; what was asked stays what was asked', () => {
    expect(asked().tap('hit2').said).to.include('老人免票')
    expect(asked().write('3').said).to.include('原路退回')
    const talk = asked().write('门票多少钱')
    expect(talk.said).to.include('一百二十元')
    expect(talk.state.frames[0]?.vars.found).to.include({ id: 'a' })
  })

  it('none of them: noted as a miss of the question, which the agent sees', () => {
    for (const words of ['都不是', '4', '不是']) {
      const talk = asked().write(words)
      expect(talk.last('handoff')?.context, words).to.include({ lastText: '票的事' })
      expect(
        talk.effects.find((effect) => effect.fx === 'track' && effect.event === 'faqMiss'),
      ).to.deep.include({ data: { text: '票的事' } })
    }
  })

  it('another question is searched anew', () => {
    const talk = asked().write('停车场在什么地方')
    expect(talk.state.lastText).to.equal('停车场在什么地方')
    expect(talk.said).to.equal('您是想问:')
  })

  it('one that is sure is answered, one too far off is a miss, and without the prompt it is as before', () => {
    expect(asked([{ ...hits[0]!, score: 0.7 }]).said).to.include('一百二十元')
    expect(asked([{ ...hits[0]!, score: 0.1 }]).last('handoff')).to.not.equal(undefined)
    expect(asked(hits, { offer: undefined }).said).to.include('一百二十元')
  })

  it('a caller is answered where a reader would be offered, and offered by keys below that', () => {
    const by = (score: number) =>
      new Talk(doc(), { channel: 'voice', stubs: { 'faq:k': [{ ...hits[0]!, score }] } }).speak(
        '票',
      )
    expect(by(0.45).heard).to.include('一百二十元')
    const offered = by(0.3)
    expect(offered.heard).to.equal('您是想问:门票多少钱请按1,都不是请按2。')
    expect(offered.press('1').heard).to.include('一百二十元')
    expect(by(0.3).speak('是的').heard).to.include('一百二十元')
  })
})
