import { UNCHOSEN } from '../description.ts'
import type { Words } from '../description.ts'
import { dialled } from '../blocks/transfer.ts'
import type { Block, BlockId, FlowDoc } from '../schema.ts'
import { placeholders } from '../template.ts'
import type { Check } from './check.ts'

/** REF, ARG, RECURSION, CHAT_ONLY, NUMBER. */
export function checkReferences(check: Check): void {
  const lists = referenceLists(check)
  for (const [block, content] of check.blocks) {
    const named = kinds[content.type]
    if (named) {
      const name = String((content as unknown as Record<string, unknown>)[named.field])
      const list = lists.get(named)
      const self = named === flow && name === check.doc.id
      const place = { block, field: named.field }
      if (name === UNCHOSEN) check.add('NOT_CHOSEN', place, { kind: named.words })
      else if (list && !self && !list.has(name))
        check.add('REF', place, { kind: named.words, name })
    }
    if (content.type === 'subflow') checkArguments(check, block, content)
    if (content.type === 'transfer') checkNumber(check, block, content.to.value)
    if (content.type === 'ask' && content.slot.type === 'media' && check.isFor('voice'))
      check.add('CHAT_ONLY', { block, field: 'slot' }, { name: content.slot.type })
  }
  const fallback = check.doc.fallbackQueue
  if (fallback !== undefined && lists.get(queue)?.has(fallback) === false)
    check.add('REF', { field: 'fallbackQueue' }, { kind: queue.words, name: fallback })
  const circle = findRecursion(check)
  if (circle) check.add('RECURSION', {}, { path: circle.join(' → ') })
}

interface Kind {
  list: 'queues' | 'mailboxes' | 'schedules' | 'sources' | 'knowledgeBases' | 'classifiers' | 'ticketKinds' | 'dialogs' | 'customBlocks' | 'flows' // prettier-ignore
  /** property of the block that names it */
  field: string
  words: Words
}

const kind = (list: Kind['list'], field: string, zh: string, en: string): Kind => ({
  list,
  field,
  words: { zh, en },
})
const queue = kind('queues', 'queue', '队列', 'queue')
const flow = kind('flows', 'flow', '流程', 'flow')
const number: Words = { zh: '号码', en: 'number' }
const kinds: Partial<Record<Block['type'], Kind>> = {
  voicemail: kind('mailboxes', 'mailbox', '信箱', 'mailbox'),
  queue,
  callback: queue,
  hours: kind('schedules', 'schedule', '时间表', 'schedule'),
  query: kind('sources', 'source', '数据源', 'data source'),
  faq: kind('knowledgeBases', 'knowledgeBase', '知识库', 'knowledge base'),
  intent: kind('classifiers', 'classifier', '意图库', 'classifier'),
  ticket: kind('ticketKinds', 'kind', '工单类型', 'ticket kind'),
  dialog: kind('dialogs', 'dialog', '程序对话', 'dialog'),
  custom: kind('customBlocks', 'block', '扩展块', 'custom block'),
  subflow: flow,
  goto: flow,
}

function referenceLists(check: Check): Map<Kind, Set<string>> {
  const { environment } = check
  return new Map(
    Object.values(kinds).flatMap((each) => {
      const list = each === flow ? check.flows?.keys() : environment[each.list]
      return list ? [[each, new Set(list as Iterable<string>)] as const] : []
    }),
  )
}

/** A number written out must be one; what variables make of it is seen when it is dialled. */
function checkNumber(check: Check, block: BlockId, value: string): void {
  const place = { block, field: 'to.value' }
  if (value === UNCHOSEN) check.add('NOT_CHOSEN', place, { kind: number })
  else if (placeholders(value).length === 0 && dialled(value) === undefined)
    check.add('NUMBER', place, { name: value })
}

type Subflow = Extract<Block, { type: 'subflow' }>

function checkArguments(check: Check, block: BlockId, { flow, args, results }: Subflow): void {
  const called = check.flows?.get(flow)
  if (!called) return
  const known = new Set([...(called.vars ?? []), ...(called.params ?? [])].map(({ name }) => name))
  const namesIn = (field: string, paths: string[]) => {
    for (const name of new Set(paths.map((path) => path.split('.')[0] ?? '')))
      if (!known.has(name)) check.add('ARG', { block, field }, { flow, name })
  }
  namesIn('args', Object.keys(args ?? {}))
  namesIn('results', Object.values(results ?? {}))
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
