import { describeKind } from '../../../../bots/flow/describe.ts'
import { definitionOf } from '../../../../bots/flow/registry.ts'
import type { registry } from '../../../../bots/flow/registry.ts'
import type { Block } from '../../../../bots/flow/schema.ts'
import { asList, asObject, asString, conditionText, isObject } from '../doc.ts'
import type { Loose } from '../doc.ts'

/** A way out of a block, connected or not. */
export interface Port {
  port: string
  /** must be connected; others have a stand-in */
  required: boolean
  /** the block does not have this exit (any more), yet something is connected to it */
  stray: boolean
  /** how the person takes it, per language: the label of a choice or an intent */
  labels: Record<string, string>
  /** key of the telephone */
  key?: string
  /** the condition of a case */
  when?: string
  to?: string
}

export const isKind = (type: unknown): type is keyof typeof registry =>
  typeof type === 'string' && describeKind(type) !== undefined

/**
 * Every exit of a block in the order a person meets them, however half written the block is.
 * @param callee exits that the end blocks of a called flow name
 */
export function portsOf(block: Loose, callee: readonly string[] = []): Port[] {
  const out = asObject(block['out'])
  const named = namedParts(block)
  const { required, optional } = declared(block)
  const own = [...new Set([...required, ...optional, ...callee])]
  // choices first, as they stand in the form; then the fixed exits
  const order = [
    ...new Set([...own.filter((port) => named.has(port)), ...own, ...Object.keys(out)]),
  ]
  return order.flatMap((port) => {
    const to = asString(out[port])
    const stray = !own.includes(port)
    if (stray && to === undefined) return []
    const of = named.get(port)
    const key = asString(of?.['dtmf'])
    return {
      port,
      required: required.includes(port),
      stray,
      labels: labelsOf(of?.['label']),
      ...(key !== undefined && { key }),
      ...(of?.['when'] !== undefined && { when: conditionText(of['when']) }),
      ...(to !== undefined && { to }),
    }
  })
}

/** The exit a block that is put behind this one takes: what must be connected and is not. */
export const freePort = (block: Loose, callee?: readonly string[]): string | undefined => {
  const free = portsOf(block, callee).filter(({ to, required }) => to === undefined && required)
  return (free.find(({ port }) => port === 'next') ?? free[0])?.port
}

const known = new WeakMap<Loose, { required: string[]; optional: string[] }>()

function declared(block: Loose): { required: string[]; optional: string[] } {
  let ports = known.get(block)
  if (!ports) known.set(block, (ports = ask(block)))
  return ports
}

function ask(block: Loose): { required: string[]; optional: string[] } {
  if (!isKind(block['type'])) return { required: [], optional: [] }
  const parts = (field: string) => asList(block[field]).filter(isObject)
  try {
    // a definition may read these lists without looking
    const whole = {
      ...block,
      choices: parts('choices'),
      cases: parts('cases'),
      intents: parts('intents'),
    }
    const ports = definitionOf(whole as unknown as Block).ports(whole as unknown as Block)
    const strings = (list: unknown[]) => list.flatMap((port) => asString(port) ?? [])
    return { required: strings(ports.required), optional: strings(ports.optional) }
  } catch {
    // too little is written yet to know
    return { required: [], optional: [] }
  }
}

/** Parts of the block that exits are named after. */
function namedParts(block: Loose): Map<string, Loose> {
  const parts = [block['choices'], block['intents'], block['cases']].flatMap(asList)
  return new Map(parts.filter(isObject).flatMap((part) => (asString(part['id']) === undefined ? [] : [[String(part['id']), part]]))) // prettier-ignore
}

function labelsOf(label: unknown): Record<string, string> {
  const entries = Object.entries(asObject(label)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
  )
  return Object.fromEntries(entries)
}

/** Exits that the end blocks of a flow name, for those who call it. */
export function calleeExits(doc: Loose): string[] {
  const ends = Object.values(asObject(doc['blocks'])).map(asObject)
  const names = ends.flatMap((end) => (end['type'] === 'end' ? (asString(end['exit']) ?? []) : []))
  return [...new Set(names)]
}
