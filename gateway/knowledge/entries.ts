/** Entries and their history. Each change is one conditional write, with the line of history inside it. */
import type { Lang } from '../../bots/nlu/entry.ts'
import { fail } from '../errors.ts'
import { newId } from '../store/id.ts'
import type { Deed, Editor, EntryChange, StoredEntry } from './model.ts'
import { KnowledgeModel } from './model.ts'
import type { EntryPatch, Revised } from './revise.ts'
import { contentOf, revise } from './revise.ts'

/** Changes kept of an entry; each may hold it whole. */
const MAX_HISTORY = 50
const REMOVABLE = ['validFrom', 'validUntil', 'live', 'approval'] as const
const MAX_VARIANTS = 50

export interface EntriesOptions {
  now: () => number
  /** these entries are not what they were */
  changed(ids: string[]): Promise<void>
}

export class Entries {
  private readonly now: () => number
  private readonly changed: EntriesOptions['changed']

  constructor({ now, changed }: EntriesOptions) {
    this.now = now
    this.changed = changed
  }

  async create(
    fields: EntryPatch,
    by: Editor,
    { note, did = 'create' }: { note?: string; did?: Deed } = {},
  ): Promise<StoredEntry> {
    const at = new Date(this.now())
    const { did: _did, ...revised } = revise(undefined, fields, by, at, note)
    const line: EntryChange = { version: 1, at, by, did, ...(note && { note }) }
    const entry = { ...revised, _id: newId(), version: 1, updatedAt: at }
    await KnowledgeModel.create({ ...entry, history: [line] })
    await this.changed([entry._id])
    return entry
  }

  /** @throws CONFLICT when somebody else changed it since `version` */
  async change(
    id: string,
    version: number | undefined,
    patch: EntryPatch,
    by: Editor,
    more: { note?: string | undefined; did?: Deed } = {},
  ): Promise<StoredEntry> {
    const entry = await this.write(id, version, patch, by, more)
    await this.changed([id])
    return entry
  }

  /** The same change to many; one that somebody changes at the same moment is tried on its new state. */
  async changeMany(ids: string[], patch: EntryPatch, by: Editor, note?: string): Promise<number> {
    const done: string[] = []
    try {
      for (const id of ids) {
        if (!(await KnowledgeModel.exists({ _id: id, removedAt: { $exists: false } }))) continue
        await this.write(id, undefined, patch, by, { note })
        done.push(id)
      }
    } finally {
      if (done.length) await this.changed(done)
    }
    return done.length
  }

  /** Adds wordings; those it has already are left out. */
  async addVariants(id: string, lang: Lang, texts: string[], by: Editor): Promise<StoredEntry> {
    const before = await this.find(id)
    const known = before.variants?.[lang] ?? []
    const asked = before.question[lang]
    const added = texts.map((text) => text.trim()).filter((text) => text && text !== asked)
    const variants = { ...before.variants, [lang]: [...new Set([...known, ...added])] }
    if (variants[lang]!.length > MAX_VARIANTS) fail('TOO_MANY_VARIANTS')
    // an entry without the language gets its question there too, or nothing would find it
    const question = asked ? before.question : { ...before.question, [lang]: added[0] ?? '' }
    return this.change(id, before.version, { question, variants }, by)
  }

  async remove(ids: string[], by: Editor): Promise<number> {
    const at = new Date(this.now())
    const removed: string[] = []
    for (const id of ids) {
      const before = await KnowledgeModel.findById(id).lean<StoredEntry>()
      if (!before || before.removedAt) continue
      const { modifiedCount } = await KnowledgeModel.updateOne(
        { _id: id, removedAt: { $exists: false } },
        {
          $set: { removedAt: at, updatedAt: at },
          $inc: { version: 1 },
          ...remembered(lineOf(before, 'remove', by, at)),
        },
      )
      if (modifiedCount) removed.push(id)
    }
    if (removed.length) await this.changed(removed)
    return removed.length
  }

  /** Newest first. */
  async history(id: string): Promise<EntryChange[]> {
    const entry =
      (await KnowledgeModel.findById(id, { history: 1 }).lean<StoredEntry>()) ?? fail('NOT_FOUND')
    return (entry.history ?? []).toReversed()
  }

  /** Makes it what it was before the change that made version `made`; a removed one comes back. */
  async undo(id: string, made: number, by: Editor): Promise<StoredEntry> {
    const entry = (await KnowledgeModel.findById(id).lean<StoredEntry>()) ?? fail('NOT_FOUND')
    const line = entry.history?.find(({ version }) => version === made)
    const before = line?.before ?? fail('NOTHING_TO_UNDO')
    const { approved: _approved, ...fields } = before
    const patch = { validFrom: null, validUntil: null, ...fields } as EntryPatch
    const undone = await this.write(id, entry.version, patch, by, { did: 'undo' })
    await this.changed([id])
    return undone
  }

  private async find(id: string): Promise<StoredEntry> {
    const entry = await KnowledgeModel.findOne(
      { _id: id, removedAt: { $exists: false } },
      { history: 0 },
    ).lean<StoredEntry>()
    return entry ?? fail('NOT_FOUND')
  }

  private async write(
    id: string,
    version: number | undefined,
    patch: EntryPatch,
    by: Editor,
    { note, did }: { note?: string | undefined; did?: Deed },
  ): Promise<StoredEntry> {
    const before =
      did === 'undo'
        ? ((await KnowledgeModel.findById(id, { history: 0 }).lean<StoredEntry>()) ??
          fail('NOT_FOUND'))
        : await this.find(id)
    if (version !== undefined && before.version !== version) fail('CONFLICT')
    const at = new Date(this.now())
    const { did: did2, ...revised } = revise(before, patch, by, at, note)
    const line = lineOf(before, did ?? did2 ?? 'edit', by, at, note)
    const after = await KnowledgeModel.findOneAndUpdate(
      { _id: id, version: before.version },
      {
        $set: { ...revised, updatedAt: at },
        $unset: gone(revised),
        $inc: { version: 1 },
        ...remembered(line),
      },
      { returnDocument: 'after', projection: { history: 0 } },
    ).lean<StoredEntry>()
    if (after) return after
    // without a version the caller means whatever there is now
    return version === undefined ? this.write(id, undefined, patch, by, { note }) : fail('CONFLICT')
  }
}

const gone = (revised: Omit<Revised, 'did'>) => ({
  removedAt: '',
  ...Object.fromEntries(
    REMOVABLE.filter((field) => revised[field] === undefined).map((field) => [field, '']),
  ),
})

function lineOf(before: StoredEntry, did: Deed, by: Editor, at: Date, note?: string): EntryChange {
  const { category, source, approved, version } = before
  return {
    ...{ version: version + 1, at, by, did },
    ...(note?.trim() && { note: note.trim() }),
    before: { ...contentOf(before), category, source, approved },
  }
}

const remembered = (line: EntryChange) => ({
  $push: { history: { $each: [line], $slice: -MAX_HISTORY } },
})
