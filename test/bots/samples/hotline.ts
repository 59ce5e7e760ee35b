import { createIndex } from '../../../bots/nlu/faq.ts'
import { startState, turn } from '../../../bots/flow/engine.ts'
import type { Channel } from '../../../bots/flow/schema.ts'
import type { Effect, FlowInput, FlowState, ServiceCall } from '../../../bots/flow/state.ts'
import {
  sampleFlows,
  sampleKnowledge,
  sampleSources,
  sampleSynonyms,
} from '../../../bots/samples/hotline/index.ts'

const index = createIndex(sampleKnowledge, { synonyms: sampleSynonyms })
const NOON = Date.parse('2026-10-05T12:00:00+08:00')

/** A visitor talking to the sample flows with their own knowledge, sources and a ticket drawer. */
export function visit(channel: Channel, lang?: string) {
  const published = new Map(sampleFlows.map((doc) => [doc.id, { id: doc.id, version: 1, doc }]))
  const tickets = new Map<string, Record<string, unknown>>()
  let state: FlowState = startState(published.get('main')!, { lang })
  let effects: Effect[] = []
  const context = {
    channel,
    nowMs: NOON,
    contact: { phone: '13800001234' },
    conversationId: 'visit',
    flow: (id: string) => published.get(id),
    hours: () => 'open' as const,
  }

  function answer(call: ServiceCall): unknown {
    switch (call.kind) {
      case 'faq':
        return index.search(call.text, call.lang, call.top)
      case 'query': {
        const wanted = Object.entries(call.params)
        const rows = sampleSources.find(({ id }) => id === call.source)?.rows ?? []
        return rows.filter((row) => wanted.every(([key, value]) => row[key] === value))
      }
      case 'ticket': {
        if (call.op === 'lookup') {
          const bare = String(call.fields.serial)
          const found = tickets.get(bare)
          return found ? { own: true, ...found } : null
        }
        const ticket = { serial: 'C20261005-0001', status: 'open', ...call.fields }
        tickets.set('C202610050001', ticket)
        return ticket
      }
      default:
        return null
    }
  }

  function feed(input: FlowInput): string {
    effects = []
    let next: FlowInput | undefined = input
    while (next) {
      const result = turn(state, next, context)
      state = result.state
      effects.push(...result.effects)
      const { call } = result
      next = call && { in: 'result', ok: true, value: answer(call), callId: call.id }
    }
    return effects.flatMap((effect) => (effect.fx === 'say' ? [effect.text] : [])).join('\n')
  }

  const greeting = feed({ in: 'start' })
  return {
    greeting,
    tickets,
    says: (text: string) => feed({ in: 'text', text }),
    presses: (digits: string) => feed({ in: 'dtmf', digits }),
    get state() {
      return state
    },
    get handoff() {
      return effects.findLast((effect) => effect.fx === 'handoff')
    },
  }
}
