import { expect } from 'chai'
import { createMediaEngine } from '../../../media/engine/engine.ts'
import type { MediaEngine, Room, RtpLeg } from '../../../media/media.ts'
import type { PhoneOptions } from '../../harness/rtp-phone.ts'
import { RtpPhone } from '../../harness/rtp-phone.ts'
import { amplitudeOf } from '../../harness/tones.ts'

const CALLER = 500
const AGENT = 700
const THIRD = 1100
const ALL = [CALLER, AGENT, THIRD]

describe('who hears whom in a room', () => {
  let engine: MediaEngine
  let room: Room
  let phones: RtpPhone[] = []

  before(async () => {
    engine = await createMediaEngine()
  })
  after(() => engine.stop())

  beforeEach(async () => {
    room = await engine.openRoom()
  })
  afterEach(async () => {
    for (const phone of phones) phone.close()
    phones = []
    await room.close()
  })

  async function join(hz: number, options: PhoneOptions = {}): Promise<[RtpPhone, RtpLeg]> {
    const phone = await RtpPhone.open(options)
    phones.push(phone)
    const leg = await room.addRtp()
    phone.talkTo(leg.answer(phone.sdp()).sdp).say(hz)
    return [phone, leg]
  }

  const hear = (listener: RtpLeg, speaker: RtpLeg, gain = 1) =>
    room.setHearing([{ listener: listener.id, speaker: speaker.id, gain }])

  function bridge(a: RtpLeg, b: RtpLeg, gain = 1) {
    hear(a, b, gain)
    hear(b, a, gain)
  }

  it('nobody hears anybody before it is said', async () => {
    const [caller] = await join(CALLER)
    const [agent] = await join(AGENT)
    await Promise.all([caller.receives(25), agent.receives(25)])
    await caller.hears([], ALL)
    await agent.hears([], ALL)
  })

  it('bridged, each hears the other and not himself', async () => {
    const [caller, callerLeg] = await join(CALLER)
    const [agent, agentLeg] = await join(AGENT)
    bridge(callerLeg, agentLeg)
    await Promise.all([caller.hears([AGENT], ALL), agent.hears([CALLER], ALL)])
  })

  it('A-law at one end and µ-law at the other understand each other', async () => {
    const [caller, callerLeg] = await join(CALLER, { codec: 'PCMU' })
    const [agent, agentLeg] = await join(AGENT, { codec: 'PCMA' })
    bridge(callerLeg, agentLeg)
    await Promise.all([caller.hears([AGENT], ALL), agent.hears([CALLER], ALL)])
    await agent.receives(15)
    expect(amplitudeOf(agent.last(200), CALLER)).to.be.closeTo(6000, 300)
  })

  it('on hold the caller hears music and the agent nothing; taken back, they talk again', async () => {
    const [caller, callerLeg] = await join(CALLER)
    const [agent, agentLeg] = await join(AGENT)
    bridge(callerLeg, agentLeg)
    await caller.hears([AGENT], ALL)
    bridge(callerLeg, agentLeg, 0)
    const music = callerLeg.play({ tone: { hz: [THIRD], onMs: 100, offMs: 0 } }, { loop: true })
    await Promise.all([caller.hears([THIRD], ALL), agent.hears([], ALL)])
    music.stop()
    bridge(callerLeg, agentLeg)
    await Promise.all([caller.hears([AGENT], ALL), agent.hears([CALLER], ALL)])
    expect(await music.ended).to.equal('stopped')
  })

  it('three in conference hear the two others', async () => {
    const [caller, callerLeg] = await join(CALLER)
    const [agent, agentLeg] = await join(AGENT)
    const [third, thirdLeg] = await join(THIRD)
    bridge(callerLeg, agentLeg)
    bridge(callerLeg, thirdLeg)
    bridge(agentLeg, thirdLeg)
    await Promise.all([
      caller.hears([AGENT, THIRD], ALL),
      agent.hears([CALLER, THIRD], ALL),
      third.hears([CALLER, AGENT], ALL),
    ])
  })

  it('a team leader listens unheard, whispers to the agent alone, then barges in', async () => {
    const [caller, callerLeg] = await join(CALLER)
    const [agent, agentLeg] = await join(AGENT)
    const [leader, leaderLeg] = await join(THIRD)
    bridge(callerLeg, agentLeg)
    hear(leaderLeg, callerLeg)
    hear(leaderLeg, agentLeg)
    await leader.hears([CALLER, AGENT], ALL)
    await Promise.all([caller.hears([AGENT], ALL), agent.hears([CALLER], ALL)])
    hear(agentLeg, leaderLeg)
    await agent.hears([CALLER, THIRD], ALL)
    await caller.hears([AGENT], ALL)
    hear(callerLeg, leaderLeg)
    await caller.hears([AGENT, THIRD], ALL)
  })

  it('a gain of a half is half as loud, and three shouting voices are clipped, not wrapped', async () => {
    const [caller, callerLeg] = await join(0)
    const [, agentLeg] = await join(AGENT)
    hear(callerLeg, agentLeg, 0.5)
    await caller.hears([AGENT], ALL)
    await caller.receives(15)
    expect(amplitudeOf(caller.last(200), AGENT)).to.be.closeTo(3000, 200)
    const [, second] = await join(CALLER)
    const [, third] = await join(THIRD)
    for (const phone of phones.slice(1))
      phone.say([AGENT, CALLER, THIRD][phones.indexOf(phone) - 1]!, 30_000)
    for (const leg of [agentLeg, second, third]) hear(callerLeg, leg, 1)
    await caller.hears([CALLER, AGENT, THIRD], ALL)
    await caller.receives(15)
    expect(Math.max(...caller.last(200))).to.be.greaterThan(30_000)
    // a wrapped sample leaps over nearly the whole range
    const leaps = caller
      .last(200)
      .map((sample, i, all) => Math.abs(sample - (all[i - 1] ?? sample)) >> 1)
    expect(Math.max(...leaps)).to.be.lessThan(30_000)
  })

  it('music goes on under the voice of the agent', async () => {
    const [caller, callerLeg] = await join(CALLER)
    const [, agentLeg] = await join(AGENT)
    callerLeg.play({ tone: { hz: [THIRD], onMs: 100, offMs: 0 } }, { loop: true })
    hear(callerLeg, agentLeg)
    await caller.hears([AGENT, THIRD], ALL)
  })

  it('one leg leaves and the others go on', async () => {
    const [caller, callerLeg] = await join(CALLER)
    const [agent, agentLeg] = await join(AGENT)
    const [, thirdLeg] = await join(THIRD)
    bridge(callerLeg, agentLeg)
    bridge(callerLeg, thirdLeg)
    bridge(agentLeg, thirdLeg)
    await caller.hears([AGENT, THIRD], ALL)
    thirdLeg.close()
    await Promise.all([caller.hears([AGENT], ALL), agent.hears([CALLER], ALL)])
  })
})
