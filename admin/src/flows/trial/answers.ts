/** Everything a flow and those it leads to ask of the world, by the names under which a trial answers it. */
import type { Block, FlowDoc } from '../../../../bots/flow/schema.ts'

export interface Asks {
  name: string
  kind: 'hours' | 'faq' | 'intent' | 'query' | 'ticket' | 'dialog' | 'phoneCode'
  /** schedule, source, ticket kind … */
  of: string
}

export function asksOf(docs: readonly FlowDoc[]): Asks[] {
  const found = new Map<string, Asks>()
  for (const { blocks } of docs)
    for (const block of Object.values(blocks))
      for (const asks of asksOfBlock(block)) found.set(asks.name, asks)
  const order: Asks['kind'][] = ['hours', 'faq', 'intent', 'query', 'ticket', 'dialog', 'phoneCode']
  return [...found.values()].sort(
    (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.name < b.name ? -1 : 1),
  )
}

function asksOfBlock(block: Block): Asks[] {
  const one = (kind: Asks['kind'], of: string, name = `${kind}:${of}`): Asks[] => [
    { name, kind, of },
  ]
  switch (block.type) {
    case 'hours':
      return one('hours', block.schedule)
    case 'faq':
      return one('faq', block.knowledgeBase)
    case 'intent':
      return one('intent', block.classifier)
    case 'query':
      return one('query', block.source)
    case 'ticket':
      return one('ticket', `${block.op}:${block.kind}`)
    case 'dialog':
      return one('dialog', block.dialog)
    case 'verifyPhone':
      return [...one('phoneCode', 'send'), ...one('phoneCode', 'check')]
    default:
      return []
  }
}
