/** Turns per second of the flow engine, alone in the process: a complaint from menu to ticket. */
import { startState, turn } from '../../bots/flow/engine.ts'
import type { FlowInput, FlowState, PublishedFlow, TurnContext } from '../../bots/flow/state.ts'
import { complaintFlow, complaintInputs, hotlineFlow } from '../bots/flow/bench-documents.ts'

const WARM_UP = 2000
const CONVERSATIONS = 10_000

export default async function bench(): Promise<void> {
  const flows = new Map<string, PublishedFlow>(
    [hotlineFlow(), complaintFlow()].map((doc) => [doc.id, { id: doc.id, version: 1, doc }]),
  )
  const main = flows.get('hotline')
  if (!main) throw new Error('the bench needs its flow')
  const context: TurnContext = {
    channel: 'webchat',
    nowMs: 1_780_000_000_000,
    contact: { phone: '13800138000', name: '王芳' },
    conversationId: 'bench',
    flow: (id) => flows.get(id),
    hours: () => 'open',
  }
  const times: number[] = []
  let bytes = 0
  const converse = (keep: boolean) => {
    // as in service: the state is read from and written to JSON around each turn
    let stored = JSON.stringify(startState(main))
    for (const input of complaintInputs) {
      const state = JSON.parse(stored) as FlowState
      const before = performance.now()
      const result = turn(state, input as FlowInput, context)
      if (keep) times.push(performance.now() - before)
      stored = JSON.stringify(result.state)
      bytes = Math.max(bytes, stored.length)
    }
    if (!stored.includes('"ended"')) throw new Error('the conversation did not come to its end')
  }
  for (let i = 0; i < WARM_UP; i++) converse(false)
  const started = performance.now()
  for (let i = 0; i < CONVERSATIONS; i++) converse(true)
  const seconds = (performance.now() - started) / 1000

  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? NaN
  const turnsPerSecond = Math.round(times.length / seconds)
  const [p50Ms, p99Ms, maxMs] = [at(0.5), at(0.99), times.at(-1) ?? NaN].map(rounded)
  console.table({
    'turns per second, with state to and from JSON': { value: turnsPerSecond, reach: '≥ 10,000' },
    'p50 ms': { value: p50Ms, reach: '' },
    'p99 ms': { value: p99Ms, reach: '< 1' },
    'slowest ms': { value: maxMs, reach: '' },
    'largest state, bytes': { value: bytes, reach: '' },
  })
  console.log(JSON.stringify({ bench: 'flow', turnsPerSecond, p50Ms, p99Ms }))
}

const rounded = (ms: number) => Math.round(ms * 10_000) / 10_000
