import { expect } from 'chai'
import { replay } from '../../gateway/routing/explain.ts'
import { gate, item, queue, settled, START_MS, World } from './world.ts'

describe('router: who rings', () => {
  it('the first visitor in is the first served, by the agent idle longest', async () => {
    const world = new World()
    world.agent('li', { idleSinceMs: START_MS - 5_000 })
    world.agent('wang', { idleSinceMs: START_MS - 9_000 })
    world.enqueue('late')
    world.enqueue('early', { enqueuedAtMs: START_MS - 1_000 })
    expect(await world.offered()).to.deep.equal(['early→wang', 'late→li'])
  })

  it('an emergency rings before a visitor who has waited for an hour', async () => {
    const world = new World()
    world.enqueue('patient', { priority: 0, enqueuedAtMs: START_MS - 3_600_000 })
    world.enqueue('drowning', { priority: 0, reason: 'emergency' })
    world.agent('li')
    expect(await world.offered()).to.deep.equal(['drowning→li'])
  })

  it('an ordinary visitor overtakes a more important one by waiting longer', async () => {
    const world = new World()
    world.enqueue('vip', { priority: 3, enqueuedAtMs: START_MS })
    world.enqueue('ordinary', { priority: 5, enqueuedAtMs: START_MS - 121_000 })
    world.agent('li')
    expect(await world.offered()).to.deep.equal(['ordinary→li'])
  })

  it('someone nobody free can serve does not block those behind', async () => {
    const world = new World()
    world.enqueue('korean', { skills: [{ skill: 'ko', minLevel: 3 }], enqueuedAtMs: START_MS - 1 })
    world.enqueue('chinese')
    world.agent('li', { skills: { ko: 2 } })
    expect(await world.offered()).to.deep.equal(['chinese→li'])
  })

  it('an agent without queues serves those whose skills they have', async () => {
    const world = new World([
      queue({ _id: 'q', skills: [{ skill: 'en', minLevel: 3 }] }),
      queue({ _id: 'other', skills: [{ skill: 'ja', minLevel: 1 }] }),
    ])
    world.agent('li', { queueIds: [], skills: { en: 4 }, capacity: { chat: 9 } })
    world.enqueue('japanese', { queueId: 'other' })
    world.enqueue('english')
    expect(await world.offered()).to.deep.equal(['english→li'])
  })

  it('no more conversations than there are places, offers counted', async () => {
    const world = new World()
    world.agent('li', { capacity: { chat: 2 } })
    for (const id of ['a', 'b', 'c']) world.enqueue(id)
    expect(await world.offered(), 'one offer at a time').to.deep.equal(['a→li'])
    world.accept('a')
    await settled()
    world.accept('b')
    expect(await world.offered(), 'load not yet told by the desk').to.deep.equal(['a→li', 'b→li'])
    world.router.setLoad('li', 1)
    expect(await world.offered()).to.deep.equal(['a→li', 'b→li', 'c→li'])
  })

  it('the desk may tell the load before or after the answer', async () => {
    const world = new World()
    world.agent('li', { capacity: { chat: 2 } })
    world.enqueue('a')
    await settled()
    world.router.setLoad('li', 1)
    world.accept('a')
    world.enqueue('b')
    expect(await world.offered()).to.deep.equal(['a→li', 'b→li'])
  })
})

