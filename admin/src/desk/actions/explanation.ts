/** Reads what GET …/explain answers. Its inner shape belongs to the router; what is not there is left out. */
export interface ReadExplanation {
  summary: { zh: string; en: string } | undefined
  waitedMs: number | undefined
  agents: { agentId: string; fit: boolean; reasons: { zh: string; en: string }[] }[]
  decision:
    | {
        agentId: string
        queueId: string
        atMs: number
        waitingCount: number
        freeCount: number
        strategy: string
        candidates: { agentId: string; load: number }[]
      }
    | undefined
}

export function readExplanation(answer: {
  waiting?: unknown
  decision?: unknown
}): ReadExplanation {
  const waiting = record(answer.waiting)
  return {
    summary: words(waiting['summary']),
    waitedMs: number(waiting['waitedMs']),
    agents: list(waiting['agents']).map((entry) => {
      const agent = record(entry)
      return {
        agentId: text(agent['agentId']),
        fit: agent['fit'] === true,
        reasons: list(agent['reasons']).flatMap((reason) => words(reason) ?? []),
      }
    }),
    decision: readDecision(record(answer.decision)),
  }
}

function readDecision(decision: Record<string, unknown>): ReadExplanation['decision'] {
  if (typeof decision['agentId'] !== 'string') return undefined
  const inputs = record(decision['inputs'])
  return {
    agentId: decision['agentId'],
    queueId: text(decision['queueId']),
    atMs: number(decision['atMs']) ?? 0,
    waitingCount: number(inputs['waitingCount']) ?? 1,
    freeCount: number(inputs['freeCount']) ?? 1,
    strategy: text(record(inputs['queue'])['strategy']),
    candidates: list(inputs['agents']).map((entry) => {
      const { agentId, load } = record(entry)
      return { agentId: text(agentId), load: number(load) ?? 0 }
    }),
  }
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const number = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined

function words(value: unknown): { zh: string; en: string } | undefined {
  const { zh, en } = record(value)
  return typeof zh === 'string' && typeof en === 'string' ? { zh, en } : undefined
}
