/** What the tests reach of a flow, and what none of them does. Pure. */
import type { FlowDoc } from '../../../../../bots/flow/schema.ts'
import { exitKey } from '../../canvas/graph.ts'
import type { Results } from './useSuite.ts'

export interface Coverage {
  blocks: Set<string>
  /** as the canvas names them */
  exits: Set<string>
  untouchedBlocks: string[]
  untouchedExits: { block: string; port: string }[]
}

export function coverageOf(doc: FlowDoc, results: Results): Coverage {
  const reports = [...results.values()]
  const blocks = new Set(reports.flatMap((report) => report.blocks))
  const taken = new Set(reports.flatMap((report) => report.exits))
  const exits = Object.entries(doc.blocks).flatMap(([block, { out }]) =>
    Object.keys(out ?? {}).map((port) => ({ block, port })),
  )
  const isTaken = ({ block, port }: { block: string; port: string }) =>
    taken.has(`${block}.${port}`)
  return {
    blocks,
    exits: new Set(exits.filter(isTaken).map(({ block, port }) => exitKey(block, port))),
    untouchedBlocks: Object.keys(doc.blocks).filter((id) => !blocks.has(id)),
    untouchedExits: exits.filter((exit) => !isTaken(exit)),
  }
}
