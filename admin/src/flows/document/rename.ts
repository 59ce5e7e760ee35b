import { asList, asObject, isObject } from '../doc.ts'
import type { Doc, Loose } from '../doc.ts'
import { blockOf, editBlocks, withBlocks } from './blocks.ts'
import { listed, withList } from './groups.ts'

/**
 * Gives a block another id, everywhere it is named: exits, entry, main, hotkeys, the tests' expectations,
 * groups. The same document when the block is missing or the new id is taken.
 */
export function renameBlock(doc: Doc, from: string, to: string): Doc {
  if (from === to || !blockOf(doc, from) || blockOf(doc, to)) return doc
  return renameAll(doc, new Map([[from, to]]))
}

/** Many at once, also in a circle; the caller sees to it that no two end up the same. */
export function renameAll(doc: Doc, names: ReadonlyMap<string, string>): Doc {
  const name = (id: unknown) => (typeof id === 'string' ? (names.get(id) ?? id) : id)
  const named = (object: Loose, field: string): Loose =>
    names.has(String(object[field])) ? { ...object, [field]: name(object[field]) } : object
  const led = editBlocks(doc, (block) => {
    const out = Object.entries(asObject(block['out']))
    return out.some(([, to]) => names.has(String(to)))
      ? { ...block, out: Object.fromEntries(out.map(([port, to]) => [port, name(to)])) }
      : block
  })
  const blocks = Object.entries(asObject(led['blocks'])).map(([id, block]) => [name(id), block])
  const moved = named(named(withBlocks(led, Object.fromEntries(blocks)), 'entry'), 'main')
  const groups = listed(moved, 'groups').map((group) =>
    asList(group['blocks']).some((id) => names.has(String(id)))
      ? { ...group, blocks: asList(group['blocks']).map(name) }
      : group,
  )
  const framed = groups.length > 0 ? withList(moved, 'groups', groups) : moved
  const hotkeys = framed['hotkeys']
  const tests = framed['tests']
  return {
    ...framed,
    ...(Array.isArray(hotkeys) && {
      hotkeys: hotkeys.map((each) => (isObject(each) ? named(each, 'target') : (each as unknown))),
    }),
    ...(Array.isArray(tests) && {
      tests: tests.map((test) => (isObject(test) ? inTest(test, named) : (test as unknown))),
    }),
  }
}

function inTest(test: Loose, named: (object: Loose, field: string) => Loose): Loose {
  const steps = test['steps']
  if (!Array.isArray(steps)) return test
  const next = steps.map((step): unknown => {
    if (!isObject(step) || !isObject(step['expect'])) return step
    const expect = named(step['expect'], 'block')
    return expect === step['expect'] ? step : { ...step, expect }
  })
  return next.some((step, at) => step !== steps[at]) ? { ...test, steps: next } : test
}
