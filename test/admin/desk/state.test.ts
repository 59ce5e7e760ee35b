import { expect } from 'chai'
import { sections, unread } from '../../../admin/src/desk/inbox/sections.ts'
import { firstState, missing, reduce } from '../../../admin/src/desk/state.ts'
import type { DeskAction, DeskState } from '../../../admin/src/desk/state.ts'
import { agent, card, me, message, welcome } from './samples.ts'

const after = (state: DeskState, ...actions: DeskAction[]): DeskState =>
  actions.reduce((next, action) => reduce(next, action, 1000), state)

const seqs = (state: DeskState) => state.threads['c1']?.messages.map(({ seq }) => seq)

function openedAt(lastSeq: number): DeskState {
  const c1 = card('c1', { lastSeq })
  const messages = Array.from({ length: lastSeq }, (_, index) => message(index + 1))
  return after(
    firstState,
    welcome([c1]),
    { t: 'opening', conversationId: 'c1' },
    {
      t: 'opened',
      conversationId: 'c1',
      afterSeq: 0,
      result: { card: c1, messages, more: false },
    },
  )
}

describe('admin desk: the picture', () => {
  it('a message pushed twice shows once', () => {
    const state = after(
      openedAt(2),
      { t: 'message', message: message(3) },
      { t: 'message', message: message(3) },
    )
    expect(seqs(state)).to.deep.equal([1, 2, 3])
  })

  it('messages pushed out of order stand by seq', () => {
    const state = after(
      openedAt(1),
      { t: 'message', message: message(3) },
      { t: 'message', message: message(2) },
    )
    expect(seqs(state)).to.deep.equal([1, 2, 3])
    expect(missing(state)).to.deep.equal([])
  })

  it('a gap in seq is asked for from the last complete one, and filled', () => {
    const gap = after(openedAt(2), { t: 'message', message: message(5) })
    expect(missing(gap)).to.deep.equal([{ conversationId: 'c1', afterSeq: 2 }])
    const filled = after(gap, {
      t: 'opened',
      conversationId: 'c1',
      afterSeq: 2,
      result: {
        card: card('c1', { lastSeq: 5 }),
        messages: [message(3), message(4), message(5)],
        more: false,
      },
    })
    expect(seqs(filled)).to.deep.equal([1, 2, 3, 4, 5])
    expect(missing(filled)).to.deep.equal([])
  })

  it('a seq the server will never show is asked for once only', () => {
    const gap = after(openedAt(2), { t: 'message', message: message(4) })
    const answered = after(gap, {
      t: 'opened',
      conversationId: 'c1',
      afterSeq: 2,
      result: { card: card('c1', { lastSeq: 4 }), messages: [message(4)], more: false },
    })
    expect(missing(answered)).to.deep.equal([])
  })

  it('away for so long that the answer is cut: the old part is dropped and can be loaded again', () => {
    const state = after(openedAt(2), {
      t: 'opened',
      conversationId: 'c1',
      afterSeq: 2,
      result: {
        card: card('c1', { lastSeq: 51 }),
        messages: [message(50), message(51)],
        more: true,
      },
    })
    expect(seqs(state)).to.deep.equal([50, 51])
    expect(state.threads['c1']?.more).to.equal(true)
    const loaded = after(state, {
      t: 'older',
      conversationId: 'c1',
      messages: [message(48), message(49)],
      more: true,
    })
    expect(seqs(loaded)).to.deep.equal([48, 49, 50, 51])
  })

  it('welcome after a reconnect replaces the picture and keeps drafts, unsent messages and threads', () => {
    const before = after(
      openedAt(2),
      { t: 'draft', conversationId: 'c1', draft: '您好', note: false },
      {
        t: 'sending',
        conversationId: 'c1',
        item: {
          clientMsgId: 'x1234567',
          note: false,
          content: { type: 'text', text: 'unsent' },
          atMs: 0,
          state: 'waiting',
        },
      },
      { t: 'conversation', card: card('c9') },
      { t: 'link', link: 'lost' },
    )
    const state = after(before, welcome([card('c1', { lastSeq: 4 }), card('c2')], 61_000))
    expect(Object.keys(state.cards)).to.deep.equal(['c1', 'c2'])
    expect(state.link).to.equal('online')
    expect(state.clockSkewMs).to.equal(60_000)
    expect(state.compose['c1']?.draft).to.equal('您好')
    expect(state.compose['c1']?.pending).to.have.length(1)
    expect(seqs(state)).to.deep.equal([1, 2])
  })

  it('a conversation lost during the break stays readable if it was on screen, its draft too', () => {
    const before = after(openedAt(1), {
      t: 'draft',
      conversationId: 'c1',
      draft: 'half a sentence',
      note: false,
    })
    const state = after(before, welcome([]))
    expect(state.departed['c1']?.why).to.equal('elsewhere')
    expect(state.compose['c1']?.draft).to.equal('half a sentence')
    expect(seqs(state)).to.deep.equal([1])
  })

  it('what was written for a conversation long out of sight is thrown away', () => {
    const before = after(firstState, {
      t: 'draft',
      conversationId: 'old',
      draft: 'x',
      note: false,
    })
    expect(after(before, welcome([])).compose).to.deep.equal({})
  })

  it('the offer is withdrawn while its card is open', () => {
    const offer = { id: 'o1', agentId: 'a1', expiresAtMs: 9000 }
    const offered = after(
      firstState,
      welcome([card('c1', { state: 'offered', agentId: undefined, offer })]),
    )
    expect(sections(offered.cards, me.id).offered).to.have.length(1)
    const state = after(offered, {
      t: 'conversation',
      card: card('c1', { state: 'queued', version: 2, agentId: undefined }),
    })
    expect(sections(state.cards, me.id).offered).to.deep.equal([])
    expect(sections(state.cards, me.id).waiting.map(({ id }) => id)).to.deep.equal(['c1'])
  })

  it('the visitor leaves while the card is open: the thread stays with the reason', () => {
    const state = after(openedAt(1), { t: 'gone', conversationId: 'c1', why: 'closed' })
    expect(state.cards).to.deep.equal({})
    expect(state.departed['c1']?.why).to.equal('closed')
  })

  it('an older card that comes late changes nothing', () => {
    const state = after(firstState, welcome([card('c1', { version: 5, preview: 'new' })]), {
      t: 'conversation',
      card: card('c1', { version: 4, preview: 'old' }),
    })
    expect(state.cards['c1']?.preview).to.equal('new')
  })

  it('receipts come late and twice: a tick never goes back', () => {
    const delivery = { t: 'delivery', conversationId: 'c1', messageId: 'm1', seq: 1 } as const
    const state = after(
      openedAt(1),
      { ...delivery, state: 'read' },
      { ...delivery, state: 'delivered' },
    )
    expect(state.threads['c1']?.messages[0]?.delivery?.state).to.equal('read')
    const repeated = after(state, {
      t: 'message',
      message: message(1, { delivery: { state: 'sent' } }),
    })
    expect(repeated.threads['c1']?.messages[0]?.delivery?.state).to.equal('read')
  })

  it('my message comes back: it is no longer on its way', () => {
    const state = after(
      openedAt(1),
      {
        t: 'sending',
        conversationId: 'c1',
        item: {
          clientMsgId: 'x1234567',
          note: false,
          content: { type: 'text', text: 'hello' },
          atMs: 0,
          state: 'waiting',
        },
      },
      {
        t: 'message',
        message: message(2, {
          direction: 'out',
          author: { kind: 'agent', id: 'a1', name: '李雷' },
          clientMsgId: 'x1234567',
        }),
      },
    )
    expect(state.compose).to.deep.equal({})
    expect(seqs(state)).to.deep.equal([1, 2])
  })

  it('unread counts what came after the last mark and after my last answer', () => {
    const state = openedAt(3)
    expect(unread(state, 'c1')).to.equal(3)
    expect(unread(after(state, { t: 'read', conversationId: 'c1', seq: 2 }), 'c1')).to.equal(1)
    const answered = after(
      state,
      {
        t: 'message',
        message: message(4, {
          direction: 'out',
          author: { kind: 'agent', id: 'a1', name: '李雷' },
        }),
      },
      { t: 'message', message: message(5) },
    )
    expect(unread(answered, 'c1')).to.equal(1)
  })

  it('typing ends when the words arrive', () => {
    const state = after(
      openedAt(1),
      { t: 'typing', conversationId: 'c1', on: true },
      { t: 'message', message: message(2) },
    )
    expect(state.typing['c1']).to.equal(false)
  })

  it('colleagues come, change and leave', () => {
    const state = after(
      firstState,
      welcome([]),
      { t: 'agent', agent: { ...agent, id: 'a2', state: 'busy' } },
      { t: 'agentGone', agentId: 'a1' },
    )
    expect(Object.keys(state.agents)).to.deep.equal(['a2'])
    expect(state.agents['a2']?.state).to.equal('busy')
  })

  it('a push for a conversation that was left is ignored', () => {
    const state = after(
      openedAt(1),
      { t: 'left', conversationId: 'c1' },
      { t: 'message', message: message(2) },
    )
    expect(state.threads).to.deep.equal({})
  })
})
