import type { AggregationThread } from '../aggregate/thread.ts'
import type { Cursors } from '../cursors.ts'
import { badValue, CommandError, invalidNamespace, typeMismatch } from '../errors.ts'
import type { Storage } from '../storage.ts'
import type { Doc } from '../value.ts'
import { isDocument, isNumeric, toNumber } from '../value.ts'

/** What the commands work on. */
export interface Engine {
  storage: Storage
  cursors: Cursors
  aggregations: AggregationThread
  startedAtMs: number
  connections: number
  /** commands served, by name */
  served: Map<string, number>
}

export interface Request {
  engine: Engine
  db: string
  /** the command as it came; its first field is its name */
  body: Doc
  connectionId: number
}

export type Handler = (request: Request) => Doc | Promise<Doc>

/** The collection a command names in its first field. */
export function collectionName({ body, db }: Request): string {
  const name = Object.values(body)[0]
  if (typeof name !== 'string' || name === '' || name.includes('\0') || name.startsWith('.')) {
    throw invalidNamespace(`Invalid namespace specified '${db}.${String(name)}'`)
  }
  if (name.includes('$')) throw invalidNamespace(`Invalid collection name: ${name}`)
  return name
}

/** Databases whose names would be taken apart wrongly, or are the server's own, hold no data here. */
export function checkDatabaseName(db: string): void {
  if (!/^[^/\\. "$*<>:|?\0#]{1,63}$/.test(db))
    throw invalidNamespace(`Invalid database name: '${db}'`)
}

export function numberField(body: Doc, name: string): number | undefined {
  const value = body[name]
  if (value === undefined || value === null) return undefined
  if (!isNumeric(value)) {
    throw typeMismatch(`BSON field '${name}' is the wrong type, expected a number`)
  }
  return Math.trunc(toNumber(value))
}

/** As `numberField`, refusing what is below zero. */
export function countField(body: Doc, name: string): number | undefined {
  const value = numberField(body, name)
  if (value !== undefined && value < 0) {
    throw new CommandError(
      51024,
      'Location51024',
      `BSON field '${name}' value must be >= 0, actual value '${value}'`,
    )
  }
  return value
}

export function documentField(body: Doc, name: string): Doc | undefined {
  const value = body[name]
  if (value === undefined || value === null) return undefined
  if (!isDocument(value)) {
    throw typeMismatch(`BSON field '${name}' is the wrong type, expected type 'object'`)
  }
  return value
}

export function documentList(body: Doc, name: string): Doc[] {
  const value = body[name]
  if (!Array.isArray(value)) {
    throw typeMismatch(`BSON field '${name}' is missing or the wrong type, expected type 'array'`)
  }
  for (const item of value) {
    if (!isDocument(item)) throw typeMismatch(`BSON field '${name}' has to hold documents`)
  }
  return value as Doc[]
}

export function deadlineOf(body: Doc): number | undefined {
  const ms = countField(body, 'maxTimeMS')
  return ms ? Date.now() + ms : undefined
}

/** Only the simple collation: comparing bytes (manual: "Collation"). */
export function refuseCollation(body: Doc): void {
  const collation = body.collation
  if (collation === undefined || (isDocument(collation) && collation.locale === 'simple')) return
  throw badValue(
    'the embedded engine compares strings by their bytes only; collation is not supported',
  )
}
