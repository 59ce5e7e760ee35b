import { expect } from 'chai'
import {
  askedToJoin,
  consulted,
  guestOf,
  presentParties,
  qualityOf,
  supervising,
} from '../../../../admin/src/desk/phone/parties.ts'
import { firstState, reduce } from '../../../../admin/src/desk/state.ts'
import type { DeskAction, DeskState } from '../../../../admin/src/desk/state.ts'
import { welcome } from '../samples.ts'
import { call, contact, mePresent, party, voiceCard } from './samples.ts'

const after = (state: DeskState, ...actions: DeskAction[]): DeskState =>
  actions.reduce((next, action) => reduce(next, action, 1000), state)

const c1 = voiceCard('c1')

describe('admin desk: calls beside their conversations', () => {
  it('a call is known by its conversation, and the newest word about it counts', () => {
    const state = after(
      firstState,
      { ...welcome([c1]), calls: [call('c1', { phase: 'waiting' })] },
      { t: 'call', call: call('c1', { phase: 'talking' }) },
    )
    expect(state.calls['c1']?.phase).to.equal('talking')
  })

  it('one that ended stays until its conversation is out of sight', () => {
    const ended = after(
      firstState,
      { ...welcome([c1]), calls: [call('c1')] },
      { t: 'call', call: call('c1', { phase: 'ended', endedAtMs: 5 }) },
    )
    expect(ended.calls['c1']?.phase).to.equal('ended')
    const gone = after(ended, { t: 'gone', conversationId: 'c1', why: 'closed' })
    expect(gone.calls).to.deep.equal({})
  })

  it('the end of a call of a conversation never seen leaves nothing behind', () => {
    const state = after(firstState, welcome([]), {
      t: 'call',
      call: call('c9', { phase: 'ended' }),
    })
    expect(state.calls).to.deep.equal({})
  })

  it('a call that ended while the line was down is shown as ended', () => {
    const state = after(
      firstState,
      { ...welcome([c1]), calls: [call('c1'), call('c2')] },
      { ...welcome([c1], 9000), calls: [] },
    )
    expect(state.calls['c1']).to.include({ phase: 'ended', endedAtMs: 9000 })
    expect(state.calls).to.not.have.property('c2')
  })
})

describe('admin desk: who is who in a call', () => {
  const third = party('p3', { kind: 'third', name: '801' })
  const held = { ...contact, state: 'held' as const }

  it('while the contact waits, the third party is being asked', () => {
    expect(consulted(call('c1', { parties: [held, mePresent, third] }), 'a1')).to.equal(third)
    const ringing = { ...third, state: 'ringing' as const }
    expect(consulted(call('c1', { parties: [contact, mePresent, ringing] }), 'a1')).to.equal(
      ringing,
    )
  })

  it('in a conference, and with the contact on hold alone, nobody is asked', () => {
    expect(consulted(call('c1', { parties: [contact, mePresent, third] }), 'a1')).to.equal(
      undefined,
    )
    expect(consulted(call('c1', { parties: [held, mePresent] }), 'a1')).to.equal(undefined)
    const left = { ...third, state: 'gone' as const }
    expect(consulted(call('c1', { parties: [held, mePresent, left] }), 'a1')).to.equal(undefined)
  })

  it('a supervisor is no third party', () => {
    const leader = party('p4', { kind: 'supervisor', agentId: 'a9', mode: 'listen' })
    const listened = call('c1', { parties: [held, mePresent, leader] })
    expect(consulted(listened, 'a1')).to.equal(undefined)
    expect(supervising(listened, 'a9')).to.equal(leader)
    expect(supervising(listened, 'a1')).to.equal(undefined)
    expect(supervising({ ...listened, phase: 'ended' }, 'a9')).to.equal(undefined)
  })

  it('asked into a colleague’s call I am rung; in my own I am not', () => {
    const asked = call('c1', { parties: [contact, { ...mePresent, state: 'ringing' }] })
    expect(askedToJoin(asked, 'a1', false)?.id).to.equal('p-me')
    expect(askedToJoin(asked, 'a1', true)).to.equal(undefined)
    expect(guestOf(asked, 'a1', false)).to.equal(undefined)
    expect(guestOf(call('c1'), 'a1', false)?.id).to.equal('p-me')
    expect(guestOf(call('c1'), 'a1', true)).to.equal(undefined)
  })

  it('the contact stands first, and who left is not shown', () => {
    const left = party('p5', { state: 'gone' })
    const all = call('c1', { parties: [third, left, mePresent, contact] })
    expect(presentParties(all).map(({ id }) => id)).to.deep.equal(['contact', 'p-me', 'p3'])
  })

  it('crackling has a name', () => {
    const at = (lostPercent: number, jitterMs: number) =>
      qualityOf({ ...contact, quality: { lostPercent, jitterMs } })
    expect(at(0, 5)).to.equal('good')
    expect(at(2, 5)).to.equal('fair')
    expect(at(0, 50)).to.equal('fair')
    expect(at(8, 5)).to.equal('poor')
    expect(qualityOf(contact)).to.equal(undefined)
  })
})