describe('router: how an offer ends', () => {
  it('not answered in time: it rolls to the next agent, the first is passed over', async () => {
    const world = new World()
    world.agent('li')
    world.agent('wang', { idleSinceMs: START_MS })
    world.enqueue('a')
    await world.clock.pass(20_000)
    expect(await world.offered()).to.deep.equal(['a→li', 'a→wang'])
    expect(world.store.lapses[0]).to.include({ conversationId: 'a', passOverMs: 60_000 })
    await world.clock.pass(20_000)
    expect(world.ringsAt('a'), 'both passed over').to.equal(undefined)
    await world.clock.pass(40_000)
    expect(world.ringsAt('a'), 'asked again when the time is over').to.equal('li')
  })

  it('visitor leaves while the agent’s console rings: the agent is free at once', async () => {
    const world = new World()
    world.agent('li')
    world.enqueue('a')
    await settled()
    world.leave('a')
    world.enqueue('b')
    expect(await world.offered()).to.deep.equal(['a→li', 'b→li'])
    await world.clock.pass(19_000)
    expect(world.store.lapses, 'the old timer is gone').to.deep.equal([])
  })

  it('visitor leaves while the offer is being written: the agent is free, nothing rings', async () => {
    const world = new World()
    const { closed, open } = gate()
    world.store.afterWrite = closed
    world.agent('li')
    world.enqueue('a')
    await settled()
    world.leave('a')
    world.enqueue('b')
    open()
    expect(await world.offered()).to.deep.equal(['a→li', 'b→li'])
    expect(world.changes.filter((c) => c.type === 'offered')).to.have.length(1)
  })

  it('visitor leaves and is back before the offer is written: the late offer is taken back, a new one rings', async () => {
    const world = new World()
    const { closed, open } = gate()
    world.store.beforeWrite = closed
    world.agent('li')
    world.enqueue('a')
    await settled()
    world.leave('a')
    world.enqueue('a')
    await settled()
    open()
    await settled()
    const [first] = world.store.offers
    expect(world.store.lapses[0]).to.include({ offerId: first?.decision.offerId, passOverMs: 0 })
    expect(world.ringsAt('a')).to.equal('li')
    expect(world.router.snapshot().queues[0]).to.include({ waiting: 0, offered: 1 })
  })

  it('declined: the next agent rings, the first takes the next visitor', async () => {
    const world = new World()
    world.agent('li')
    world.agent('wang', { idleSinceMs: START_MS })
    world.enqueue('a')
    await settled()
    world.decline('a')
    await settled()
    world.enqueue('b')
    expect(await world.offered()).to.deep.equal(['a→li', 'a→wang', 'b→li'])
  })

  it('agent signs out while it rings: offered to another without a stain', async () => {
    const world = new World()
    world.agent('li')
    world.enqueue('a')
    await settled()
    world.router.removeAgent('li')
    await settled()
    expect(world.store.lapses[0]).to.include({ passOverMs: 0 })
    world.agent('li')
    expect(await world.offered()).to.deep.equal(['a→li', 'a→li'])
  })

  it('agent signs out while the offer is being written: it is taken back at once', async () => {
    const world = new World()
    const { closed, open } = gate()
    world.store.afterWrite = closed
    world.agent('li')
    world.enqueue('a')
    await settled()
    world.router.removeAgent('li')
    open()
    await settled()
    expect(world.ringsAt('a')).to.equal(undefined)
    world.agent('wang')
    expect(await world.offered()).to.deep.equal(['a→li', 'a→wang'])
  })

  it('the conversation changes while the offer is being written: it stays in the queue', async () => {
    const world = new World()
    const write = world.store.offer.bind(world.store)
    world.store.offer = async () => {
      world.store.offer = write
      world.enqueue('a', { priority: 1 })
      return 'gone'
    }
    world.agent('li')
    world.enqueue('a')
    expect(await world.offered()).to.deep.equal(['a→li'])
    expect(world.ringsAt('a')).to.equal('li')
  })

  it('a conversation that left the queue costs one write and frees the agent', async () => {
    const world = new World()
    world.router.enqueue(item('ghost'))
    world.enqueue('b', { enqueuedAtMs: START_MS + 1 })
    world.agent('li')
    expect(await world.offered()).to.deep.equal(['ghost→li', 'b→li'])
    expect(world.router.position('ghost')).to.equal(undefined)
  })

  for (const written of [false, true]) {
    it(`the store fails on an offer ${written ? 'after' : 'before'} writing it: nobody is stuck`, async () => {
      const world = new World()
      world.store.failures = [{ written }]
      world.agent('li')
      world.enqueue('a')
      await settled()
      expect(world.log).to.deep.equal(['routing.writeFailed'])
      expect(world.router.snapshot().queues[0]).to.include({ waiting: 1, offered: 0, ready: 1 })
      await world.clock.pass(250)
      expect(await world.offered()).to.deep.equal(['a→li', 'a→li'])
      expect(world.ringsAt('a')).to.equal('li')
    })
  }

  it('the store fails while an offer lapses: the agent is free, the offer is taken back later', async () => {
    const world = new World()
    world.agent('li')
    world.enqueue('a')
    await settled()
    world.store.failures = [{ written: false }, { written: false }]
    await world.clock.pass(20_000)
    world.enqueue('b')
    await settled()
    expect(world.store.offers.at(-1)?.decision).to.include({ conversationId: 'b', agentId: 'li' })
    await world.clock.pass(1_000)
    expect(world.ringsAt('a')).to.equal(undefined)
    expect(world.router.position('a')).to.include({ position: 1 })
  })

  it('accepted at the last moment, the desk’s word on its way: not offered to another', async () => {
    const world = new World()
    world.agent('li')
    world.agent('wang', { idleSinceMs: START_MS })
    world.enqueue('a')
    await settled()
    world.store.waiting.delete('a')
    await world.clock.pass(20_000)
    world.router.offerAnswered('a', 'accepted')
    world.router.setLoad('li', 1)
    await world.clock.pass(10_000)
    expect(await world.offered()).to.deep.equal(['a→li'])
  })

  it('an offer from before the restart rings on, then rolls', async () => {
    const world = new World()
    world.store.waiting.set('a', { offerId: 'old', agentId: 'li' })
    const offer = { offerId: 'old', agentId: 'li', expiresAtMs: START_MS + 5_000 }
    world.router.restoreOffer(item('a'), offer)
    world.agent('li')
    world.enqueue('b')
    world.agent('wang', { idleSinceMs: START_MS })
    expect(await world.offered(), 'li is reserved').to.deep.equal(['b→wang'])
    await world.clock.pass(5_000)
    world.agent('zhao')
    expect(await world.offered()).to.deep.equal(['b→wang', 'a→zhao'])
  })
})

