import { expect } from 'chai'
import { Talk, flowOf, hotline, prompt } from './documents.ts'

describe('a person who wants a person', () => {
  for (const words of ['0', '转人工', '人工', 'human', '转人工!'])
    it(`says ${words} at the menu`, () => {
      const talk = new Talk(hotline()).write(words)
      expect(talk.last('handoff')?.queue).to.equal('general')
      expect(talk.state.status).to.equal('queued')
    })

  it('presses 0 inside a question', () => {
    const talk = new Talk(hotline(), { channel: 'voice' }).press('2').press('0')
    expect(talk.last('handoff')?.queue).to.equal('general')
  })

  it('types 0 where a story was asked for', () => {
    expect(new Talk(hotline()).write('2').write('3').write('0').state.status).to.equal('queued')
  })

  it('mentions people in a story and is not interrupted', () => {
    const talk = new Talk(hotline()).write('2').write('3').write('人工服务态度很差')
    expect(talk.state.status).to.equal('ended')
    expect(talk.variable('answer')).to.equal('人工服务态度很差')
  })

  it('presses 0 where 0 is an answer, and it is one', () => {
    const doc = hotline()
    const people = doc.blocks.people
    if (people?.type !== 'ask') throw new Error('the hotline asks for people')
    people.slot = { type: 'number', min: 0 }
    expect(new Talk(doc, { channel: 'voice' }).press('2').press('0').variable('people')).to.equal(0)
  })

  it('says it with their very first message', () => {
    const talk = new Talk(hotline())
    talk.state = { ...talk.state, status: 'run', trail: [] }
    delete talk.state.wait
    expect(talk.write('人工').state.status).to.equal('queued')
  })
})

describe('a person who wants to hear, go back, start again', () => {
  it('hears the prompt again with its quick replies, and no miss is counted', () => {
    const talk = new Talk(hotline()).write('嗯嗯').write('重听')
    expect(talk.last('say')?.choices).to.have.length(2)
    expect(talk.tracked).to.not.include('noMatch')
  })

  it('goes back to the question before', () => {
    const talk = new Talk(hotline()).write('2').write('3')
    expect(talk.block).to.equal('story')
    expect(talk.write('返回').block).to.equal('people')
    expect(talk.write('返回').block).to.equal('menu')
    expect(talk.write('返回').block).to.equal('menu')
  })

  it('goes back out of a sub-flow', () => {
    const sub = flowOf(
      {
        q: {
          type: 'ask',
          prompt: prompt('问'),
          slot: { type: 'text' },
          set: 'answer',
          out: { next: 'end', noMatch: 'end' },
        },
      },
      { id: 'sub', kind: 'sub' },
    )
    const doc = hotline()
    doc.blocks.facts = { type: 'subflow', flow: 'sub', out: { next: 'end', error: 'end' } }
    const talk = new Talk(doc, {}, [sub]).write('1')
    expect(talk.state.frames).to.have.length(2)
    expect(talk.write('返回').state.frames).to.have.length(1)
    expect(talk.block).to.equal('menu')
  })

  it('returns to the main menu, not to the greeting', () => {
    const doc = { ...hotline(), entry: 'hello', main: 'menu' }
    doc.blocks.hello = { type: 'say', prompt: prompt('欢迎'), out: { next: 'menu' } }
    const talk = new Talk(doc).write('2').write('主菜单')
    expect(talk.block).to.equal('menu')
    expect(talk.said).to.not.include('欢迎')
  })
})

