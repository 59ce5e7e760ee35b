import { expect } from 'chai'
import type { Conversation, Leg } from '../../gateway/domain/conversation.ts'
import type { Message, Part } from '../../gateway/domain/message.ts'
import { recordedTurns } from '../../gateway/trials/recorded.ts'

const legOf = (channel: Leg['channel']): Leg => ({
  id: 'l',
  accountId: 'a',
  channel,
  identityId: 'i',
  threadKey: 't',
  state: 'open',
  openedAt: new Date(0),
})

/** Messages of a conversation, in changes that follow each other by a second. */
function thread(channel: Leg['channel']) {
  const conversation: Pick<Conversation, 'legs'> = { legs: [legOf(channel)] }
  const messages: Message[] = []
  let at = 0
  const add = (
    author: Message['author']['kind'],
    direction: Message['direction'],
    id: string,
    part: Part,
  ) =>
    messages.push({
      _id: String(messages.length),
      conversationId: 'c',
      ...(direction !== 'internal' && { legId: 'l' }),
      seq: messages.length + 1,
      direction,
      author: { kind: author, id } as Message['author'],
      parts: [part],
      at: new Date(at),
    })
  const verbs = {
    then: () => ((at += 1000), verbs),
    says: (part: Part | string) => (
      add('contact', 'in', 'p', typeof part === 'string' ? { type: 'text', text: part } : part),
      verbs
    ),
    bot: (block: string, text: string) => (add('bot', 'out', block, { type: 'text', text }), verbs),
    agent: (text: string) => (add('agent', 'out', 's', { type: 'text', text }), verbs),
    event: (name: string) => (
      add('system', 'internal', 'yilu', { type: 'event', name: name as never, data: {} }),
      verbs
    ),
    turns: () =>
      recordedTurns(conversation, messages).map(({ input, queued, said }) => ({
        did: input ? `${input.as} ${input.in}`.trim() : 'begins',
        said: said.map(({ block, text }) => `${block}: ${text}`).join(' '),
        ...(queued && { queued }),
      })),
  }
  return verbs
}

describe('what a stored conversation did to its flow', () => {
  it('written: the first words begin it, each message is an input, taps know their block', () => {
    const turns = thread('webchat')
      .says('门票多少钱')
      .bot('menu', '请选择')
      .bot('ask', '四十元')
      .then()
      .says({ type: 'choice', id: 'more/agent', label: '人工' })
      .bot('general', '正在转接')
      .event('queued')
      .then()
      .event('accepted')
      .then()
      .says('谢谢')
      .then()
      .agent('不客气')
      .then()
      .event('finished')
      .bot('rate', '请评价')
      .turns()
    expect(turns).to.deep.equal([
      { did: 'begins', said: '' },
      { did: 'text 门票多少钱', said: 'menu: 请选择 ask: 四十元' },
      { did: 'choice agent', said: 'general: 正在转接', queued: true },
      { did: 'event accepted', said: '' },
      { did: 'event completed', said: 'rate: 请评价' },
    ])
  })

  it('a mere greeting begins it and is no input', () => {
    const turns = thread('webchat')
      .says('你好')
      .bot('menu', '请选择')
      .then()
      .says('你好')
      .bot('menu', 'x')
    expect(turns.turns().map(({ did }) => did)).to.deep.equal(['begins', 'text 你好'])
  })

  it('by telephone: keys, words with their alternatives, silence, hanging up', () => {
    const said = { type: 'speech', nbest: [{ text: '投诉', confidence: 0.6 }, { text: '头数', confidence: 0.2 }] } as const // prettier-ignore
    const verbs = thread('voice')
      .event('callStarted')
      .bot('menu', '请按键')
      .then()
      .bot('menu', '请再按一次')
      .then()
      .says({ type: 'keys', digits: '2' })
      .bot('people', '几位')
      .then()
      .says({ ...said, nbest: [...said.nbest] })
      .bot('people', '没听懂')
      .then()
      .event('callEnded')
    expect(verbs.turns()).to.deep.equal([
      { did: 'begins', said: 'menu: 请按键' },
      { did: 'silence', said: 'menu: 请再按一次' },
      { did: 'dtmf 2', said: 'people: 几位' },
      { did: 'speech 投诉', said: 'people: 没听懂' },
      { did: 'hangup', said: '' },
    ])
  })

  it('waiting that took too long on the telephone, and waiting that was given up in writing', () => {
    const waits = (channel: Leg['channel']) =>
      thread(channel)
        .says('人工')
        .bot('general', '正在转接')
        .event('queued')
        .then()
        .event('abandoned')
        .bot('busy', '都在忙')
        .turns()
        .at(-1)
    expect(waits('voice')).to.deep.equal({ did: 'event timeout', said: 'busy: 都在忙' })
    expect(waits('webchat')).to.deep.equal({ did: 'event cancelled', said: 'busy: 都在忙' })
  })

  it('a call that came into a chat is another pass through the flow, and left out', () => {
    const turns = thread('webchat')
      .says('门票多少钱')
      .bot('menu', 'x')
      .then()
      .event('callStarted')
      .bot('menu', 'y')
    expect(turns.turns()).to.have.length(2)
  })
})