describe('router: waiting', () => {
  it('two are asked for again at the same moment: the more urgent gets the agent', async () => {
    const world = new World()
    const over = { passedOver: [{ agentId: 'li', untilMs: START_MS + 5_000 }] }
    world.enqueue('less', { priority: 7, skills: [{ skill: 'en', minLevel: 1 }], ...over })
    world.enqueue('more', { priority: 3, ...over })
    world.agent('li', { skills: { en: 1 } })
    await world.clock.pass(5_000)
    expect(await world.offered()).to.deep.equal(['more→li'])
  })

  it('a queue that is never empty starves no other: one step of priority per ageing time', async () => {
    const world = new World([queue({ _id: 'q' }), queue({ _id: 'quiet' })])
    world.agent('li', { queueIds: ['q', 'quiet'] })
    world.enqueue('patient', { queueId: 'quiet', priority: 9 })
    let served = 0
    while (world.ringsAt('patient') === undefined && served < 500) {
      world.enqueue(`vip${served}`, { priority: 1 })
      world.enqueue(`also${served}`, { priority: 1 })
      await world.clock.pass(5_000)
      const rings = [...world.store.waiting].find(([, offer]) => offer)?.[0]
      if (rings === undefined || rings === 'patient') continue
      world.accept(rings)
      world.router.setLoad('li', 0)
      served++
    }
    // 8 steps of 60 s ahead, one call per 5 s, and those who came in the meantime are older by then
    expect(served).to.be.within(96, 200)
  })

  it('the last agent is waited for, but not longer than the window', async () => {
    const world = new World()
    world.agent('li', { state: 'busy' })
    world.agent('wang')
    world.enqueue('a', { preferredAgentId: 'li' })
    await world.clock.pass(29_999)
    expect(await world.offered()).to.deep.equal([])
    await world.clock.pass(1)
    expect(await world.offered()).to.deep.equal(['a→wang'])
  })

  it('the last agent becomes ready in the window: they ring', async () => {
    const world = new World()
    world.agent('li', { state: 'busy' })
    world.agent('wang')
    world.enqueue('a', { preferredAgentId: 'li' })
    await world.clock.pass(5_000)
    world.agent('li')
    expect(await world.offered()).to.deep.equal(['a→li'])
  })

  it('nobody waits for an agent who has gone home', async () => {
    const world = new World()
    world.agent('li', { state: 'busy' })
    world.agent('wang')
    world.enqueue('a', { preferredAgentId: 'li' })
    await settled()
    world.agent('li', { state: 'offline' })
    expect(await world.offered()).to.deep.equal(['a→wang'])
  })

  it('transferred to a colleague outside the queue: the colleague rings', async () => {
    const world = new World()
    world.agent('wang')
    world.agent('li', { queueIds: ['elsewhere'] })
    world.enqueue('a', { preferredAgentId: 'li', reason: 'transfer' })
    expect(await world.offered()).to.deep.equal(['a→li'])
  })

  it('waited too long: the flow is told once; a store that fails is told again', async () => {
    const world = new World([queue({ _id: 'q', maxWaitMs: 60_000 })])
    world.store.failures = [{ written: false }]
    world.enqueue('a')
    await world.clock.pass(59_999)
    expect(world.store.longWaits).to.deep.equal([])
    await world.clock.pass(100_000)
    expect(world.store.longWaits).to.deep.equal(['a', 'a'])
    world.agent('li')
    expect(await world.offered(), 'still waiting, still served').to.deep.equal(['a→li'])
  })

  it('asked again as an emergency while ringing: taken back, then first', async () => {
    const world = new World()
    world.agent('li')
    world.enqueue('a')
    await settled()
    world.enqueue('b', { enqueuedAtMs: START_MS - 1_000 })
    world.enqueue('a', { priority: 0, reason: 'emergency' })
    expect(await world.offered()).to.deep.equal(['a→li', 'a→li'])
    expect(world.router.position('a')).to.deep.equal({ position: 1, waiting: 2 })
  })

  it('told of the same waiting twice: it goes on ringing', async () => {
    const world = new World()
    world.agent('li')
    world.enqueue('a')
    await settled()
    world.router.enqueue(item('a'))
    await settled()
    expect(world.store.lapses).to.deep.equal([])
  })

  it('queues are reloaded: who waits keeps the place, who rings rings on', async () => {
    const world = new World()
    world.agent('li')
    world.enqueue('ringing')
    await settled()
    world.enqueue('b', { enqueuedAtMs: START_MS + 2 })
    world.enqueue('c', { enqueuedAtMs: START_MS + 1 })
    world.router.setQueues([queue({ _id: 'q', version: 2, ageingMs: 5_000 })])
    expect(world.router.position('b')).to.include({ position: 3, waiting: 3 })
    world.router.setQueues([])
    world.accept('ringing')
    world.agent('li', { load: 0 })
    expect(await world.offered(), 'also in a queue that is gone').to.deep.equal([
      'ringing→li',
      'c→li',
    ])
  })

  it('position and expected wait follow the last answers', async () => {
    const world = new World()
    world.agent('li', { capacity: { chat: 99 } })
    for (let i = 0; i < 5; i++) {
      world.enqueue(`a${i}`)
      await world.clock.pass(10_000)
      world.accept(`a${i}`)
    }
    world.router.removeAgent('li')
    world.enqueue('x')
    world.enqueue('y')
    expect(world.router.position('y')).to.deep.equal({
      position: 2,
      waiting: 2,
      estimatedWaitMs: 20_000,
    })
  })

  it('every decision can be taken again, and says why', async () => {
    const world = new World()
    world.agent('li', { skills: { en: 5 } })
    world.agent('wang', { state: 'wrapUp' })
    world.enqueue('a', { skills: [{ skill: 'en', minLevel: 3 }] })
    await settled()
    const stored = JSON.parse(JSON.stringify(world.router.lastDecision('a')))
    expect(replay(stored)).to.deep.equal({ conversationId: 'a', agentId: 'li' })
    stored.inputs.agents[0].skills.en = 2
    expect(replay(stored), 'the rule depends on its inputs').to.equal(undefined)
    const reasons = world.router.explain('a')!.agents.map((a) => a.reasons.map((r) => r.code))
    expect(reasons).to.deep.equal([['ringing'], ['notReady', 'skill']])
  })

  it('stopped: no timer is left behind', async () => {
    const world = new World([queue({ _id: 'q', maxWaitMs: 60_000 })])
    world.agent('li')
    for (const id of ['a', 'b', 'c']) world.enqueue(id)
    await settled()
    expect(world.clock.pending, 'one for all').to.equal(1)
    world.router.stop()
    expect(world.clock.pending).to.equal(0)
  })
})
