import { expect } from 'chai'
import { eventSentence } from '../../../admin/src/desk/thread/eventSentence.ts'
import type { Names } from '../../../admin/src/desk/thread/eventSentence.ts'
import { rows } from '../../../admin/src/desk/thread/rows.ts'
import type { EventName } from '../../../gateway/domain/message.ts'
import { message } from './samples.ts'

const names: Names = {
  agent: (id) => `agent ${id}`,
  queue: (id) => `queue ${id}`,
  wrapUpCode: (id) => `code ${id}`,
  word: (key, values) => `${key}${values ? ` ${Object.values(values).join(' ')}` : ''}`,
}
const say = (name: EventName, data: Record<string, unknown> = {}) =>
  eventSentence({ type: 'event', name, data }, names)

describe('admin desk: the thread', () => {
  it('one author in one breath is one group; a new day begins a new one', () => {
    const noon = new Date(2026, 10, 21, 12).getTime()
    const drawn = rows([
      message(1, { atMs: noon }),
      message(2, { atMs: noon + 1000 }),
      message(3, { atMs: noon + 2000, author: { kind: 'bot', id: 'b' }, direction: 'out' }),
      message(4, { atMs: noon + 10 * 60_000, author: { kind: 'bot', id: 'b' }, direction: 'out' }),
      message(5, { atMs: noon + 86_400_000, author: { kind: 'bot', id: 'b' }, direction: 'out' }),
    ])
    expect(drawn.map((row) => (row.kind === 'day' ? 'day' : row.first))).to.deep.equal([
      'day',
      true,
      false,
      true,
      true,
      'day',
      true,
    ])
  })

  it('events are told with names, reasons and notes', () => {
    expect(say('queued', { queueId: 'q1', reason: 'emergency' })).to.equal(
      'event.queued.emergency queue q1',
    )
    expect(say('transferred', { byAgentId: 'a1', queueId: 'q2', note: 'VIP' })).to.equal(
      'event.transferred agent a1 queue q2 event.note VIP',
    )
    expect(say('transferred', { byAgentId: 'a1', queueId: 'q2', toAgentId: 'a3' })).to.contain(
      'agent a3',
    )
    expect(say('abandoned', { waitedMs: 65_000 })).to.equal('event.abandoned 1:05')
    expect(say('wrapUpDone', { agentId: 'a1', code: 'w' })).to.contain('code w')
    expect(say('closed', { reason: 'idle' })).to.equal('event.closed.idle')
  })

  it('a reason or an event of a newer server does not break the thread', () => {
    expect(say('queued', { queueId: 'q1', reason: 'moon' })).to.equal('event.queued.bot queue q1')
    expect(say('closed', { reason: 'moon' })).to.equal('event.closed.staff')
    expect(say('dancing' as EventName)).to.equal('dancing')
  })
})
