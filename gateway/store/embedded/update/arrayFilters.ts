import { failedToParse } from '../errors.ts'
import { compileFilter } from '../match.ts'
import type { Doc } from '../value.ts'
import { isDocument } from '../value.ts'

/** `arrayFilters` by the identifier they define for `$[identifier]` (manual: "$[<identifier>]"). */
export function compileArrayFilters(filters: unknown): Map<string, (element: unknown) => boolean> {
  const compiled = new Map<string, (element: unknown) => boolean>()
  if (filters === undefined) return compiled
  if (!Array.isArray(filters)) throw failedToParse('arrayFilters must be an array')
  for (const filter of filters) {
    if (!isDocument(filter)) throw failedToParse('each array filter must be a document')
    const names = new Set<string>()
    const test = compileFilter(rooted(filter, names))
    const [name, other] = [...names]
    if (name === undefined) {
      throw failedToParse('Cannot use an expression without a top-level field name in arrayFilters')
    }
    if (other !== undefined) {
      throw failedToParse(
        'Error parsing array filter :: caused by :: Expected a single top-level field name, ' +
          `found '${name}' and '${other}'`,
      )
    }
    if (compiled.has(name)) {
      throw failedToParse(`Found multiple array filters with the same top-level field name ${name}`)
    }
    compiled.set(name, (element) => test({ v: element }))
  }
  return compiled
}

/** The filter with its identifier replaced by `v`, so that an element can be tested as `{v: element}`. */
function rooted(filter: Doc, names: Set<string>): Doc {
  const result: Doc = {}
  for (const [path, condition] of Object.entries(filter)) {
    if (/^\$(and|or|nor)$/.test(path) && Array.isArray(condition)) {
      result[path] = condition.map((branch) =>
        isDocument(branch) ? rooted(branch, names) : branch,
      )
      continue
    }
    const dot = path.indexOf('.')
    names.add(dot < 0 ? path : path.slice(0, dot))
    result[dot < 0 ? 'v' : `v${path.slice(dot)}`] = condition
  }
  return result
}
