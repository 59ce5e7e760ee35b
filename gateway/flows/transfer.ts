/** Flows out of the house and into it: one file, looked at before anything is taken over. */
import type { FlowDoc } from '../../bots/flow/schema.ts'
import { flowDocSchema } from '../../bots/flow/schema.ts'
import type { Environment } from '../../bots/flow/validate.ts'
import { validate } from '../../bots/flow/validate.ts'
import { canonicalJson, changedBlocks } from '../../bots/flow/versions.ts'
import { fail } from '../errors.ts'
import { reachedFlows } from './called-flows.ts'
import type { FlowFile } from './flow-file.ts'
import { makeFlowFile, readFlowFile } from './flow-file.ts'
import { flowIdSchema } from '../domain/flow-id.ts'
import type { Flows } from './flows.ts'
import type { Library } from './library.ts'
import type { FlowHead, FlowVersion } from './model.ts'
import { FlowModel, FlowVersionModel } from './model.ts'
import type { ReferenceKind, ReferenceMap } from './references.ts'
import { recordingsOf, referencesOf, withReferences } from './references.ts'
import type { ImportLook } from './schema.ts'

export interface TransferOptions {
  flows: Flows
  library: Library
  now: () => number
  environment: () => Promise<Omit<Environment, 'flows'> & { skills?: Iterable<string> }>
  /** SHA-256 of the recordings there are, by id */
  recordings: (ids: string[]) => Promise<Map<string, string>>
}

/** How a file is to be taken over. */
export interface ImportChoices {
  /** id in the file → id here; null leaves the flow out */
  ids?: Record<string, string | null> | undefined
  references?: ReferenceMap | undefined
  /** drafts that are replaced, as they were when looked at */
  draftVersions?: Record<string, number> | undefined
}

export class Transfer {
  private readonly options: TransferOptions

  constructor(options: TransferOptions) {
    this.options = options
  }

  /**
   * The flow with all it leads to. A draft goes with drafts, a version with the live versions.
   * @throws FLOW_INVALID for a draft that is no flow yet
   */
  async export(id: string, of: 'draft' | number, withRecordings: boolean): Promise<FlowFile> {
    const { recordings, now } = this.options
    const doc = of === 'draft' ? await this.draft(id) : await this.version(id, of)
    if (!doc) return fail(of === 'draft' ? 'FLOW_INVALID' : 'FLOW_NOT_FOUND', { flow: id })
    const others = await reachedFlows(doc, async (other) =>
      of === 'draft'
        ? this.draft(other)
        : (this.options.flows.get(other, 'live')?.doc ?? this.draft(other)),
    )
    const flows = [doc, ...others]
    const ids = withRecordings ? [...new Set(flows.flatMap(recordingsOf))] : []
    const known = await recordings(ids)
    return makeFlowFile({
      exportedAt: new Date(now()).toISOString(),
      flow: id,
      // through JSON: what is hashed is what is written
      flows: JSON.parse(JSON.stringify(flows)) as FlowDoc[],
      recordings: ids.flatMap((each) =>
        known.has(each) ? [{ id: each, sha256: known.get(each)! }] : [],
      ),
    })
  }

  /** What taking the file over would do; nothing is changed. @throws FLOW_FILE_BAD */
  async look(text: string, choices: ImportChoices): Promise<ImportLook> {
    const file = readFlowFile(text)
    const docs = rewritten(file, choices)
    const [heads, environment] = await Promise.all([
      FlowModel.find({}).lean<FlowHead[]>(),
      this.options.environment(),
    ])
    const byId = new Map(heads.map((head) => [head._id, head]))
    const incoming = new Map(docs.map(({ doc }) => [doc.id, doc]))
    const all = [
      ...heads.flatMap(({ _id, draft, deletedAt }) =>
        incoming.has(_id) || deletedAt ? [] : [draft],
      ),
      ...incoming.values(),
    ]
    return {
      flow: file.flow,
      ...(file.exportedAt && { exportedAt: file.exportedAt }),
      flows: docs.map(({ from, doc }) => {
        const head = byId.get(doc.id)
        return {
          id: from,
          as: doc.id,
          name: doc.name,
          kind: doc.kind,
          blocks: Object.keys(doc.blocks).length,
          tests: doc.tests?.length ?? 0,
          ...(head && { replaces: replacedBy(doc, head) }),
          problems: validate(doc, { ...environment, flows: all }).filter(
            ({ code }) => code !== 'REF',
          ),
        }
      }),
      leftOut: file.flows.flatMap(({ id, name }) =>
        choices.ids?.[id] === null ? [{ id, name }] : [],
      ),
      missing: missing(docs, environment, new Set(all.map(({ id }) => id))),
      recordings: await this.recordings(file, docs),
    }
  }

