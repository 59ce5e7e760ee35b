/** The shelf of flows: made, copied, renamed, put away and taken back. */
import type { FlowDoc } from '../../bots/flow/schema.ts'
import { fail } from '../errors.ts'
import type { Flows } from './flows.ts'
import { minimalFlow } from './minimal-flow.ts'
import type { FlowHead, FlowVersion } from './model.ts'
import { FlowModel, FlowVersionModel } from './model.ts'
import type { FlowUse } from './uses.ts'

/** A flow put away can be taken back for so long. */
export const KEPT_DAYS = 30
const DAY_MS = 86_400_000
/** Somebody typing saves every few seconds; so many times in a row they cannot be in between. */
const RENAME_TRIES = 5

export interface LibraryOptions {
  flows: Flows
  now: () => number
  /** everything that would miss the flow */
  uses: (id: string) => Promise<FlowUse[]>
}

export interface NewFlow {
  id: string
  name: string
  kind: FlowDoc['kind']
  /** draft, or a version of it */
  copyOf?: { id: string; version?: number | undefined } | undefined
}

export class Library {
  private readonly options: LibraryOptions

  constructor(options: LibraryOptions) {
    this.options = options
  }

  /** @throws DUPLICATE also when a flow that was put away has this id, FLOW_NOT_FOUND for what is to be copied */
  async create({ id, name, kind, copyOf }: NewFlow, by: string): Promise<FlowHead> {
    const doc = copyOf
      ? { ...(await this.original(copyOf)), id, name }
      : minimalFlow(id, name, kind)
    return this.add(doc, by)
  }

  /** Puts a document on the shelf as a draft. @throws DUPLICATE */
  async add(doc: FlowDoc, by: string): Promise<FlowHead> {
    const head: FlowHead = {
      _id: doc.id,
      name: doc.name,
      kind: doc.kind,
      draft: doc,
      draftVersion: 1,
      lastVersion: 0,
      updatedAt: new Date(this.options.now()),
      updatedBy: by,
    }
    try {
      await FlowModel.create(head)
    } catch (error) {
      if ((error as { code?: number }).code === 11000) fail('DUPLICATE', { where: 'id' })
      throw error
    }
    return head
  }

  /** The name stands in the draft, so whoever edits it at the moment merges as after any other change. */
  async rename(id: string, name: string, by: string): Promise<FlowHead> {
    const { flows } = this.options
    for (let tries = 0; tries < RENAME_TRIES; tries++) {
      const { draft, draftVersion } = await flows.head(id)
      try {
        return await flows.putDraft(id, draftVersion, { ...draft, name }, by)
      } catch (error) {
        if ((error as { code?: string }).code !== 'CONFLICT') throw error
      }
    }
    return fail('CONFLICT')
  }

  /** Puts a flow away that nobody uses; versions stay, so that it can be taken back. @throws FLOW_IN_USE */
  async remove(id: string, by: string): Promise<void> {
    const { flows, now, uses } = this.options
    await flows.head(id)
    const used = await uses(id)
    if (used.length > 0) fail('FLOW_IN_USE', { uses: used })
    await FlowModel.updateOne(
      { _id: id, deletedAt: null },
      { $set: { deletedAt: new Date(now()), deletedBy: by } },
    )
    await flows.changed(id)
  }

  /** As it was: draft, versions, and live if it was. @throws FLOW_NOT_FOUND when it is gone for good */
  async restore(id: string): Promise<FlowHead> {
    const head = await FlowModel.findOneAndUpdate(
      { _id: id, deletedAt: { $gte: this.keptFrom } },
      { $unset: { deletedAt: '', deletedBy: '' } },
      { returnDocument: 'after' },
    ).lean<FlowHead>()
    if (!head) fail('FLOW_NOT_FOUND')
    await this.options.flows.changed(id)
    return head
  }

  /** Those that can be taken back, newest first. */
  async removed(): Promise<FlowHead[]> {
    await this.purge()
    return FlowModel.find({ deletedAt: { $gte: this.keptFrom } }, { draft: 0 })
      .sort({ deletedAt: -1 })
      .lean<FlowHead[]>()
  }

  /** Forgets what was put away long ago. */
  async purge(): Promise<void> {
    const gone = await FlowModel.find({ deletedAt: { $lt: this.keptFrom } }, { _id: 1 }).lean<
      Pick<FlowHead, '_id'>[]
    >()
    for (const { _id } of gone) {
      await FlowVersionModel.deleteMany({ flowId: _id })
      await FlowModel.deleteOne({ _id, deletedAt: { $lt: this.keptFrom } })
    }
  }

  private get keptFrom(): Date {
    return new Date(this.options.now() - KEPT_DAYS * DAY_MS)
  }

  private async original({ id, version }: NonNullable<NewFlow['copyOf']>): Promise<FlowDoc> {
    if (version === undefined) return (await this.options.flows.head(id)).draft
    await this.options.flows.head(id)
    const found = await FlowVersionModel.findById(`${id}@${version}`).lean<FlowVersion>()
    return (found ?? fail('FLOW_NOT_FOUND')).doc
  }
}
