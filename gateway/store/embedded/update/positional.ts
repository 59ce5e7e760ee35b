import { compileFilter, fieldTest } from '../match.ts'
import { isOperatorDocument } from '../valueTests.ts'
import { isArrayIndex, segmentsOf, valuesAt } from '../paths.ts'
import type { Doc } from '../value.ts'
import { isDocument } from '../value.ts'

/**
 * Which element of the array at `path` made the filter match: what `$` stands for (manual: "$ (update)").
 * -1 if no condition of the filter speaks of the array.
 */
export function positionOf(doc: Doc, filter: Doc, path: string): number {
  const elements = valuesAt(doc, path).find((value): value is unknown[] => Array.isArray(value))
  return elements ? search(doc, filter, path, elements) : -1
}

function search(doc: Doc, filter: Doc, path: string, elements: unknown[]): number {
  for (const [name, condition] of Object.entries(filter)) {
    let found = -1
    if (name === '$and' || name === '$or') {
      for (const branch of condition as Doc[]) {
        if (name === '$or' && !compileFilter(branch)(doc)) continue
        found = search(doc, branch, path, elements)
        if (found >= 0) break
      }
    } else if (name === path) found = elements.findIndex(elementCondition(condition))
    else if (name.startsWith(`${path}.`)) {
      const rest = name.slice(path.length + 1)
      const [first] = segmentsOf(rest)
      if (isArrayIndex(first!)) return Number(first)
      const test = fieldTest(rest, condition, 0)
      found = elements.findIndex((element) => isDocument(element) && test(element))
    }
    if (found >= 0) return found
  }
  return -1
}

function elementCondition(condition: unknown): (element: unknown) => boolean {
  // operators about the array as a whole are asked of an array with this one element
  const whole = isOperatorDocument(condition) && ('$elemMatch' in condition || '$all' in condition)
  const test = fieldTest('v', condition, 0)
  return (element) => test({ v: whole ? [element] : element })
}
