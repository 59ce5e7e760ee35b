/** A list of parts of a block, perhaps with an exit each. */
import { asList, asString, isObject } from '../doc.ts'
import type { Loose } from '../doc.ts'
import type { FlowProblem } from '../editor/flow-editor.ts'
import { readAt, writeAt } from './edit-at.ts'
import type { Path } from './edit-at.ts'
import { renamedExit, withoutExit } from './exits-of-items.ts'
import { useSpot } from './form-scope.ts'
import { movedItem } from './ItemList.tsx'

export interface PartList {
  list: Loose[]
  ids: string[]
  problems: readonly FlowProblem[]
  /** of one item, or of one property of it */
  problemsOf(at: number, part?: string): FlowProblem[]
  add(item: Loose): void
  move(at: number, to: number): void
  remove(at: number): void
  put(at: number, inner: Path, value: unknown, merge?: boolean): void
  /** with the exit named after it */
  rename(at: number, id: string): void
}

/** @param exits each part has an exit of its name */
export function usePartList(path: Path, exits: boolean): PartList {
  const { value, set, edit, problems } = useSpot(path)
  const raw = asList(value)
  const list = raw.map((item) => (isObject(item) ? item : {}))
  const ids = list.map((item) => asString(item['id']) ?? '')
  const here = path.join('.')
  return {
    list,
    ids,
    problems: problems.filter(({ field }) => field === here),
    problemsOf: (at, part) => {
      const place = part === undefined ? `${here}.${at}` : `${here}.${at}.${part}`
      return problems.filter(({ field }) => field === place || field?.startsWith(`${place}.`))
    },
    add: (item) => set([...raw, item]),
    move: (at, to) => set(movedItem(raw, at, to)),
    remove: (at) =>
      edit((root) => {
        const left = asList(readAt(root, path)).filter((_, other) => other !== at)
        const next = writeAt(root, path, left)
        return exits && ids[at] ? withoutExit(next, ids[at]) : next
      }),
    put: (at, inner, next, merge = false) =>
      edit(
        (root) => writeAt(root, [...path, at, ...inner], next),
        merge ? { merge: `${at}.${inner.join('.')}` } : undefined,
      ),
    rename: (at, id) =>
      edit(
        (root) => {
          const next = writeAt(root, [...path, at, 'id'], id)
          const shared = ids.some(
            (each, other) => other !== at && (each === id || each === ids[at]),
          )
          return exits && !shared ? renamedExit(next, ids[at] ?? '', id) : next
        },
        { merge: `${at}.id` },
      ),
  }
}
