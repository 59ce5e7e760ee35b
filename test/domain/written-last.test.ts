import { expect } from 'chai'
import type { Channel, Leg } from '../../gateway/domain/conversation.ts'
import { writtenLast } from '../../gateway/domain/written-last.ts'

const leg = (id: string, channel: Channel, state: Leg['state'] = 'open'): Leg => ({
  ...{ id, channel, state, accountId: channel, identityId: id, threadKey: id },
  openedAt: new Date(0),
})
const order = (legs: Leg[], legId: string) => writtenLast(legs, legId).map(({ id }) => id)

describe('the leg people write on last', () => {
  const legs = [leg('chat', 'wechat'), leg('text', 'sms'), leg('call', 'voice')]

  it('comes after the others one can write on, and a call keeps its place', () => {
    expect(order(legs, 'chat')).to.deep.equal(['text', 'chat', 'call'])
  })
  it('stays where it is the last already', () => {
    expect(writtenLast(legs, 'text')).to.equal(legs)
  })
  it('is never a telephone, nor one that is not there', () => {
    expect(writtenLast(legs, 'call')).to.equal(legs)
    expect(writtenLast(legs, 'none')).to.equal(legs)
  })
  it('does not mind legs that are over', () => {
    const over = [leg('chat', 'wechat'), leg('text', 'sms', 'ended')]
    expect(writtenLast(over, 'chat')).to.equal(over)
  })
})
