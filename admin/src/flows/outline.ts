import { asList, asObject, asString, blocksOf, conditionText, isObject } from './doc.ts'
import type { Doc, Loose } from './doc.ts'
import { portsOf } from './document/ports.ts'

/** A way out of a block. */
export interface Exit {
  port: string
  /** how the person takes it: the choice's label per language, its key, a condition */
  labels: Record<string, string>
  key?: string
  when?: string
  /** '' where nothing is connected yet */
  to: string
}

/** One line of the outline; levels begin at 1, as in WAI-ARIA trees. */
export type Row =
  | { kind: 'section'; key: string; level: number; section: 'entry' | 'hotkeys' | 'unreached' }
  | { kind: 'block'; key: string; level: number; id: string; block: Loose; missing: boolean }
  | { kind: 'exit'; key: string; level: number; from: string; exit: Exit; seeAbove: boolean }

/** These lead on with the story; all others turn off from it and are indented. */
const onward = new Set(['next', 'after'])

export function exitsOf(block: Loose): Exit[] {
  const out = asObject(block['out'])
  const named = [
    ...asList(block['choices']),
    ...asList(block['intents']),
    ...asList(block['cases']),
  ]
    .filter(isObject)
    .map((each) => [String(each['id'] ?? each['lang'] ?? ''), each] as const)
  const byPort = new Map(named)
  const order = [...named.map(([id]) => id).filter((id) => id in out), ...Object.keys(out)]
  return [...new Set(order)].flatMap((port) => {
    const to = asString(out[port])
    return to === undefined ? [] : [exitOf(port, to, byPort.get(port))]
  })
}

function exitOf(port: string, to: string, of: Loose | undefined): Exit {
  const key = asString(of?.['dtmf'])
  const labels = Object.entries(asObject(of?.['label'])).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return {
    port,
    to,
    labels: Object.fromEntries(labels),
    ...(key && { key }),
    ...(of?.['when'] !== undefined && { when: conditionText(of['when']) }),
  }
}

interface Options {
  /** with exits that must be connected and are not, for those who edit */
  lacking?: boolean
  /** exits that called flows name */
  callees?: ReadonlyMap<string, readonly string[]>
}

/** Connected exits and those that should be, in the order of the block's form. */
function exitsAndLacking(block: Loose, callees: Options['callees']): Exit[] {
  return portsOf(block, callees?.get(String(block['flow'])))
    .filter(({ to, required }) => to !== undefined || required)
    .map(({ port, labels, key, when, to = '' }) => ({
      port,
      labels,
      to,
      ...(key !== undefined && { key }),
      ...(when !== undefined && { when }),
    }))
}

/** Lines of a flow as it runs: what comes next stands below, what turns off is indented. */
export function outlineOf(doc: Doc, { lacking, callees }: Options = {}): Row[] {
  const blocks = blocksOf(doc)
  const starts = startsOf(doc)
  const owners = new Map<string, string>()
  reach(blocks, starts, owners)
  const unreached = unreachedIn(blocks, owners)
  const rows: Row[] = []
  const shown = new Set<string>()

  const block = (id: string, level: number): void => {
    shown.add(id)
    const found = blocks[id]
    rows.push({
      kind: 'block',
      key: `block:${id}`,
      level,
      id,
      block: found ?? {},
      missing: !found,
    })
    const exits = !found ? [] : lacking ? exitsAndLacking(found, callees) : exitsOf(found)
    const on = exits.find(({ port, to }) => onward.has(port) && owns(id, port, to))
    for (const exit of exits) if (exit !== on) turnOff(id, exit, level + 1)
    if (on) block(on.to, level)
  }
  const owns = (id: string, port: string, to: string) =>
    owners.get(to) === `${id}/${port}` && !shown.has(to)
  const turnOff = (from: string, exit: Exit, level: number): void => {
    const opens = owns(from, exit.port, exit.to)
    const key = `exit:${from}/${exit.port}`
    rows.push({ kind: 'exit', key, level, from, exit, seeAbove: !opens && exit.to !== '' })
    if (opens) block(exit.to, level + 1)
  }

  const entry = asString(doc['entry'])
  rows.push({ kind: 'section', key: 'entry', level: 1, section: 'entry' })
  if (entry !== undefined) block(entry, 2)
  const hotkeys = starts.filter(({ from }) => from !== '')
  if (hotkeys.length > 0)
    rows.push({ kind: 'section', key: 'hotkeys', level: 1, section: 'hotkeys' })
  for (const { from, exit } of hotkeys) turnOff(from, exit, 2)
  if (unreached.length > 0)
    rows.push({ kind: 'section', key: 'unreached', level: 1, section: 'unreached' })
  for (const id of unreached) if (!shown.has(id)) block(id, 2)
  return rows
}

interface Start {
  /** '' is the entry itself */
  from: string
  exit: Exit
}

function startsOf(doc: Doc): Start[] {
  const entry = asString(doc['entry'])
  const hotkeys = asList(doc['hotkeys']).filter(isObject)
  return [
    ...(entry === undefined ? [] : [{ from: '', exit: { port: 'entry', labels: {}, to: entry } }]),
    ...hotkeys.map((hotkey) => {
      const said = Object.entries(asObject(hotkey['say'])).map(
        ([lang, words]) => [lang, asList(words).map(String).join(' / ')] as const,
      )
      const key = asString(hotkey['dtmf'])
      return {
        from: `hotkey.${String(hotkey['id'])}`,
        exit: {
          port: String(hotkey['id']),
          labels: Object.fromEntries(said),
          to: String(hotkey['target']),
          ...(key && { key }),
        },
      }
    }),
  ]
}

/**
 * Which exit a block is shown under: the one that reaches it with the least indentation, so that
 * a block many lead to stands where a reader meets it first.
 */
function reach(
  blocks: Record<string, Loose>,
  starts: readonly Start[],
  owners: Map<string, string>,
): void {
  let near: [string, string][] = starts.map(({ from, exit }) => [exit.to, `${from}/${exit.port}`])
  while (near.length > 0) {
    const further: [string, string][] = []
    for (let at = 0; at < near.length; at++) {
      const [id, by] = near[at]!
      if (owners.has(id) || id.startsWith('@')) continue
      owners.set(id, by)
      for (const exit of exitsOf(blocks[id] ?? {}))
        (onward.has(exit.port) ? near : further).push([exit.to, `${id}/${exit.port}`])
    }
    near = further
  }
}

/** Blocks nothing leads to; those no other of them leads to come first and show the rest below them. */
function unreachedIn(blocks: Record<string, Loose>, owners: Map<string, string>): string[] {
  const lost = Object.keys(blocks).filter((id) => !owners.has(id))
  const ledTo = new Set(lost.flatMap((id) => exitsOf(blocks[id]!).map(({ to }) => to)))
  const heads = [...lost.filter((id) => !ledTo.has(id)), ...lost.filter((id) => ledTo.has(id))]
  return heads.filter((id) => {
    if (owners.has(id)) return false
    reach(blocks, [{ from: 'unreached', exit: { port: id, labels: {}, to: id } }], owners)
    return true
  })
}
