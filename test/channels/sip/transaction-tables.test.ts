import { expect } from 'chai'
import { Machine, type Effects } from '../../../channels/sip/transaction/machine.ts'
import { inviteClient } from '../../../channels/sip/transaction/invite-client.ts'
import { inviteServer } from '../../../channels/sip/transaction/invite-server.ts'
import { nonInviteClient } from '../../../channels/sip/transaction/non-invite-client.ts'
import { nonInviteServer } from '../../../channels/sip/transaction/non-invite-server.ts'
import type { StateTable } from '../../../channels/sip/transaction/state-table.ts'
import { RFC_TIMERS } from '../../../channels/sip/timing/sip-timers.ts'
import { VirtualClock } from './virtual-clock.ts'

function run(table: StateTable, reliable = false) {
  const clock = new VirtualClock()
  const begun = clock.now()
  const done: string[] = []
  const at: number[] = []
  const note = (what: string) => () => {
    done.push(what)
    if (what === 'resend') at.push(clock.now() - begun)
  }
  const effects: Effects = {
    deliver: note('deliver'),
    resend: note('resend'),
    send: note('send'),
    ack: note('ack'),
    timeout: note('timeout'),
    unreachable: note('unreachable'),
    terminated: note('terminated'),
  }
  const machine = new Machine(table, { clock, timers: RFC_TIMERS, reliable, effects })
  machine.start()
  return { machine, clock, done, at }
}

describe('sip: transaction tables with the times of RFC 3261', () => {
  it('INVITE unanswered: timer A doubles without ceiling, B ends it after 32 s', () => {
    const { machine, clock, done, at } = run(inviteClient)
    clock.advance(31_999)
    expect(at).to.deep.equal([500, 1500, 3500, 7500, 15_500, 31_500])
    clock.advance(1)
    expect(machine.state).to.equal('terminated')
    expect(done.slice(-2)).to.deep.equal(['timeout', 'terminated'])
    expect(clock.running).to.equal(0)
  })

  it('INVITE refused: each repetition of the refusal is acknowledged for 32 s', () => {
    const { machine, clock, done } = run(inviteClient)
    machine.on('1xx')
    clock.advance(60_000)
    expect(machine.state).to.equal('proceeding')
    machine.on('3xx-6xx')
    machine.on('3xx-6xx')
    expect(done.filter((d) => d === 'ack')).to.have.length(2)
    expect(done.filter((d) => d === 'deliver')).to.have.length(2)
    clock.advance(32_000)
    expect(machine.state).to.equal('terminated')
  })

  it('INVITE accepted: every 2xx goes up for 32 s (RFC 6026)', () => {
    const { machine, clock, done } = run(inviteClient)
    machine.on('2xx')
    machine.on('2xx')
    expect(done).to.deep.equal(['deliver', 'deliver'])
    expect(machine.state).to.equal('accepted')
    clock.advance(32_000)
    expect(machine.state).to.equal('terminated')
  })

  it('other requests: timer E doubles to T2, after 1xx it is T2, F ends it', () => {
    const { machine, clock, at, done } = run(nonInviteClient)
    clock.advance(12_000)
    expect(at).to.deep.equal([500, 1500, 3500, 7500, 11_500])
    machine.on('1xx')
    clock.advance(19_999)
    expect(at.slice(5)).to.deep.equal([15_500, 19_500, 23_500, 27_500, 31_500])
    clock.advance(1)
    expect(done.slice(-2)).to.deep.equal(['timeout', 'terminated'])
  })

  it('other requests answered: repetitions are swallowed for T4', () => {
    const { machine, clock, done } = run(nonInviteClient)
    machine.on('2xx')
    machine.on('2xx')
    expect(done).to.deep.equal(['deliver'])
    clock.advance(5000)
    expect(machine.state).to.equal('terminated')
  })

  it('a refusal of ours: timer G doubles to T2 until ACK, then I', () => {
    const { machine, clock, at } = run(inviteServer)
    machine.on('3xx-6xx')
    clock.advance(12_000)
    expect(at).to.deep.equal([500, 1500, 3500, 7500, 11_500])
    machine.on('ack')
    expect(machine.state).to.equal('confirmed')
    clock.advance(4999)
    machine.on('request')
    expect(at).to.have.length(5)
    clock.advance(1)
    expect(machine.state).to.equal('terminated')
  })

  it('a refusal of ours nobody acknowledges ends by H', () => {
    const { machine, clock, done } = run(inviteServer)
    machine.on('3xx-6xx')
    clock.advance(32_000)
    expect(done.slice(-2)).to.deep.equal(['timeout', 'terminated'])
    expect(machine.state).to.equal('terminated')
  })

  it('a 2xx of ours: repeated INVITEs are swallowed for 32 s (RFC 6026, L)', () => {
    const { machine, clock, done } = run(inviteServer)
    machine.on('1xx')
    machine.on('request')
    expect(done).to.deep.equal(['send', 'resend'])
    machine.on('2xx')
    machine.on('request')
    expect(done).to.deep.equal(['send', 'resend', 'send'])
    clock.advance(32_000)
    expect(machine.state).to.equal('terminated')
  })

  it('other requests to us: the answer is repeated for 32 s (J)', () => {
    const { machine, clock, done } = run(nonInviteServer)
    machine.on('request')
    machine.on('2xx')
    clock.advance(31_999)
    machine.on('request')
    expect(done).to.deep.equal(['send', 'resend'])
    clock.advance(1)
    expect(machine.state).to.equal('terminated')
  })

  it('over TCP nothing is repeated, and what waits for stragglers ends at once', () => {
    const invite = run(inviteClient, true)
    invite.clock.advance(31_000)
    expect(invite.at).to.deep.equal([])
    invite.machine.on('3xx-6xx')
    expect(invite.done).to.deep.equal(['ack', 'deliver', 'terminated'])
    const other = run(nonInviteClient, true)
    other.machine.on('2xx')
    expect(other.done).to.deep.equal(['deliver', 'terminated'])
    const server = run(nonInviteServer, true)
    server.machine.on('2xx')
    expect(server.done).to.deep.equal(['send', 'terminated'])
    const refusal = run(inviteServer, true)
    refusal.machine.on('3xx-6xx')
    refusal.clock.advance(31_000)
    expect(refusal.at).to.deep.equal([])
    refusal.machine.on('ack')
    expect(refusal.done.at(-1)).to.equal('terminated')
  })

  it('what could not be sent is told once', () => {
    const { machine, done } = run(inviteClient)
    machine.on('transportError')
    machine.on('transportError')
    expect(done).to.deep.equal(['unreachable', 'terminated'])
  })
})
