import type { Binary } from 'bson'
import { CommandError } from './errors.ts'
import { Index, numberBytes } from './indexes.ts'
import type { IndexSpec } from './indexes.ts'
import { SEPARATOR } from './keys.ts'
import { compileFilter } from './match.ts'
import { chunks } from './scan.ts'
import type { Storage } from './storage.ts'
import type { Doc, Predicate } from './value.ts'
import { decode } from './value.ts'

export interface CollectionOptions {
  validator?: Doc
  validationAction?: string
  validationLevel?: string
}

export interface StoredRecord {
  number: number
  raw: Buffer
  doc: Doc
}

/** A record's number takes six bytes: 281 billion inserts per collection. */
const NUMBER_BYTES = 6
const NOTHING = Buffer.alloc(0)

/** One collection: its records in order of insertion, and its indexes kept in step with them. */
export class Collection {
  readonly id: number
  readonly db: string
  readonly name: string
  readonly namespace: string
  readonly uuid: Binary
  readonly options: CollectionOptions
  readonly indexes: Index[] = []
  /** number of documents readers see, or -1 until it has been counted once */
  private committedCount = -1
  private readonly storage: Storage
  private readonly prefix: Buffer
  private readonly end: Buffer
  private nextRecord = 1
  /** `flags()` as the catalog has them */
  private savedFlags = ''
  private validator: Predicate | null = null

  constructor(
    storage: Storage,
    id: number,
    db: string,
    name: string,
    uuid: Binary,
    options: CollectionOptions,
  ) {
    this.storage = storage
    this.id = id
    this.db = db
    this.name = name
    this.namespace = `${db}.${name}`
    this.uuid = uuid
    this.options = options
    this.prefix = numberBytes(id)
    this.end = numberBytes(id + 1)
    this.applyValidator()
  }

  applyValidator(): void {
    const { validator, validationAction, validationLevel } = this.options
    const enforced = validator && validationAction !== 'warn' && validationLevel !== 'off'
    this.validator = enforced ? compileFilter(validator) : null
  }

  /** After the catalog was read: where numbering goes on. */
  resume(): void {
    this.savedFlags = this.flags()
    const last = this.storage.records.getKeys({
      start: this.end,
      end: this.prefix,
      reverse: true,
      limit: 1,
    })
    for (const key of last) this.nextRecord = numberAt(key, 4) + 1
  }

  /** Counted once, inside a job, where no commit can come between counting and knowing. */
  async documentCount(): Promise<number> {
    if (this.committedCount < 0) {
      await this.storage.write(() => {
        const range = { start: this.prefix, end: this.end }
        const counted = this.storage.records.getKeysCount(range)
        this.storage.afterCommit(() => {
          this.committedCount = counted
        })
      })
    }
    return this.committedCount
  }

  /** Called in a job: the number readers see changes when the job's transaction is on disk. */
  private addToCount(change: number): void {
    this.storage.afterCommit(() => {
      if (this.committedCount >= 0) this.committedCount += change
    })
  }

  // ---- reading -------------------------------------------------------------------------------

  read(number: number): StoredRecord | null {
    const raw = this.readRaw(number)
    return raw ? { number, raw, doc: decode(raw) } : null
  }

  readRaw(number: number): Buffer | undefined {
    return this.storage.records.get(this.recordKey(number))
  }

  /** The record a unique index has under a whole key. */
  lookUp(key: Buffer): number | null {
    const value = this.storage.entries.get(key)
    return value ? numberAt(value, 0) : null
  }

  /** Numbers of all records in order of insertion, a chunk at a time, see `chunks`. */
  *recordNumbers(reverse: boolean): Generator<number> {
    for (const key of chunks(this.storage.records, this.prefix, this.end, reverse)) {
      yield numberAt(key, 4)
    }
  }

  /** Numbers of the records with an entry from `start` up to, not including, `end`. */
  *indexNumbers(index: Index, start: Buffer, end: Buffer, reverse: boolean): Generator<number> {
    const { entries } = this.storage
    for (const key of chunks(entries, start, end, reverse)) {
      if (!index.unique) yield numberAt(key, key.length - NUMBER_BYTES)
      else {
        const value = entries.get(key)
        if (value) yield numberAt(value, 0)
      }
    }
  }

  // ---- writing: only inside a job of Storage.write; all checks come before the first put ------

  insert(raw: Buffer, doc: Doc, bypassValidation = false): void {
    this.validate(doc, bypassValidation)
    const additions: [Index, Buffer[]][] = []
    for (const index of this.indexes) {
      const keys = index.keysOf(doc)
      this.requireFree(index, keys, -1, doc)
      additions.push([index, keys])
    }
    const number = this.nextRecord++
    this.storage.guard(() => {
      this.storage.records.putSync(this.recordKey(number), raw)
      for (const [index, keys] of additions)
        for (const key of keys) this.addEntry(index, key, number)
      if (this.savedFlags !== this.flags()) this.save()
    })
    this.addToCount(1)
  }

