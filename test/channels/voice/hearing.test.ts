import { expect } from 'chai'
import type { Hearer, Talk } from '../../../channels/voice/hearing.ts'
import { hearing } from '../../../channels/voice/hearing.ts'

const leg = (legId: Hearer['kind'], more: Partial<Hearer> = {}): Hearer => ({
  legId,
  kind: legId,
  muted: false,
  ...more,
})
const everybody = (mode: NonNullable<Hearer['mode']>) => [
  leg('contact'),
  leg('agent'),
  leg('supervisor', { mode }),
]

/** 'agent<contact': the agent hears the contact */
function heard(hearers: Hearer[], talk: Partial<Talk> = {}): string[] {
  return hearing(hearers, { held: false, consulting: false, ...talk })
    .filter(({ gain }) => gain > 0)
    .map(({ listener, speaker }) => `${listener}<${speaker}`)
    .sort()
}

describe('who hears whom', () => {
  it('names every pair once, so that nothing is left over', () => {
    const pairs = hearing(everybody('barge'), { held: true, consulting: false })
    expect(pairs).to.have.length(6)
  })
  it('contact and agent talk', () => {
    expect(heard([leg('contact'), leg('agent')])).to.deep.equal(['agent<contact', 'contact<agent'])
  })
  it('on hold neither hears the other', () => {
    expect(heard([leg('contact'), leg('agent')], { held: true })).to.deep.equal([])
  })
  it('a muted agent is not heard and hears', () => {
    expect(heard([leg('contact'), leg('agent', { muted: true })])).to.deep.equal(['agent<contact'])
  })
  it('asking a third party, the agent talks with it alone', () => {
    const three = [leg('contact'), leg('agent'), leg('third')]
    expect(heard(three, { consulting: true })).to.deep.equal(['agent<third', 'third<agent'])
  })
  it('in a conference everybody hears everybody', () => {
    expect(heard([leg('contact'), leg('agent'), leg('third')])).to.have.length(6)
  })
  it('who listens hears both and is heard by nobody', () => {
    expect(heard(everybody('listen'))).to.deep.equal([
      'agent<contact',
      'contact<agent',
      'supervisor<agent',
      'supervisor<contact',
    ])
  })
  it('who whispers is heard by the agent alone', () => {
    const pairs = heard(everybody('whisper'))
    expect(pairs).to.include('agent<supervisor')
    expect(pairs).to.not.include('contact<supervisor')
  })
  it('who barges in is heard by both', () => {
    expect(heard(everybody('barge'))).to.include.members(['agent<supervisor', 'contact<supervisor'])
  })
  it('a held contact hears not even who barges in', () => {
    expect(heard(everybody('barge'), { held: true })).to.not.include('contact<supervisor')
  })
})
