import { expect } from 'chai'
import { clock, countdown } from '../../../admin/src/desk/duration.ts'
import { pressure, sections, walk, wanting } from '../../../admin/src/desk/inbox/sections.ts'
import type { ConversationCard } from '../../../gateway/desk/protocol.ts'
import { card, me, message } from './samples.ts'

const of = (...cards: ReturnType<typeof card>[]) =>
  sections(Object.fromEntries(cards.map((one) => [one.id, one])), 'a1')

describe('admin desk: the inbox', () => {
  it('every conversation stands in one section', () => {
    const all = of(
      card('offer', {
        state: 'offered',
        agentId: undefined,
        offer: { id: 'o', agentId: 'a1', expiresAtMs: 1 },
      }),
      card('elsewhere', {
        state: 'offered',
        agentId: undefined,
        offer: { id: 'p', agentId: 'a2', expiresAtMs: 1 },
      }),
      card('mine'),
      card('wrap', {
        state: 'wrapUp',
        agentId: undefined,
        wrapUp: { agentId: 'a1', endsAtMs: 1 },
      }),
      card('queued', { state: 'queued', agentId: undefined }),
      card('colleague', { agentId: 'a2' }),
      card('bot', { state: 'bot', agentId: undefined }),
      card('closed', { state: 'closed' }),
    )
    const ids = Object.fromEntries(
      Object.entries<ConversationCard[]>({ ...all }).map(([name, cards]) => [
        name,
        cards.map(({ id }) => id).sort(),
      ]),
    )
    expect(ids).to.deep.equal({
      offered: ['offer'],
      mine: ['mine'],
      wrapUp: ['wrap'],
      waiting: ['elsewhere', 'queued'],
      others: ['bot', 'colleague'],
    })
    expect(walk(all)).to.deep.equal(['offer', 'mine', 'wrap'])
  })

  it('the visitor writes again during my wrap-up: the write-up stays mine to finish', () => {
    const wrapUp = { agentId: 'a1', endsAtMs: 1 }
    const all = of(card('c1', { state: 'queued', agentId: undefined, wrapUp }))
    expect(all.wrapUp).to.have.length(1)
  })

  it('emergencies stand above priority, priority above time', () => {
    const waiting = { state: 'queued', agentId: undefined } as const
    const all = of(
      card('early', { ...waiting, priority: 5, enqueuedAtMs: 1 }),
      card('late', { ...waiting, priority: 5, enqueuedAtMs: 9 }),
      card('urgent', { ...waiting, priority: 2, enqueuedAtMs: 9 }),
      card('sos', { ...waiting, priority: 5, enqueuedAtMs: 9, emergency: true }),
    )
    expect(all.waiting.map(({ id }) => id)).to.deep.equal(['sos', 'urgent', 'early', 'late'])
  })

  it('waiting turns amber, then red, at the thresholds of its queue', () => {
    const queue = { warnAfterMs: 60_000, alarmAfterMs: 180_000 }
    expect(pressure(59_999, queue)).to.equal('calm')
    expect(pressure(60_000, queue)).to.equal('warn')
    expect(pressure(180_000, queue)).to.equal('alarm')
    expect(pressure(1e9, { warnAfterMs: 0, alarmAfterMs: 0 })).to.equal('calm')
    expect(pressure(1e9, undefined)).to.equal('calm')
  })

  it('the tab counts offers and conversations with something unread, not messages', () => {
    const offer = { id: 'o', agentId: 'a1', expiresAtMs: 1 }
    const thread = (...seqs: number[]) => ({
      messages: seqs.map((seq) => message(seq)),
      completeTo: seqs.length,
      more: false,
      loaded: true,
    })
    const state = {
      me,
      cards: {
        c1: card('c1'),
        c2: card('c2'),
        c3: card('c3', { state: 'offered' as const, agentId: undefined, offer }),
      },
      threads: { c1: thread(1, 2), c2: thread(1) },
      read: { c2: 1 },
    }
    expect(wanting(state)).to.equal(2)
    expect(wanting({ ...state, me: undefined })).to.equal(0)
  })

  it('clocks read like clocks', () => {
    expect(clock(7_900)).to.equal('0:07')
    expect(clock(750_000)).to.equal('12:30')
    expect(clock(3_723_000)).to.equal('1:02:03')
    expect(clock(-5)).to.equal('0:00')
    expect(countdown(10_000, 9_999)).to.equal('0:01')
    expect(countdown(10_000, 10_000)).to.equal('0:00')
  })
})
