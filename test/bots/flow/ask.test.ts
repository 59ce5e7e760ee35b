import { expect } from 'chai'
import type { Block, FlowDoc, Slot } from '../../../bots/flow/schema.ts'
import { Talk, flowOf, prompt } from './documents.ts'

const ask = (slot: Slot, more: Partial<Extract<Block, { type: 'ask' }>> = {}) =>
  flowOf({
    ask: {
      type: 'ask',
      prompt: prompt('请回答', 'Please answer'),
      slot,
      set: 'answer',
      out: { next: 'done', noMatch: 'given-up' },
      ...more,
    },
    done: {
      type: 'ask',
      prompt: prompt('好'),
      slot: { type: 'text' },
      set: 'found',
      out: { next: 'end', noMatch: 'end' },
    },
    'given-up': {
      type: 'ask',
      prompt: prompt('抱歉'),
      slot: { type: 'text' },
      set: 'found',
      out: { next: 'end', noMatch: 'end' },
    },
  })

describe('a person asked a question', () => {
  it('hears why an answer out of bounds was not taken', () => {
    const retry = { invalid: prompt('请说1到99'), noMatch: prompt('没听清') }
    const talk = new Talk(ask({ type: 'number', min: 1, max: 99 }, { retry }))
    expect(talk.write('三百').said).to.equal('请说1到99')
    expect(talk.write('很多').said).to.equal('没听清')
    expect(talk.write('三十').variable('answer')).to.equal(30)
  })

  it('confirms, denies, and answers again', () => {
    const talk = new Talk(ask({ type: 'phone' }, { confirm: prompt('{{answer|digits}},对吗?') }))
    talk.write('13800138000')
    expect(talk.said).to.equal('1 3 8 0 0 1 3 8 0 0 0,对吗?')
    expect(talk.variable('answer')).to.equal(undefined)
    expect(talk.write('不对').said).to.equal('请回答')
    expect(talk.write('13900139000').write('是的').variable('answer')).to.equal('13900139000')
    expect(talk.block).to.equal('done')
  })

  it('corrects the answer in the same breath as the no', () => {
    const talk = new Talk(ask({ type: 'phone' }, { confirm: prompt('{{answer}}?') }))
    expect(talk.write('13800138000').write('不对,是13900139000').said).to.equal('13900139000?')
  })

  it('denies for ever and gets another way out', () => {
    const talk = new Talk(ask({ type: 'phone' }, { confirm: prompt('{{answer}}?') }))
    for (let i = 0; i < 3; i++) talk.write('13800138000').write('不对')
    expect(talk.block).to.equal('given-up')
  })

  it('is not asked what is known', () => {
    const vars = [{ name: 'answer', type: 'text' as const, init: '13800138000' }]
    const doc = { ...ask({ type: 'phone' }, { skipIfSet: true }), vars }
    expect(new Talk(doc).block).to.equal('done')
  })

  it('enters digits on the telephone and ends with #', () => {
    const talk = new Talk(ask({ type: 'digits', minLength: 4 }), { channel: 'voice' }).press(
      '12345#',
    )
    expect(talk.variable('answer')).to.equal('12345')
  })

  it('sends a picture', () => {
    const talk = new Talk(ask({ type: 'media' }))
    talk.feed({ in: 'media', mediaId: 'm1', kind: 'image' })
    expect(talk.variable('answer')).to.deep.equal({ mediaId: 'm1', kind: 'image' })
  })

  it('picks from a list by tapping, number or word', () => {
    const choices = [
      { id: 'a', dtmf: '1', label: { 'zh-CN': '导游', en: 'guide' }, value: 'GUIDE' },
      { id: 'b', dtmf: '2', label: { 'zh-CN': '酒店', en: 'hotel' } },
    ]
    const doc = ask({ type: 'enum', choices })
    expect(new Talk(doc).tap('a').variable('answer')).to.equal('GUIDE')
    expect(new Talk(doc).write('2').variable('answer')).to.equal('b')
    expect(new Talk(doc).write('是酒店的问题').variable('answer')).to.equal('b')
  })

  it('says yes and no in their own words', () => {
    const doc = ask({ type: 'yesno' })
    for (const yes of [
      '是',
      '对的',
      '没错',
      '嗯',
      '好的好的',
      'yes',
      'Yes, please',
      'ok',
      '没问题',
      '1',
    ])
      expect(new Talk(doc).write(yes).variable('answer'), yes).to.equal(true)
    for (const no of ['不是', '不对', '没有', '错了', 'no', 'No, thanks', '不用了', '2'])
      expect(new Talk(doc).write(no).variable('answer'), no).to.equal(false)
    for (const neither of ['好像不对吧', '也许', 'know', '不知道', '不错吗'])
      expect(new Talk(doc).write(neither).variable('answer'), neither).to.not.equal(true)
  })

  it('on the telephone: keys are collected as the answer, the flow and the block say', () => {
    const listen = (doc: FlowDoc) => new Talk(doc, { channel: 'voice' }).last('listen')?.options
    expect(listen(ask({ type: 'digits', minLength: 4, maxLength: 6 }))?.dtmf).to.deep.equal({
      minDigits: 4,
      maxDigits: 6,
      endKey: '#',
      interDigitMs: 3000,
    })
    const slow = {
      ...ask({ type: 'yesno' }),
      input: { timeoutMs: 9000, dtmf: { interDigitMs: 900 } },
    }
    expect(listen(slow)).to.deep.include({
      timeoutMs: 9000,
      dtmf: { maxDigits: 1, interDigitMs: 900 },
    })
    const own = ask({ type: 'yesno' }, { input: { maxNoMatch: 0, dtmf: { maxDigits: 2 } } })
    expect(listen(own)).to.deep.include({
      maxNoMatch: 0,
      dtmf: { maxDigits: 2, interDigitMs: 3000 },
    })
    expect(new Talk(own).write('啊').block).to.equal('given-up')
  })
})