describe('a person in danger', () => {
  it('is heard inside a sentence, with priority', () => {
    const talk = new Talk(hotline()).write('快来人啊救命我朋友溺水了')
    expect(talk.last('handoff')).to.include({ queue: 'rescue', priority: 0, emergency: true })
  })

  it('is heard in words the flow does not list', () => {
    expect(new Talk(hotline()).write('我爸心脏病发作了').last('handoff')?.queue).to.equal('rescue')
  })

  it('is not taken for one who only asks what might happen', () => {
    expect(new Talk(hotline()).write('下雨天爬华山会不会溺水被困').last('handoff')).to.equal(
      undefined,
    )
  })

  it('is heard in another language than the flow speaks', () => {
    expect(new Talk(hotline()).write('Please HELP ME!').last('handoff')?.queue).to.equal('rescue')
  })

  it('is heard in the middle of a question', () => {
    const talk = new Talk(hotline()).write('2').write('3').write('有人溺水了')
    expect(talk.last('handoff')?.queue).to.equal('rescue')
  })

  it('is heard though the recogniser is unsure, in any of its guesses', () => {
    const talk = new Talk(hotline(), { channel: 'voice' })
    talk.feed({
      in: 'speech',
      nbest: [
        { text: '旧名', confidence: 0.3 },
        { text: '救 命', confidence: 0.1 },
      ],
    })
    expect(talk.last('handoff')?.queue).to.equal('rescue')
  })

  it('is heard inside a sub-flow that knows nothing of emergencies', () => {
    const sub = flowOf(
      {
        q: {
          type: 'ask',
          prompt: prompt('问'),
          slot: { type: 'text' },
          set: 'answer',
          out: { next: 'end', noMatch: 'end' },
        },
      },
      { id: 'sub', kind: 'sub' },
    )
    const doc = hotline()
    doc.blocks.facts = { type: 'subflow', flow: 'sub', out: { next: 'end', error: 'end' } }
    const talk = new Talk(doc, {}, [sub]).write('1').write('救命')
    expect(talk.last('handoff')?.queue).to.equal('rescue')
    expect(talk.state.frames).to.have.length(1)
  })

  it('is heard while waiting for an agent, and moves to the other queue', () => {
    const talk = new Talk(hotline()).write('人工').write('救命')
    expect(talk.last('handoff')?.queue).to.equal('rescue')
  })

  it('cries twice and does not lose the place in the queue', () => {
    const talk = new Talk(hotline()).write('救命').write('救命啊')
    expect(talk.last('handoff')).to.equal(undefined)
    expect(talk.state.status).to.equal('queued')
  })

  it('is safe again, back at the menu, and heard anew when danger returns', () => {
    const doc = hotline()
    Object.assign(doc.blocks.rescue?.out ?? {}, { timeout: 'menu' })
    const talk = new Talk(doc).write('救命').handoff('timeout')
    expect(talk.block).to.equal('menu')
    expect(talk.write('人工').last('handoff')).not.to.have.property('priority')
    const again = new Talk(doc).write('救命').handoff('timeout').write('救命')
    expect(again.last('handoff')?.queue).to.equal('rescue')
  })

  it('is heard inside a coded dialog', () => {
    const doc = hotline()
    doc.blocks.facts = { type: 'dialog', dialog: 'booking', out: { next: 'end', error: 'end' } }
    const talk = new Talk(doc, { stubs: { 'dialog:booking': { done: false, say: ['几号?'] } } })
    expect(talk.write('1').state.status).to.equal('dialog')
    expect(talk.write('救命').last('handoff')?.queue).to.equal('rescue')
  })

  it('does not cry when English letters merely contain the word', () => {
    expect(new Talk(hotline()).write('help menu').last('handoff')).to.equal(undefined)
  })
})

describe('a person waiting for an agent', () => {
  it('writes on and the bot stays silent', () => {
    const talk = new Talk(hotline()).write('人工').write('在吗').write('1')
    expect(talk.effects).to.deep.equal([])
  })

  it('cancels the waiting', () => {
    const talk = new Talk(hotline()).write('人工').write('不等了')
    expect(talk.block).to.equal('menu')
    expect(talk.state.status).to.equal('wait')
  })

  it('talks with the agent, and the bot hears nothing at all', () => {
    const talk = new Talk(hotline()).write('人工').handoff('accepted')
    for (const words of ['不等了', '救命', '0', '人工']) {
      talk.write(words)
      expect(talk.effects, words).to.deep.equal([])
    }
  })
})

describe('a person who writes a command (S250)', () => {
  const withCommand = () => {
    const doc = hotline()
    doc.vars = [...(doc.vars ?? []), { name: 'said', type: 'text' }]
    doc.hotkeys = [
      ...(doc.hotkeys ?? []),
      { id: 'command', say: { 'zh-CN': ['投诉', 'TS'] }, rest: 'said', target: 'agent' },
    ]
    return doc
  }
  const target = Object.keys(hotline().blocks).find((id) => id === 'agent')

  for (const [written, rest] of [
    ['投诉 导游强迫购物', '导游强迫购物'],
    ['ts:导游强迫购物', '导游强迫购物'],
    ['TS 第一行\n第二行', '第一行\n第二行'],
    ['投诉C20261122-0001', 'C20261122-0001'],
  ] as const)
    it(`“${written}” goes where it leads, and what it is about is known there`, () => {
      expect(target).to.equal('agent')
      const talk = new Talk(withCommand()).write(written)
      expect(talk.variable('said')).to.equal(rest)
    })

  for (const written of ['投诉电话是多少', '投诉', '我想问TS 是什么', 'tsunami warning'])
    it(`“${written}” is none`, () => {
      expect(new Talk(withCommand()).write(written).variable('said')).to.equal(undefined)
    })

  it('where a story was asked for, a story that begins like a command is one', () => {
    const talk = new Talk(withCommand()).write('2').write('3').write('投诉 导游强迫购物')
    expect(talk.variable('said')).to.equal(undefined)
    expect(talk.variable('answer')).to.equal('投诉 导游强迫购物')
  })

  it('by telephone nobody writes', () => {
    const talk = new Talk(withCommand(), { channel: 'voice' }).write('投诉 导游强迫购物')
    expect(talk.variable('said')).to.equal(undefined)
  })
})
