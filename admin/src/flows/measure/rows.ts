/** Figures of one version, or of two side by side, as rows of a table. */
import type { BlockMeasures } from '../../../../gateway/measures/schema.ts'
import type { BlockFigures } from '../editor/flow-editor.ts'

export const columns = ['gaveUp', 'askedForPerson', 'noMatch', 'noInput'] as const
export type Column = (typeof columns)[number]

export interface Row {
  id: string
  now: BlockMeasures
  /** of the version compared with */
  other: BlockMeasures | undefined
}

const nothing = (block: string): BlockMeasures => ({
  block,
  entered: 0,
  exits: {},
  gaveUp: 0,
  askedForPerson: 0,
  noMatch: 0,
  noInput: 0,
  marks: {},
})

/** One row per block; where two versions are compared, also those that only the other one has. */
export function rowsOf(now: readonly BlockMeasures[], other?: readonly BlockMeasures[]): Row[] {
  const byId = new Map(now.map((each) => [each.block, each]))
  const others = other && new Map(other.map((each) => [each.block, each]))
  const ids = new Set([...byId.keys(), ...(others?.keys() ?? [])])
  return [...ids].map((id) => ({
    id,
    now: byId.get(id) ?? nothing(id),
    other: others && (others.get(id) ?? nothing(id)),
  }))
}

/** Of those who came here; nothing where nobody came. A block may count more than once per visit. */
export const share = (count: number, entered: number): number | undefined =>
  entered > 0 ? count / entered : undefined

/** Where most give up first; then where most go through. */
export function worstFirst(a: Row, b: Row): number {
  return b.now.gaveUp - a.now.gaveUp || b.now.entered - a.now.entered || a.id.localeCompare(b.id)
}

/** What the canvas draws. */
export function overlayOf(blocks: readonly BlockMeasures[]): ReadonlyMap<string, BlockFigures> {
  return new Map(blocks.map(({ block, marks: _marks, ...figures }) => [block, figures]))
}

/** The mean of the marks a survey got, and how many there were. */
export function meanMark(
  marks: Record<string, number> | undefined,
): { mean: number; count: number } | undefined {
  const given = Object.entries(marks ?? {})
    .map(([mark, count]) => [Number(mark), count] as const)
    .filter(([mark]) => Number.isFinite(mark))
  const count = given.reduce((sum, [, each]) => sum + each, 0)
  if (count === 0) return undefined
  return { mean: given.reduce((sum, [mark, each]) => sum + mark * each, 0) / count, count }
}
