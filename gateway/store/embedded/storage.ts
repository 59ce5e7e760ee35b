import { mkdirSync } from 'node:fs'
import type { Binary } from 'bson'
import { UUID } from 'bson'
import { open } from 'lmdb'
import type { Database, RootDatabase } from 'lmdb'
import { Collection } from './collection.ts'
import type { CollectionOptions } from './collection.ts'
import { Index } from './indexes.ts'
import type { IndexSpec } from './indexes.ts'
import { claimOwnership } from './owner.ts'
import { decode, encode } from './value.ts'

export type Bytes = Database<Buffer, Buffer>

interface CatalogEntry {
  id: number
  uuid: Binary
  options: CollectionOptions
  indexes: { id: number; spec: IndexSpec; multikey: boolean; lossy: boolean }[]
}

interface Job {
  run(): unknown
  resolve(value: unknown): void
  reject(error: unknown): void
}

interface Outcome {
  job: Job
  value?: unknown
  error?: unknown
}

/** The jobs of one transaction. */
interface Group {
  outcomes: Outcome[]
  /** to be done when it is on disk, before anyone is told */
  effects: (() => void)[]
}

/** Commands taken into one transaction at most; the rest go into the next. */
const MAX_GROUP = 500

const NEXT_ID = Buffer.from('#next')

/**
 * LMDB as the place where everything is kept: `records` (collection, record number → BSON), `entries`
 * (index, key → record number) and `catalog` (namespace → its collection and indexes).
 *
 * `overlappingSync` is off, so that a commit is LMDB's plain one: pages written, fdatasync, then the meta
 * page through a descriptor opened with O_DSYNC. The promise of a transaction resolves after that; an
 * strace of four commits showed each flush before its promise. What has been acknowledged survives a
 * kill at any moment, and readers never see what is not yet on disk.
 */
export class Storage {
  readonly records: Bytes
  readonly entries: Bytes
  readonly collections = new Map<string, Collection>()
  private readonly root: RootDatabase<Buffer, Buffer>
  private readonly catalog: Bytes
  private readonly onFatal: (error: unknown) => void
  private nextId = 1
  private queue: Job[] = []
  private scheduled = false
  private effects: (() => void)[] = []

  /** `onFatal` is called when a commit fails: what is in memory can no longer be trusted. */
  constructor(path: string, onFatal: (error: unknown) => void) {
    this.onFatal = onFatal
    mkdirSync(path, { recursive: true, mode: 0o700 })
    this.root = open<Buffer, Buffer>({
      path,
      noSubdir: false,
      maxDbs: 8,
      encoding: 'binary',
      keyEncoding: 'binary',
      overlappingSync: false,
    })
    const bytes = { encoding: 'binary', keyEncoding: 'binary' } as const
    this.catalog = this.root.openDB<Buffer, Buffer>('catalog', bytes)
    claimOwnership(this.root, this.catalog)
    this.records = this.root.openDB<Buffer, Buffer>('records', bytes)
    this.entries = this.root.openDB<Buffer, Buffer>('entries', bytes)
    this.loadCatalog()
  }

  /**
   * Run `job` inside the next write transaction and resolve when it is on disk. Jobs run one after the
   * other and each sees what those before it wrote; all that are waiting share one commit. A job must
   * check everything before it writes anything, since a job that throws does not undo the transaction.
   */
  write<T>(job: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ run: job, resolve: (value) => resolve(value as T), reject })
      this.schedule()
    })
  }

  private schedule(): void {
    if (this.scheduled) return
    this.scheduled = true
    const group: Group = { outcomes: [], effects: [] }
    this.root
      .transaction(() => this.runGroup(group))
      .then(
        () => settle(group),
        (error: unknown) => {
          for (const { job } of group.outcomes) job.reject(error)
          this.onFatal(error)
        },
      )
  }

  private runGroup({ outcomes, effects }: Group): void {
    this.scheduled = false
    this.effects = effects
    const jobs = this.queue.splice(0, MAX_GROUP)
    if (this.queue.length) queueMicrotask(() => this.schedule())
    for (const job of jobs) {
      try {
        outcomes.push({ job, value: job.run() })
      } catch (error) {
        outcomes.push({ job, error })
      }
    }
  }

  /** Put or remove inside a transaction; a failure half way through a record is fatal. */
  guard(change: () => void): void {
    try {
      change()
    } catch (error) {
      this.onFatal(error)
      throw error
    }
  }

  /** Called in a job: what may be known in memory only when readers find it on disk too. */
  afterCommit(effect: () => void): void {
    this.effects.push(effect)
  }

  /** Called in a job: changes of one collection that are all taken back if one of them throws. */
  undoable(collection: Collection, change: () => void): void {
    const before = this.effects.length
    try {
      void this.root.childTransaction(change)
    } catch (error) {
      this.effects.length = before
      collection.saveAgain()
      throw error
    }
  }

  takeId(): number {
    const id = this.nextId++
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(this.nextId)
    this.catalog.putSync(NEXT_ID, bytes)
    return id
  }

  collection(namespace: string): Collection | undefined {
    return this.collections.get(namespace)
  }

  /** The collection of a write, made if it does not exist. Only inside a job. */
  ensureCollection(db: string, name: string): Collection {
    return this.collections.get(`${db}.${name}`) ?? this.createCollection(db, name, {})
  }

  createCollection(db: string, name: string, options: CollectionOptions): Collection {
    const collection = new Collection(this, this.takeId(), db, name, new UUID(), options)
    const id = new Index(this.takeId(), { v: 2, key: { _id: 1 }, name: '_id_' })
    id.ready = true
    collection.indexes.push(id)
    this.collections.set(collection.namespace, collection)
    this.save(collection)
    return collection
  }

  save(collection: Collection): void {
    const entry: CatalogEntry = {
      id: collection.id,
      uuid: collection.uuid,
      options: collection.options,
      indexes: collection.indexes.map(({ id, spec, multikey, lossy }) => ({
        id,
        spec,
        multikey,
        lossy,
      })),
    }
    this.catalog.putSync(Buffer.from(collection.namespace), encode({ ...entry }))
  }

  dropCollection(collection: Collection): void {
    collection.clear()
    this.catalog.removeSync(Buffer.from(collection.namespace))
    this.collections.delete(collection.namespace)
  }

  private loadCatalog(): void {
    for (const { key, value } of this.catalog.getRange({})) {
      const namespace = key.toString()
      if (key.equals(NEXT_ID)) this.nextId = value.readUInt32BE()
      if (namespace.startsWith('#')) continue
      const entry = decode(value) as unknown as CatalogEntry
      const dot = namespace.indexOf('.')
      const collection = new Collection(
        this,
        entry.id,
        namespace.slice(0, dot),
        namespace.slice(dot + 1),
        entry.uuid,
        entry.options,
      )
      for (const { id, spec, multikey, lossy } of entry.indexes) {
        const index = new Index(id, spec)
        Object.assign(index, { multikey, lossy, ready: true })
        collection.indexes.push(index)
      }
      collection.resume()
      this.collections.set(namespace, collection)
    }
  }

  async close(): Promise<void> {
    await this.write(() => undefined)
    await this.root.close()
  }
}

function settle({ outcomes, effects }: Group): void {
  for (const effect of effects) effect()
  for (const outcome of outcomes) {
    if ('error' in outcome) outcome.job.reject(outcome.error)
    else outcome.job.resolve(outcome.value)
  }
}
