/** The variables a flow can use, with what the editor knows of them. */
import { localVars } from '../../../../bots/flow/local-vars.ts'
import type { varTypes } from '../../../../bots/flow/parts.ts'
import { builtInVars } from '../../../../bots/flow/variables.ts'
import { asList, asObject, asString, blocksOf, isObject } from '../doc.ts'
import type { Doc, Loose } from '../doc.ts'

export type VarType = (typeof varTypes)[number] | 'channel' | 'lang'

export interface Variable {
  path: string
  type: VarType | undefined
  group: 'flow' | 'block' | 'builtIn'
  /** what it is for: written by the author, or a key of the form's words */
  note?: string
  noteKey?: string
  pii?: boolean
}

const builtIns: Record<string, VarType> = {
  'contact.name': 'text',
  'contact.phone': 'phone',
  'contact.vip': 'bool',
  'call.caller': 'phone',
  'call.called': 'phone',
  'call.account': 'text',
  'entry.account': 'text',
  'entry.scene': 'text',
  channel: 'channel',
  lang: 'lang',
  lastText: 'text',
  today: 'date',
  nowMs: 'number',
  conversationId: 'text',
}
const personal = ['contact', 'call', 'lastText']

/** What blocks store besides plain values: paths below their variable. */
const inside: Record<string, string[] | undefined> = {
  ticket: ['serial', 'status', 'statusText', 'createdAt', 'department', 'reply'],
  faq: ['question', 'answer', 'id', 'score'],
  voicemail: ['transcript', 'seconds', 'text', 'mediaId'],
}

/**
 * @param type kind of the block whose form it is, for what only its own prompts may name
 * @param answered paths below the variable of a query, by data source
 */
export function variablesOf(
  doc: Doc,
  type?: string,
  answered: ReadonlyMap<string, readonly string[]> = new Map(),
): Variable[] {
  const declared = declarations(doc).map((decl): Variable => {
    const note = asString(decl['note'])
    return {
      path: String(decl['name']),
      type: asString(decl['type']) as VarType | undefined,
      group: 'flow',
      ...(note !== undefined && { note }),
      ...(decl['pii'] === true && { pii: true }),
    }
  })
  const known = new Set(declared.map(({ path }) => path))
  const parts = Object.values(blocksOf(doc)).flatMap((block) => partsSet(block, answered))
  return [
    ...((type !== undefined && localVars[type]) || []).map((path): Variable => ({
      path,
      type: 'text',
      group: 'block',
      noteKey: `variable.${path}`,
    })),
    ...declared,
    ...[...new Set(parts)]
      .filter((path) => known.has(path.split('.')[0]!))
      .map((path): Variable => ({ path, type: undefined, group: 'flow' })),
    ...Object.entries(builtIns).map(([path, kind]): Variable => ({
      path,
      type: kind,
      group: 'builtIn',
      noteKey: `variable.${path.replace('.', '_')}`,
      ...(personal.includes(path.split('.')[0]!) && { pii: true }),
    })),
  ]
}

export const declarations = (doc: Doc): Loose[] =>
  [...asList(doc['vars']), ...asList(doc['params'])].filter(
    (decl): decl is Loose => isObject(decl) && asString(decl['name']) !== undefined,
  )

/** May this path be named? `ticket.serial` may, if `ticket` is declared. */
export function isKnown(doc: Doc, path: string, type?: string): boolean {
  const root = path.split('.')[0]!
  return (
    builtInVars.includes(root) ||
    (type !== undefined && (localVars[type]?.includes(root) ?? false)) ||
    declarations(doc).some((decl) => decl['name'] === root)
  )
}

export const isPersonal = (doc: Doc, path: string): boolean =>
  declarations(doc).some((decl) => decl['name'] === path.split('.')[0] && decl['pii'] === true)

export function typeOf(variables: readonly Variable[], path: unknown): VarType | undefined {
  return variables.find((each) => each.path === path)?.type
}

function partsSet(block: Loose, answered: ReadonlyMap<string, readonly string[]>): string[] {
  const set = asString(block['set'])
  const type = asString(block['type'])
  if (set === undefined || type === undefined) return []
  const parts = type === 'query' ? (answered.get(String(block['source'])) ?? []) : (inside[type] ?? []) // prettier-ignore
  return parts.map((part) => `${set}.${part}`)
}

/** What an answer of this block is, for a variable that is made for it. */
export function typeStoredBy(block: Loose): (typeof varTypes)[number] {
  switch (block['type']) {
    case 'ask': {
      const slot = asObject(block['slot'])['type']
      const types = { number: 'number', yesno: 'bool', date: 'date', phone: 'phone', media: 'media' } as const // prettier-ignore
      if (slot === 'location') return 'object'
      return types[slot as keyof typeof types] ?? 'text'
    }
    case 'query':
    case 'ticket':
    case 'faq':
    case 'voicemail':
    case 'dialog':
      return 'object'
    case 'survey':
      return 'number'
    case 'callback':
    case 'verifyPhone':
      return 'phone'
    default:
      return 'text'
  }
}