  /**
   * Takes the file over as drafts; nothing of it is live.
   * @throws CONFLICT when a draft to be replaced is not the one that was looked at; DUPLICATE for the id of a flow
   * that was put away
   */
  async import(text: string, choices: ImportChoices, by: string): Promise<FlowHead[]> {
    const { flows, library } = this.options
    const docs = rewritten(readFlowFile(text), choices).map(({ doc }) => doc)
    const heads = await FlowModel.find({ _id: { $in: docs.map(({ id }) => id) } }).lean<
      FlowHead[]
    >()
    for (const { _id, draftVersion, deletedAt } of heads) {
      if (deletedAt) fail('DUPLICATE', { where: _id })
      if (choices.draftVersions?.[_id] !== draftVersion) fail('CONFLICT', { flow: _id })
    }
    const known = new Map(heads.map((head) => [head._id, head]))
    const taken: FlowHead[] = []
    for (const doc of docs) {
      const head = known.get(doc.id)
      if (!head) taken.push(await library.add(doc, by))
      // what is here already stays as it is, and nobody who edits it is disturbed
      else if (canonicalJson(head.draft) === canonicalJson(doc)) taken.push(head)
      else taken.push(await flows.putDraft(doc.id, head.draftVersion, doc, by))
    }
    return taken
  }

  private async recordings(
    file: FlowFile,
    docs: { doc: FlowDoc }[],
  ): Promise<ImportLook['recordings']> {
    const ids = [...new Set(docs.flatMap(({ doc }) => recordingsOf(doc)))]
    const here = await this.options.recordings(ids)
    const theirs = new Map(file.recordings.map(({ id, sha256 }) => [id, sha256]))
    return ids.map((id) => {
      const [mine, wanted] = [here.get(id), theirs.get(id)]
      const isOther = mine !== undefined && wanted !== undefined && mine !== wanted
      return { id, state: mine === undefined ? 'missing' : isOther ? 'differs' : 'here' }
    })
  }

  private async draft(id: string): Promise<FlowDoc | undefined> {
    const head = await FlowModel.findOne({ _id: id, deletedAt: null }).lean<FlowHead>()
    const read = flowDocSchema.safeParse(head?.draft)
    return read.success ? read.data : undefined
  }

  private async version(id: string, version: number): Promise<FlowDoc | undefined> {
    await this.options.flows.head(id)
    return (await FlowVersionModel.findById(`${id}@${version}`).lean<FlowVersion>())?.doc
  }
}

/** The documents under their ids here, with everything they name mapped; called flows before their callers. */
function rewritten(file: FlowFile, choices: ImportChoices): { from: string; doc: FlowDoc }[] {
  const ids = choices.ids ?? {}
  const taken = file.flows.filter(({ id }) => ids[id] !== null)
  if (taken.length === 0) fail('BAD_REQUEST', { where: 'ids' })
  const idHere = (id: string) => ids[id] ?? id
  const names = Object.fromEntries(taken.map(({ id }) => [id, idHere(id)]))
  const here = Object.values(names)
  if (here.some((id) => !flowIdSchema.safeParse(id).success) || new Set(here).size < here.length)
    fail('BAD_REQUEST', { where: 'ids' })
  const map = { ...choices.references, flow: { ...choices.references?.flow, ...names } }
  return taken
    .map((doc) => ({
      from: doc.id,
      doc: { ...withReferences(doc, map), id: idHere(doc.id) },
    }))
    .reverse()
}

function replacedBy(doc: FlowDoc, head: FlowHead): ImportLook['flows'][number]['replaces'] {
  const old = flowDocSchema.safeParse(head.draft)
  const changes = old.success ? changedBlocks(old.data, doc) : undefined
  return {
    name: head.name,
    draftVersion: head.draftVersion,
    putAway: head.deletedAt !== undefined,
    same: old.success && canonicalJson(old.data) === canonicalJson(doc),
    ...(head.liveVersion !== undefined && { liveVersion: head.liveVersion }),
    ...(changes && {
      added: changes.added.length,
      removed: changes.removed.length,
      changed: changes.changed.length,
    }),
  }
}

/** What the documents name that is not here; kinds nobody keeps a list of are not looked at. */
function missing(
  docs: { from: string; doc: FlowDoc }[],
  environment: Omit<Environment, 'flows'> & { skills?: Iterable<string> },
  flows: Set<string>,
): ImportLook['missing'] {
  const lists: Partial<Record<ReferenceKind, Iterable<string> | undefined>> = {
    queue: environment.queues,
    skill: environment.skills,
    schedule: environment.schedules,
    source: environment.sources,
    knowledgeBase: environment.knowledgeBases,
    classifier: environment.classifiers,
    ticketKind: environment.ticketKinds,
    dialog: environment.dialogs,
    mailbox: environment.mailboxes,
    flow: flows,
  }
  const found = new Map<string, ImportLook['missing'][number]>()
  for (const { doc } of docs) {
    for (const { kind, id, block } of referencesOf(doc)) {
      const list = lists[kind]
      if (!list || new Set(list).has(id)) continue
      const key = `${kind} ${id}`
      const entry = found.get(key) ?? { kind, id, where: [] }
      entry.where.push({ flow: doc.id, ...(block !== undefined && { block }) })
      found.set(key, entry)
    }
  }
  return [...found.values()]
}
