import { expect } from 'chai'
import type { Block } from '../../../bots/flow/schema.ts'
import { Talk, choice, flowOf, prompt } from './documents.ts'

const menu = (more: Partial<Extract<Block, { type: 'menu' }>> = {}): Block => ({
  type: 'menu',
  prompt: prompt('请选择', 'Please choose'),
  choices: [
    choice('ticket', '1', '门票', 'tickets'),
    choice('complain', '2', '投诉', 'complaint'),
    choice('progress', '3', '投诉进度', 'complaint status'),
  ],
  set: 'answer',
  out: { ticket: 'one', complain: 'two', progress: 'three', noMatch: 'lost' },
  ...more,
})
const stop = (text: string): Block => ({
  type: 'ask',
  prompt: prompt(text),
  slot: { type: 'text' },
  set: 'found',
  out: { next: 'end', noMatch: 'end' },
})
const document = (more = {}) =>
  flowOf({
    menu: menu(more),
    one: stop('一'),
    two: stop('二'),
    three: stop('三'),
    lost: stop('没听懂'),
    free: stop('自由'),
  })

describe('a person at a menu', () => {
  for (const [what, answer] of [
    ['the key', '2'],
    ['a full-width key', '2'],
    ['the exact phrase', '投诉'],
    ['the phrase within a sentence', '我想投诉一下导游'],
    ['the number in Chinese', '二号'],
    ['the position', '第二个'],
    ['请按', '按二'],
    ['the label of the other language', 'complaint'],
    ['an English number', 'number two'],
    ['an English position', 'the second one'],
  ] as const)
    it(`chooses by ${what}: ${answer}`, () => {
      expect(new Talk(document()).write(answer).block).to.equal('two')
    })

  it('chooses by tapping', () => {
    const talk = new Talk(document()).tap('progress')
    expect(talk.block).to.equal('three')
    expect(talk.variable('answer')).to.equal('progress')
  })

  it('presses # after the key, as other hotlines want it', () => {
    expect(new Talk(document(), { channel: 'voice' }).press('2#').block).to.equal('two')
  })

  it('means the longer phrase if one contains the other', () => {
    expect(new Talk(document()).write('查投诉进度').block).to.equal('three')
  })

  it('is not sent to what they rule out', () => {
    expect(new Talk(document()).write('我不要投诉').block).to.equal('menu')
  })

  it('is asked again when two choices are named', () => {
    const talk = new Talk(document()).write('门票和投诉')
    expect(talk.block).to.equal('menu')
    expect(talk.tracked).to.include('noMatch')
  })

  it('sees quick replies again with the retry', () => {
    const retry = { noMatch: prompt('没听清,请再选', 'Pardon?') }
    const talk = new Talk(document({ retry })).write('嗯嗯嗯嗯')
    expect(talk.said).to.equal('没听清,请再选')
    expect(talk.last('say')?.choices?.map(({ id }) => id)).to.deep.equal([
      'ticket',
      'complain',
      'progress',
    ])
  })

  it('leaves by noMatch after the third miss', () => {
    const talk = new Talk(document()).write('啊').write('啊')
    expect(talk.block).to.equal('menu')
    expect(talk.write('啊').block).to.equal('lost')
  })

  it('leaves by noMatch after silence if noInput is not connected', () => {
    const talk = new Talk(document(), { channel: 'voice' }).beSilent().beSilent().beSilent()
    expect(talk.block).to.equal('lost')
  })

  it('asks a question in chat and reaches the exit for questions with its words', () => {
    const out = {
      ticket: 'one',
      complain: 'two',
      progress: 'three',
      noMatch: 'lost',
      other: 'free',
    }
    const talk = new Talk(document({ out })).write('故宫几点关门')
    expect(talk.block).to.equal('free')
    expect(talk.state.lastText).to.equal('故宫几点关门')
  })

  it('asks a question that names a choice, and it is still a question', () => {
    const out = {
      ticket: 'one',
      complain: 'two',
      progress: 'three',
      noMatch: 'lost',
      other: 'free',
    }
    expect(new Talk(document({ out })).write('门票多少钱?').block).to.equal('free')
    expect(new Talk(document()).write('门票多少钱?').block).to.equal('one')
  })

  it('types a wrong number and is asked again, not taken for a question', () => {
    const out = {
      ticket: 'one',
      complain: 'two',
      progress: 'three',
      noMatch: 'lost',
      other: 'free',
    }
    expect(new Talk(document({ out })).write('7').block).to.equal('menu')
  })

  it('does not see a choice whose condition does not hold', () => {
    const choices = [
      choice('ticket', '1', '门票', 'tickets'),
      {
        ...choice('complain', '2', '投诉', 'complaint'),
        when: { var: 'channel', op: '==' as const, value: { literal: 'voice' } },
      },
    ]
    const talk = new Talk(document({ choices }))
    expect(talk.last('say')?.choices).to.have.length(1)
    expect(talk.write('投诉').block).to.equal('menu')
  })

  it('taps a reply of an older message and is asked again', () => {
    const talk = new Talk(document()).tap('ticket', 'elsewhere')
    expect(talk.block).to.equal('menu')
    expect(talk.tracked).to.include('stale')
  })

  it('is asked back when the recogniser was unsure', () => {
    const confirm = prompt('您是说{{heard}}吗?', 'Did you say {{heard}}?')
    const doc = document({ confirm, input: { confirmBelow: 0.7 } })
    const talk = new Talk(doc, { channel: 'voice' }).speak('门票', 0.5)
    expect(talk.said).to.equal('您是说门票吗?')
    expect(talk.speak('对').block).to.equal('one')
    expect(new Talk(doc, { channel: 'voice' }).speak('门票', 0.5).speak('不是').block).to.equal(
      'menu',
    )
    expect(new Talk(doc, { channel: 'voice' }).speak('门票', 0.9).block).to.equal('one')
  })

  it('mumbles below the least confidence and is not believed', () => {
    expect(new Talk(document(), { channel: 'voice' }).speak('门票', 0.2).block).to.equal('menu')
  })

  it('is understood by the second guess of the recogniser', () => {
    const talk = new Talk(document(), { channel: 'voice' })
    talk.feed({
      in: 'speech',
      nbest: [
        { text: '头宿', confidence: 0.6 },
        { text: '投诉', confidence: 0.5 },
      ],
    })
    expect(talk.block).to.equal('two')
  })
})
