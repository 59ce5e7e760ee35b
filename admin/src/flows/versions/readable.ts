/** What differs between two documents in the words of the forms, as content staff know them. */
import { blockName } from '../../../../bots/flow/block-names.ts'
import type { NameLang } from '../../../../bots/flow/block-names.ts'
import { kindOf } from '../../../../bots/flow/describe.ts'
import { same } from '../../records/rebase.ts'
import { asList, asObject, asString, blocksOf, conditionText, isObject, valueText } from '../doc.ts'
import type { Doc, Loose } from '../doc.ts'

/** One thing that is different. `what` leads to it, from large to small; a side that was not there is absent. */
export interface ReadableLine {
  what: string[]
  before?: string
  after?: string
  /** callers hear or meet it; a name, a note or a test is for colleagues alone */
  forCallers: boolean
}

export interface ReadableBlock {
  id: string
  /** what the editor calls it */
  name: string
  kind: 'added' | 'removed' | 'changed'
  type: string
  lines: ReadableLine[]
}

export interface ReadableDiff {
  document: ReadableLine[]
  blocks: ReadableBlock[]
}

/** Names of things, in the language of the console. */
export interface DiffWords {
  /** in which language blocks without a label are named */
  names: NameLang
  kind(type: string): string
  /** fields of the form of a block: path and label, longest path first */
  fields(type: string): readonly { path: string; label: string }[]
  exit(block: Loose, port: string): string
  /** a step of a path: a language, a channel, a property. @param inside the step before: `by` leads to channels */
  step(name: string, inside?: string): string
  yes: string
  no: string
  exits: string
}

/** Not part of what a flow does: where it was drawn, who may read it. */
const UNSEEN = new Set(['ui', 'schema', 'id', 'blocks'])
const FOR_COLLEAGUES = new Set(['label', 'name', 'note', 'tests'])

/** How the newer document differs. Blocks in the order of the newer one, removed ones last; moved ones not at all. */
export function readableDiff(older: Doc, newer: Doc, words: DiffWords): ReadableDiff {
  const [before, after] = [blocksOf(older), blocksOf(newer)]
  const nameOf = (id: string) => blockName(after[id] ? after : before, id, words.names)
  const ids = [...new Set([...Object.keys(after), ...Object.keys(before)])]
  return {
    document: documentLines(older, newer, words, nameOf),
    blocks: ids.flatMap((id): ReadableBlock[] => {
      const [old, now] = [before[id], after[id]]
      const lines = blockLines(old, now, words, nameOf)
      if (lines.length === 0 && old && now) return []
      return [
        {
          id,
          name: nameOf(id),
          kind: !old ? 'added' : !now ? 'removed' : 'changed',
          type: kindOf((now ?? old)!) ?? '',
          lines,
        },
      ]
    }),
  }
}

/** What of it callers notice. */
export function forCallers({ document, blocks }: ReadableDiff): ReadableDiff {
  const heard = (lines: ReadableLine[]) => lines.filter((line) => line.forCallers)
  return {
    document: heard(document),
    blocks: blocks.flatMap((block) => {
      const lines = heard(block.lines)
      return lines.length > 0 || block.kind !== 'changed' ? [{ ...block, lines }] : []
    }),
  }
}

function blockLines(
  before: Loose | undefined,
  after: Loose | undefined,
  words: DiffWords,
  nameOf: (id: string) => string,
): ReadableLine[] {
  const [old, now] = [before ?? {}, after ?? {}]
  const lines = leaves(old, now, []).flatMap(({ path, left, right }): ReadableLine[] => {
    const [first, second] = path
    if (UNSEEN.has(first!) || (first === 'type' && (!before || !after))) return []
    // what came or went is named by its words; its id says nothing to a person
    if (path.at(-1) === 'id' && (left === undefined || right === undefined)) return []
    if (first === 'out' && second !== undefined) {
      const exit = words.exit(right === undefined ? old : now, second)
      const to = (id: unknown) => (typeof id === 'string' ? nameOf(id) : undefined)
      return [line([words.exits, exit], to(left), to(right), true)]
    }
    const type = kindOf(after ?? before ?? {}) ?? ''
    const what = named(path, type, words)
    const shown = (value: unknown) =>
      first === 'type' ? words.kind(String(value)) : shownValue(value, words)
    return [
      line(
        what,
        left === undefined ? undefined : shown(left),
        right === undefined ? undefined : shown(right),
        !FOR_COLLEAGUES.has(path.length === 1 ? first! : path.includes('note') ? 'note' : ''),
      ),
    ]
  })
  return lines
}