  /** Replace a record by its new version; `changed` names the top-level fields that differ. */
  replace(
    before: StoredRecord,
    raw: Buffer,
    doc: Doc,
    changed: Set<string> | null,
    bypassValidation = false,
  ): void {
    this.validate(doc, bypassValidation)
    const touched = this.indexes.filter((index) => !changed || intersects(index.watches, changed))
    // `before.doc` may be the very object that was changed, so the old entries come from the old bytes
    const old = touched.length ? decode(before.raw) : before.doc
    const changes = touched.map((index) => {
      const gone = new Map(index.keysOf(old).map((key) => [key.toString('latin1'), key]))
      const added = index.keysOf(doc).filter((key) => !gone.delete(key.toString('latin1')))
      this.requireFree(index, added, before.number, doc)
      return { index, gone: [...gone.values()], added }
    })
    this.storage.guard(() => {
      this.storage.records.putSync(this.recordKey(before.number), raw)
      for (const { index, gone, added } of changes) {
        for (const key of gone) this.removeEntry(index, key, before.number)
        for (const key of added) this.addEntry(index, key, before.number)
      }
      if (this.savedFlags !== this.flags()) this.save()
    })
  }

  remove(record: StoredRecord): void {
    const removals = this.indexes.map((index): [Index, Buffer[]] => [
      index,
      index.keysOf(record.doc),
    ])
    this.storage.guard(() => {
      this.storage.records.removeSync(this.recordKey(record.number))
      for (const [index, keys] of removals) {
        for (const key of keys) this.removeEntry(index, key, record.number)
      }
    })
    this.addToCount(-1)
  }

  /** Build an index over all records. Throws 11000 before it writes if a unique one cannot be. */
  addIndex(spec: IndexSpec): Index {
    const index = new Index(this.storage.takeId(), spec)
    const built: [Buffer, number][] = []
    const seen = new Set<string>()
    for (const number of this.recordNumbers(false)) {
      const { doc } = this.read(number)!
      for (const key of index.keysOf(doc)) {
        const text = index.unique ? key.toString('latin1') : ''
        if (index.unique && seen.has(text)) throw index.duplicateError(this.namespace, doc)
        if (index.unique) seen.add(text)
        built.push([key, number])
      }
    }
    this.storage.guard(() => {
      for (const [key, number] of built) this.addEntry(index, key, number)
      this.indexes.push(index)
      this.save()
    })
    // before, its entries are not where a query would look for them
    this.storage.afterCommit(() => {
      index.ready = true
    })
    return index
  }

  dropIndex(index: Index): void {
    this.storage.guard(() => {
      this.clearIndex(index)
      this.indexes.splice(this.indexes.indexOf(index), 1)
      this.save()
    })
  }

  clear(): void {
    this.storage.guard(() => {
      const { records } = this.storage
      for (const key of [...records.getKeys({ start: this.prefix, end: this.end })])
        records.removeSync(key)
      for (const index of this.indexes) this.clearIndex(index)
    })
    this.storage.afterCommit(() => {
      this.committedCount = 0
    })
  }

  private clearIndex(index: Index): void {
    const { entries } = this.storage
    for (const key of [...entries.getKeys({ start: index.prefix, end: index.end })]) {
      entries.removeSync(key)
    }
  }

  private validate(doc: Doc, bypass: boolean): void {
    if (!this.validator || bypass || this.validator(doc)) return
    throw new CommandError(121, 'DocumentValidationFailure', 'Document failed validation', {
      errInfo: { failingDocumentId: doc._id },
    })
  }

  private requireFree(index: Index, keys: Buffer[], self: number, doc: Doc): void {
    if (!index.unique) return
    for (const key of keys) {
      const holder = this.lookUp(key)
      if (holder !== null && holder !== self) throw index.duplicateError(this.namespace, doc)
    }
  }

  private addEntry(index: Index, key: Buffer, number: number): void {
    const { entries } = this.storage
    if (index.unique) entries.putSync(key, numberBytes6(number))
    else entries.putSync(entryKey(key, number), NOTHING)
  }

  private removeEntry(index: Index, key: Buffer, number: number): void {
    this.storage.entries.removeSync(index.unique ? key : entryKey(key, number))
  }

  private recordKey(number: number): Buffer {
    const key = Buffer.allocUnsafe(4 + NUMBER_BYTES)
    key.writeUInt32BE(this.id, 0)
    key.writeUIntBE(number, 4, NUMBER_BYTES)
    return key
  }

  save(): void {
    this.storage.save(this)
    this.savedFlags = this.flags()
  }

  /** What was saved has been undone: the next write saves it again. */
  saveAgain(): void {
    this.savedFlags = ''
  }

  private flags(): string {
    return this.indexes.map(({ multikey, lossy }) => `${Number(multikey)}${Number(lossy)}`).join()
  }
}

const numberAt = (bytes: Buffer, at: number) => bytes.readUIntBE(at, NUMBER_BYTES)

function numberBytes6(number: number): Buffer {
  const bytes = Buffer.allocUnsafe(NUMBER_BYTES)
  bytes.writeUIntBE(number, 0, NUMBER_BYTES)
  return bytes
}

function entryKey(key: Buffer, number: number): Buffer {
  const entry = Buffer.allocUnsafe(key.length + 1 + NUMBER_BYTES)
  key.copy(entry)
  entry[key.length] = SEPARATOR
  entry.writeUIntBE(number, key.length + 1, NUMBER_BYTES)
  return entry
}

function intersects(a: Set<string>, b: Set<string>): boolean {
  for (const value of b) if (a.has(value)) return true
  return false
}
