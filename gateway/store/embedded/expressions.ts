import type { Options } from 'mingo/types'
import { CommandError } from './errors.ts'
import type { Doc } from './value.ts'
import { isDocument } from './value.ts'

/**
 * Door to mingo, which evaluates aggregation expressions. It is loaded at the first command that needs
 * it, so that an engine which only stores and finds starts without it.
 */
export interface Expressions {
  evaluate(expression: unknown, doc: unknown, variables?: Doc): unknown
  /** run stages over documents; `resolve` answers `$lookup` and its like */
  aggregate(docs: Iterable<Doc>, stages: Doc[], options?: Partial<Options>): Iterable<Doc>
}

let loaded: Expressions | undefined

export async function loadExpressions(): Promise<Expressions> {
  loaded ??= (await import('./aggregate/mingo.ts')).expressions
  return loaded
}

/** Whether a command must wait for `loadExpressions` before its parts can be compiled. */
export function mentionsExpression(value: unknown, depth = 0): boolean {
  if (depth > 100) return false
  if (Array.isArray(value)) return value.some((element) => mentionsExpression(element, depth + 1))
  if (!isDocument(value)) return false
  for (const name of Object.keys(value)) {
    if (name === '$expr' || mentionsExpression(value[name], depth + 1)) return true
  }
  return false
}

export function compileExpression(expression: unknown, variables?: Doc) {
  if (!loaded) throw new CommandError(8, 'UnknownError', 'expressions were not loaded')
  const { evaluate } = loaded
  return (doc: unknown): unknown => evaluate(expression, doc, variables)
}

export function runStages(docs: Iterable<Doc>, stages: Doc[], options?: Partial<Options>) {
  if (!loaded) throw new CommandError(8, 'UnknownError', 'expressions were not loaded')
  return loaded.aggregate(docs, stages, options)
}