/** `prompt.zh-CN.text` → 开场怎么说 · 中文: the field of the form, then what is left of the path. */
function named(path: string[], type: string, words: DiffWords): string[] {
  const field = words.fields(type).find((each) => `${path.join('.')}.`.startsWith(`${each.path}.`))
  const rest = field ? path.slice(field.path.split('.').length) : path
  // the text itself needs no name beside its field and language
  const steps = rest.filter((step, at) => !(step === 'text' && at === rest.length - 1 && at > 0))
  return [...(field ? [field.label] : []), ...stepsOf(steps, words)]
}

const stepsOf = (path: string[], words: DiffWords) =>
  path.map((step, at) => words.step(step, path[at - 1]))

function documentLines(
  older: Doc,
  newer: Doc,
  words: DiffWords,
  nameOf: (id: string) => string,
): ReadableLine[] {
  return leaves(older, newer, []).flatMap(({ path, left, right }): ReadableLine[] => {
    const [first, second] = path
    if (UNSEEN.has(first!)) return []
    const isBlock = first === 'entry' || first === 'main' || path.at(-1) === 'target'
    const shown = (value: unknown) =>
      value === undefined
        ? undefined
        : isBlock && typeof value === 'string'
          ? nameOf(value)
          : shownValue(value, words)
    const hidden = FOR_COLLEAGUES.has(first!) || path.includes('note')
    // a test is changed as a whole: what it plays is read where it is edited
    if (first === 'tests' && second !== undefined)
      return [line([words.step('tests'), second], ...testSides(left, right), false)]
    return [line(stepsOf(path, words), shown(left), shown(right), !hidden)]
  })
}

/** How many steps: enough to see that it changed. */
function testSides(left: unknown, right: unknown): [string | undefined, string | undefined] {
  const steps = (test: unknown) =>
    test === undefined
      ? undefined
      : asList(asObject(test)['steps'])
          .map((step) => asString(asObject(step)['in']) ?? '')
          .filter(Boolean)
          .join(' → ') || '—'
  return [steps(left), steps(right)]
}

function line(
  what: string[],
  before: string | undefined,
  after: string | undefined,
  isHeard: boolean,
): ReadableLine {
  return {
    what,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    forCallers: isHeard,
  }
}

interface Leaf {
  path: string[]
  left: unknown
  right: unknown
}

/** Goes down to what a person reads as one thing. */
function leaves(left: unknown, right: unknown, path: string[]): Leaf[] {
  if (same(left, right)) return []
  const open = [left, right].filter((value) => value !== undefined)
  if (path.length > 0 && !open.every((value) => isOpen(value, path))) return [{ path, left, right }]
  const [before, after] = [entriesOf(left), entriesOf(right)]
  const keys = [...new Set([...after.keys(), ...before.keys()])]
  const inner = keys.flatMap((key) => leaves(before.get(key), after.get(key), [...path, key]))
  // something empty came or went: {} or []
  return inner.length > 0 || path.length === 0 ? inner : [{ path, left, right }]
}

function isOpen(value: unknown, path: string[]): boolean {
  if (Array.isArray(value)) return value.some(isObject) && path.at(-1) !== 'cards'
  if (!isObject(value)) return false
  // conditions, values and recordings are read as a whole, and so is a test
  if (isCondition(value) || isValue(value) || 'mediaId' in value) return false
  return !(path[0] === 'tests' && path.length === 2)
}

const isCondition = (value: Loose): boolean =>
  ['all', 'any', 'not'].some((key) => key in value) || ('var' in value && 'op' in value)

const isValue = (value: Loose): boolean =>
  Object.keys(value).length === 1 && ['literal', 'var', 'template'].some((key) => key in value)

function shownValue(value: unknown, words: DiffWords): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (Array.isArray(value)) return value.map((each) => shownValue(each, words)).join('、') || '—'
  if (!isObject(value)) return String(value)
  if (isCondition(value)) return conditionText(value)
  if (isValue(value)) return valueText(value)
  const title = asString(value['title']) ?? asString(value['mediaId'])
  return title ?? (Object.keys(value).length === 0 ? '—' : JSON.stringify(value))
}

/** Items of lists go by their id, so that a choice put in between does not change all after it. */
function entriesOf(value: unknown): Map<string, unknown> {
  if (!Array.isArray(value)) return new Map(Object.entries(asObject(value)))
  const names = value.map((item, at) => itemName(item) ?? String(at + 1))
  const unique = new Set(names).size === names.length
  return new Map(value.map((item, at) => [unique ? names[at]! : String(at + 1), item]))
}

function itemName(item: unknown): string | undefined {
  const { id, lang, name, to, intent } = asObject(item)
  return asString(id) ?? asString(lang) ?? asString(name) ?? asString(intent) ?? asString(to)
}
