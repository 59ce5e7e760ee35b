/** From what a source answered to what flows get. Pure. */
import { readPath } from '../../bots/flow/path.ts'
import type { AnswerMapping, SeenAnswer } from './schema.ts'

const MAX_SEEN = 100
const SEEN_ROWS = 20
const SEEN_DEPTH = 6

/** Rows or fields that are not there are left out or null; a list that is not there is an empty one. */
export function mapAnswer(raw: unknown, mapping: AnswerMapping | undefined): unknown {
  if (!mapping || raw === null || raw === undefined) return raw ?? null
  const { list, one, limit, fields } = mapping
  let answer: unknown = list === undefined ? raw : (readPath(raw, list) ?? [])
  // some services give a single row without its list
  if (list !== undefined && !Array.isArray(answer)) answer = [answer]
  if (Array.isArray(answer)) {
    if (one) answer = (answer as unknown[])[0] ?? null
    else if (limit !== undefined) answer = (answer as unknown[]).slice(0, limit)
  }
  if (!fields?.length || answer === null) return answer
  const pick = (row: unknown) =>
    Object.fromEntries(fields.map(({ name, path }) => [name, readPath(row, path) ?? null]))
  return Array.isArray(answer) ? (answer as unknown[]).map(pick) : pick(answer)
}

/** The shape of an answer without anything it says: paths to plain values. */
export function seenOf(answer: unknown): SeenAnswer {
  const list = Array.isArray(answer)
  const paths = new Set<string>()
  const walk = (value: unknown, path: string, depth: number) => {
    if (paths.size >= MAX_SEEN) return
    if (Array.isArray(value)) walk(value[0], `${path}.0`, depth)
    else if (typeof value === 'object' && value !== null) {
      if (depth >= SEEN_DEPTH) return
      for (const [key, inner] of Object.entries(value))
        if (/^\w{1,60}$/.test(key)) walk(inner, path ? `${path}.${key}` : key, depth + 1)
    } else if (path && value !== undefined) paths.add(path)
  }
  if (list) for (const row of (answer as unknown[]).slice(0, SEEN_ROWS)) walk(row, '0', 0)
  else walk(answer, '', 0)
  return { list, fields: [...paths] }
}
