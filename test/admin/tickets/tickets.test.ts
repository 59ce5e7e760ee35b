import { expect } from 'chai'
import { ticketStatuses } from '../../../gateway/domain/ticket.ts'
import { distance, dueState } from '../../../admin/src/tickets/due.ts'
import { missingFields } from '../../../admin/src/tickets/missingFields.ts'
import { nextStatuses } from '../../../admin/src/tickets/next.ts'
import { timeline } from '../../../admin/src/tickets/timeline.ts'

const HOUR = 3_600_000
const now = Date.UTC(2026, 10, 21, 8)

describe("a ticket's clock", () => {
  it('is calm, then amber in the last working day, then red from the very moment', () => {
    const at = (dueAtMs: number) => dueState({ dueAtMs, status: 'open' }, now)
    expect(at(now + 9 * HOUR)).to.equal('fine')
    expect(at(now + 8 * HOUR)).to.equal('near')
    expect(at(now)).to.equal('over')
  })
  it('stops when the ticket is resolved, and there may be none', () => {
    expect(dueState({ dueAtMs: now - HOUR, status: 'resolved' }, now)).to.equal('settled')
    expect(dueState({ status: 'open' }, now)).to.equal('none')
  })
  it('tells distances in the unit people think in', () => {
    expect(distance(now + 40 * 60_000, now)).to.deep.equal({ value: 40, unit: 'minute' })
    expect(distance(now - 5 * HOUR, now)).to.deep.equal({ value: -5, unit: 'hour' })
    expect(distance(now + 72 * HOUR, now)).to.deep.equal({ value: 3, unit: 'day' })
  })
})

describe('what a ticket may become', () => {
  it('offers no way to stay, and a closed one only to be taken up again', () => {
    for (const status of ticketStatuses) expect(nextStatuses(status)).not.to.include(status)
    expect(nextStatuses('closed')).to.deep.equal(['processing'])
  })
})

describe("a ticket's story", () => {
  const lin = { kind: 'agent', id: 'a1', name: 'Lin' }
  it('is told newest first, and one entry may say three things', () => {
    const lines = timeline([
      { atMs: 1, by: { kind: 'bot', id: 'b', name: 'bot' }, status: 'open' },
      { atMs: 2, by: lin, status: 'resolved', reply: 'done', note: 'paid back' },
    ])
    expect(lines.map(({ kind, atMs }) => `${kind}@${atMs}`)).to.deep.equal([
      'reply@2',
      'note@2',
      'status@2',
      'status@1',
    ])
    expect(new Set(lines.map(({ key }) => key)).size).to.equal(4)
  })
  it('keeps the words for the tourist apart from the words for staff', () => {
    const lines = timeline([{ atMs: 1, by: lin, note: 'secret' }])
    expect(lines).to.have.length(1)
    expect(lines[0]).to.include({ kind: 'note', text: 'secret' })
  })
})

describe('taking a ticket down by hand', () => {
  const field = (id: string, required: boolean) => ({ id, name: { zh: id, en: id }, required })
  it('asks for what its kind requires, and counts 0 and false as answers', () => {
    const kind = { fields: [field('place', true), field('people', true), field('wish', false)] }
    expect(missingFields(kind, { place: '', people: 0 })).to.deep.equal(['place'])
    expect(missingFields(undefined, {})).to.deep.equal([])
  })
})
