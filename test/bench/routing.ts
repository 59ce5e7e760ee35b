/**
 * Routing at 1,000 waiting × 500 agents × 20 skills, all agents busy: one becomes free, is offered the
 * most urgent conversation they may take, accepts it, and a new visitor arrives. Beside it, in the
 * same state and by the same rules, the linear scan over waiting × agents that polling queues make.
 */
import { performance } from 'node:perf_hooks'
import type { Queue, Strategy } from '../../gateway/domain/queue.ts'
import { mayTake } from '../../gateway/routing/match.ts'
import { Router, systemClock } from '../../gateway/routing/router.ts'
import type { AgentSlot, Decision, WaitingItem } from '../../gateway/routing/router.ts'
import { compareFitness, compareUrgency } from '../../gateway/routing/score.ts'

const WAITING = 1_000
const AGENTS = 500
const SKILLS = 20
const QUEUES = 4
const WARM_UP = 2_000
const DECISIONS = 20_000
const PEER_DECISIONS = 200

export default async function bench(): Promise<void> {
  const random = seeded(20_261_121)
  const pick = (n: number): number => Math.floor(random() * n)
  const queues = Array.from({ length: QUEUES }, (_, i) => queueOf(i))
  const agents = Array.from({ length: AGENTS }, (_, i) => agentOf(i, pick))
  const waiting = new Map<string, WaitingItem>()
  let made = 0
  const visitor = (): WaitingItem => visitorOf(made++, pick)

  let decided: (decision: Decision) => void = () => undefined
  const router = new Router({
    clock: systemClock,
    newId: () => `id${made++}`,
    port: {
      offer: async (decision) => {
        decided(decision)
        return 'offered'
      },
      lapse: async () => 'gone',
      waitedTooLong: async () => undefined,
    },
  })
  router.setQueues(queues)
  for (const agent of agents) router.setAgent(agent)
  for (let i = 0; i < WAITING; i++) {
    const item = visitor()
    waiting.set(item.conversationId, item)
    router.enqueue(item)
  }
  await turn()

  const times: number[] = []
  const peerTimes: number[] = []
  let wanting = 0
  let busyMs = 0
  for (let n = 0; n < WARM_UP + DECISIONS; n++) {
    const agent = agents[pick(AGENTS)]!
    if (n >= WARM_UP && peerTimes.length < PEER_DECISIONS && n % 100 === 0)
      peerTimes.push(scan([...waiting.values()], agents, agent.agentId, queues))
    const startedAt = performance.now()
    const found: { decision?: Decision; atMs?: number } = {}
    decided = (decision) => {
      found.decision = decision
      found.atMs = performance.now()
    }
    router.setLoad(agent.agentId, 0)
    await turn()
    const { decision, atMs } = found
    if (!decision || atMs === undefined) {
      wanting++
      router.setLoad(agent.agentId, 1)
      continue
    }
    router.offerAnswered(decision.conversationId, 'accepted')
    router.setLoad(agent.agentId, 1)
    waiting.delete(decision.conversationId)
    const item = visitor()
    waiting.set(item.conversationId, item)
    router.enqueue(item)
    await turn()
    if (n < WARM_UP) continue
    times.push(atMs - startedAt)
    busyMs += performance.now() - startedAt
  }
  router.stop()

  const p50Ms = percentile(times, 0.5)
  const p99Ms = percentile(times, 0.99)
  const peerP50Ms = percentile(peerTimes, 0.5)
  const decisionsPerSecond = Math.round((times.length / busyMs) * 1_000)
  const ratio = Math.round(peerP50Ms / p50Ms)
  console.table({
    'event-driven router': { 'p50 ms': p50Ms, 'p99 ms': p99Ms, 'decisions/s': decisionsPerSecond },
    'linear scan (peer)': {
      'p50 ms': peerP50Ms,
      'p99 ms': percentile(peerTimes, 0.99),
      'decisions/s': Math.round(1_000 / peerP50Ms),
    },
  })
  console.log(
    `one decision by linear scan takes ${ratio} times as long; ${wanting} agents found nobody`,
  )
  console.log(
    JSON.stringify({ bench: 'routing', p50Ms, p99Ms, decisionsPerSecond, peerP50Ms, ratio }),
  )
}

/** One look of a polling queue: everybody who waits, in order, against everybody who works. */
function scan(
  waiting: WaitingItem[],
  agents: AgentSlot[],
  freeId: string,
  queues: Queue[],
): number {
  const startedAt = performance.now()
  const nowMs = Date.now()
  const byId = new Map(queues.map((queue) => [queue._id, queue]))
  const states = agents.map((a) => ({ ...a, load: a.agentId === freeId ? 0 : 1 }))
  const sorted = waiting
    .map((item) => ({ item, queue: byId.get(item.queueId)! }))
    .sort((a, b) => compareUrgency(a, b, nowMs))
  for (const { item, queue } of sorted) {
    const fit = states.filter((agent) => mayTake(agent, item, queue, undefined, nowMs))
    fit.sort((a, b) => compareFitness(a, b, queue.strategy, item.skills))
    if (fit.length > 0) break
  }
  return performance.now() - startedAt
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const percentile = (times: number[], share: number): number => {
  const sorted = [...times].sort((a, b) => a - b)
  return Math.round((sorted[Math.floor(sorted.length * share)] ?? NaN) * 10_000) / 10_000
}

function queueOf(i: number): Queue {
  const strategies: Strategy[] = ['longestIdle', 'leastLoaded', 'highestSkill']
  return {
    _id: `q${i}`,
    name: { zh: `队列${i}`, en: `Queue ${i}` },
    strategy: strategies[i % strategies.length]!,
    defaultPriority: 5,
    skills: [],
    offerTimeoutMs: 20_000,
    passOverMs: 60_000,
    preferredMs: 0,
    ageingMs: 60_000,
    wrapUpMs: 0,
    maxWaitMs: 0,
    warnAfterMs: 0,
    alarmAfterMs: 0,
    enabled: true,
    version: 1,
  }
}

/** Five of the twenty skills each, in two of the four queues. */
function agentOf(i: number, pick: (n: number) => number): AgentSlot {
  const skills: Record<string, number> = {}
  while (Object.keys(skills).length < 5) skills[`s${pick(SKILLS)}`] = 1 + pick(5)
  const queueIds = [`q${i % QUEUES}`, `q${(i + 1) % QUEUES}`]
  const agentId = `agent${i}`
  return {
    agentId,
    state: 'ready',
    queueIds,
    skills,
    capacity: { chat: 1 },
    load: 1,
    idleSinceMs: i,
  }
}

/** One or two skills at a level; waiting for up to ten minutes. */
function visitorOf(i: number, pick: (n: number) => number): WaitingItem {
  const names = [...new Set([`s${pick(SKILLS)}`, `s${pick(SKILLS)}`])].slice(0, 1 + pick(2))
  return {
    conversationId: `c${i}`,
    queueId: `q${pick(QUEUES)}`,
    priority: 3 + pick(5),
    skills: names.map((skill) => ({ skill, minLevel: 1 + pick(3) })),
    enqueuedAtMs: Date.now() - pick(600_000),
    reason: 'bot',
    passedOver: [],
    kind: 'chat',
  }
}

/** mulberry32: the same run every time. */
function seeded(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
