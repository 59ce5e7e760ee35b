import type { BlockId, BlockType } from '../schema.ts'
import type { Check } from './check.ts'

/** UNREACHABLE, LOOP, TRAP. */
export function checkPaths(check: Check): void {
  const { doc } = check
  const starts = [doc.entry, doc.main ?? doc.entry, ...(doc.hotkeys ?? []).map((h) => h.target)]
  const reachable = check.reach(starts)
  const escapable = whatCanFinish(check)
  for (const [block] of check.blocks) {
    if (!reachable.has(block)) check.add('UNREACHABLE', { block })
    else if (!escapable.has(block)) check.add('TRAP', { block })
  }
  findLoops(check)
}

/** Blocks that end the flow or bring a person. */
const FINISHING = new Set<BlockType>(['end', 'goto', 'queue', 'callback', 'transfer'])

/** Blocks from which an end or a person can be reached: walks the exits backwards. */
function whatCanFinish(check: Check): Set<BlockId> {
  const before = new Map<BlockId, BlockId[]>()
  const open: BlockId[] = []
  for (const [id, { type }] of check.blocks) {
    if (FINISHING.has(type)) open.push(id)
    for (const next of check.next(id)) before.set(next, [...(before.get(next) ?? []), id])
  }
  const found = new Set<BlockId>()
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue
    found.add(id)
    open.push(...(before.get(id) ?? []))
  }
  return found
}

/** Cycles of blocks that all pass without waiting for anybody; each reported once. */
function findLoops(check: Check): void {
  const state = new Map<BlockId, 'open' | 'done'>()
  for (const [start] of check.blocks) {
    if (check.alwaysWaits(start) || state.has(start)) continue
    // own stack instead of recursion: a flow may be one chain of thousands of blocks
    const path: { block: BlockId; rest: BlockId[] }[] = [{ block: start, rest: check.next(start) }]
    state.set(start, 'open')
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.rest.pop()
      if (next === undefined) {
        state.set(top.block, 'done')
        path.pop()
      } else if (check.alwaysWaits(next)) continue
      else if (state.get(next) === 'open') {
        const names = path.map(({ block }) => block)
        const circle = [...names.slice(names.indexOf(next)), next].join(' → ')
        check.add('LOOP', { block: next }, { path: circle })
      } else if (!state.has(next)) {
        state.set(next, 'open')
        path.push({ block: next, rest: check.next(next) })
      }
    }
  }
}
