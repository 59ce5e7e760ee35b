import { dialled } from '../blocks/transfer.ts'
import type { Block, BlockId, FlowDoc } from '../schema.ts'
import { placeholders } from '../template.ts'
import type { Check } from './check.ts'

/** REF, ARG, RECURSION, CHAT_ONLY, NUMBER. */
export function checkReferences(check: Check): void {
  const lists = referenceLists(check)
  for (const [block, content] of check.blocks) {
    for (const [kind, name] of references(content)) {
      const list = lists[kind]
      const self = kind === 'flow' && name === check.doc.id
      if (list && !self && !list.has(name)) check.add('REF', { block }, { kind, name })
    }
    if (content.type === 'subflow') checkArguments(check, block, content)
    if (content.type === 'transfer') checkNumber(check, block, content.to.value)
    if (content.type === 'ask' && content.slot.type === 'media' && check.isFor('voice'))
      check.add('CHAT_ONLY', { block }, { name: content.slot.type })
  }
  const fallback = check.doc.fallbackQueue
  if (fallback !== undefined && lists.queue && !lists.queue.has(fallback))
    check.add('REF', {}, { kind: 'queue', name: fallback })
  const circle = findRecursion(check)
  if (circle) check.add('RECURSION', {}, { path: circle.join(' → ') })
}

type Kind = 'queue' | 'mailbox' | 'schedule' | 'data source' | 'knowledge base' | 'classifier' | 'ticket kind' | 'dialog' | 'flow' // prettier-ignore

function referenceLists(check: Check): Partial<Record<Kind, Set<string>>> {
  const { environment } = check
  const set = (list: Iterable<string> | undefined) => list && new Set(list)
  return {
    queue: set(environment.queues),
    mailbox: set(environment.mailboxes),
    schedule: set(environment.schedules),
    'data source': set(environment.sources),
    'knowledge base': set(environment.knowledgeBases),
    classifier: set(environment.classifiers),
    'ticket kind': set(environment.ticketKinds),
    dialog: set(environment.dialogs),
    flow: check.flows && new Set(check.flows.keys()),
  }
}

function references(block: Block): [Kind, string][] {
  switch (block.type) {
    case 'voicemail':
      return [['mailbox', block.mailbox]]
    case 'queue':
    case 'callback':
      return [['queue', block.queue]]
    case 'hours':
      return [['schedule', block.schedule]]
    case 'query':
      return [['data source', block.source]]
    case 'faq':
      return [['knowledge base', block.knowledgeBase]]
    case 'intent':
      return [['classifier', block.classifier]]
    case 'ticket':
      return [['ticket kind', block.kind]]
    case 'dialog':
      return [['dialog', block.dialog]]
    case 'subflow':
    case 'goto':
      return [['flow', block.flow]]
    default:
      return []
  }
}

/** A number written out must be one; what variables make of it is seen when it is dialled. */
function checkNumber(check: Check, block: BlockId, value: string): void {
  if (placeholders(value).length === 0 && dialled(value) === undefined)
    check.add('NUMBER', { block }, { name: value })
}

type Subflow = Extract<Block, { type: 'subflow' }>

function checkArguments(check: Check, block: BlockId, { flow, args, results }: Subflow): void {
  const called = check.flows?.get(flow)
  if (!called) return
  const known = new Set([...(called.vars ?? []), ...(called.params ?? [])].map(({ name }) => name))
  const paths = [...Object.keys(args ?? {}), ...Object.values(results ?? {})]
  for (const name of new Set(paths.map((path) => path.split('.')[0] ?? '')))
    if (!known.has(name)) check.add('ARG', { block }, { flow, name })
}

/** A chain of sub-flow calls that comes back to this flow. */
function findRecursion(check: Check): string[] | undefined {
  const { doc } = check
  const callees = (flow: FlowDoc | undefined) =>
    Object.values(flow?.blocks ?? {}).flatMap((b) => (b.type === 'subflow' ? [b.flow] : []))
  const open = callees(doc).map((id) => [doc.id, id])
  const seen = new Set<string>()
  for (let path = open.pop(); path; path = open.pop()) {
    const last = path.at(-1) ?? ''
    if (last === doc.id) return path
    if (seen.has(last)) continue
    seen.add(last)
    for (const id of callees(check.flows?.get(last))) open.push([...path, id])
  }
  return undefined
}
