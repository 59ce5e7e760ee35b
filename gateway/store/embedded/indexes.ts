import { CommandError, parallelArrays } from './errors.ts'
import type { Direction } from './keys.ts'
import { encodeKey } from './keys.ts'
import { compileFilter } from './match.ts'
import { exists, indexValuesAt, topOf } from './paths.ts'
import type { Doc, Predicate } from './value.ts'
import { show } from './value.ts'

export interface IndexSpec {
  v: 2
  key: Record<string, Direction>
  name: string
  unique?: boolean
  sparse?: boolean
  hidden?: boolean
  partialFilterExpression?: Doc
  expireAfterSeconds?: number
}

/** Entries one document may have in one index; a guard against crossing two large arrays. */
const MAX_ENTRIES_PER_DOCUMENT = 100_000

export class Index {
  readonly id: number
  readonly spec: IndexSpec
  readonly fields: string[]
  readonly directions: Direction[]
  /** the index's number, four bytes: what all its keys begin with */
  readonly prefix: Buffer
  readonly end: Buffer
  readonly unique: boolean
  /** top-level fields whose change can change the entries of a document */
  readonly watches: Set<string>
  private readonly partial: Predicate | null
  /** some document has more than one entry */
  multikey = false
  /** some key was too long to order exactly */
  lossy = false
  /** built and committed; before that no query may use it */
  ready = false

  constructor(id: number, spec: IndexSpec) {
    this.id = id
    this.spec = spec
    this.fields = Object.keys(spec.key)
    this.directions = this.fields.map((field) => spec.key[field]!)
    this.prefix = numberBytes(id)
    this.end = numberBytes(id + 1)
    this.unique = spec.unique === true || spec.name === '_id_'
    const partial = spec.partialFilterExpression
    this.partial = partial ? compileFilter(partial) : null
    this.watches = new Set([...this.fields, ...(partial ? filterPaths(partial) : [])].map(topOf))
  }

  /**
   * The keys a document has in this index, without duplicates. Sets `multikey` and `lossy` when it finds
   * them to be true.
   */
  keysOf(doc: Doc): Buffer[] {
    if (this.partial && !this.partial(doc)) return []
    if (this.spec.sparse && !this.fields.some((field) => exists(doc, field))) return []
    let arrayPath: string | null = null
    const columns = this.fields.map((field) => {
      const { values, array } = indexValuesAt(doc, field)
      if (array !== null) {
        this.multikey = true
        if (arrayPath !== null && arrayPath !== array) {
          throw parallelArrays(`cannot index parallel arrays [${array}] [${arrayPath}]`)
        }
        arrayPath = array
      }
      return values
    })
    if (columns.every((column) => column.length === 1)) {
      return [this.encode(columns.map((column) => column[0]))]
    }
    const keys = new Map<string, Buffer>()
    for (const values of combinations(columns)) {
      const key = this.encode(values)
      keys.set(key.toString('latin1'), key)
    }
    return [...keys.values()]
  }

  private encode(values: unknown[]): Buffer {
    const { key, lossy } = encodeKey(this.prefix, values, this.directions)
    if (lossy) this.lossy = true
    return key
  }

  /** The error of a write that would make two documents share a key (manual: "Unique Indexes"). */
  duplicateError(namespace: string, doc: Doc): CommandError {
    const keyValue: Doc = {}
    for (const field of this.fields) keyValue[field] = indexValuesAt(doc, field).values[0] ?? null
    return new CommandError(
      11000,
      'DuplicateKey',
      `E11000 duplicate key error collection: ${namespace} index: ${this.spec.name} dup key: ${show(keyValue)}`,
      { keyPattern: this.spec.key, keyValue },
    )
  }
}

export function numberBytes(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function combinations(columns: unknown[][]): unknown[][] {
  const size = columns.reduce((product, column) => product * column.length, 1)
  if (size > MAX_ENTRIES_PER_DOCUMENT) {
    throw new CommandError(10089, 'TooManyIndexKeys', `a document would get ${size} index entries`)
  }
  return columns.reduce<unknown[][]>(
    (rows, column) => rows.flatMap((row) => column.map((value) => [...row, value])),
    [[]],
  )
}

/** The paths a filter of a partial index looks at. */
export function filterPaths(filter: Doc): string[] {
  return Object.entries(filter).flatMap(([name, value]) => {
    if (!name.startsWith('$')) return [name]
    return Array.isArray(value) ? value.flatMap((branch) => filterPaths(branch as Doc)) : []
  })
}
