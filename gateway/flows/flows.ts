/** Drafts, published versions and the pointer to the live one. Versions never change and stay in memory. */
import type { FlowDoc } from '../../bots/flow/schema.ts'
import type { PublishedFlow } from '../../bots/flow/state.ts'
import { flowDocSchema } from '../../bots/flow/schema.ts'
import { flowHash } from '../../bots/flow/versions.ts'
import type { Environment, Problem as RuleProblem } from '../../bots/flow/validate.ts'
import { validate } from '../../bots/flow/validate.ts'
import type { Bus } from '../bus/bus.ts'
import { fail } from '../errors.ts'
import type { FlowHead, FlowVersion, Pointed } from './model.ts'
import { FlowModel, FlowVersionModel } from './model.ts'
import type { Split } from './split.ts'
import { versionFor } from './split.ts'

/** A broken rule of the validator, or a document that is no flow at all (`SCHEMA`). */
export type Problem = Omit<RuleProblem, 'code'> & { code: RuleProblem['code'] | 'SCHEMA' }

/** Changes of the live version remembered per flow. */
const MAX_POINTED = 200
/** The store is the truth: a node that missed the word of a change sees it this much later. */
const POLL_MS = 10_000

export interface FlowsOptions {
  bus: Bus
  now: () => number
  /** what a flow may refer to, at this moment */
  environment: () => Promise<Omit<Environment, 'flows'>>
}

interface Live {
  version: number
  split?: Split
}

export class Flows {
  private live = new Map<string, Live>()
  private readonly versions = new Map<string, PublishedFlow>()
  private readonly options: FlowsOptions
  private reading: Promise<void> | undefined
  private readAgain: Promise<void> | undefined
  private poll: NodeJS.Timeout | undefined

  constructor(options: FlowsOptions) {
    this.options = options
  }

  async start(onError: (error: unknown) => void): Promise<void> {
    await this.refresh()
    const refresh = () => void this.refresh().catch(onError)
    this.options.bus.subscribe('flows', refresh)
    this.poll = setInterval(refresh, POLL_MS)
    this.poll.unref()
  }

  stop(): void {
    clearInterval(this.poll)
  }

  /**
   * From memory; an older version must have been named to `prepare` first.
   * @param conversationId decides between two versions where the conversations are split
   */
  get(id: string, version: number | 'live', conversationId?: string): PublishedFlow | undefined {
    if (version !== 'live') return this.versions.get(`${id}@${version}`)
    const live = this.live.get(id)
    if (!live) return undefined
    const chosen = versionFor(id, live.version, live.split, conversationId)
    return this.versions.get(`${id}@${chosen}`)
  }

  /** Those that conversations begin with now. */
  liveFlows(): PublishedFlow[] {
    return [...this.live].flatMap(([id, { version, split }]) =>
      [version, ...(split ? [split.version] : [])].flatMap((each) => this.get(id, each) ?? []),
    )
  }

  async prepare(pins: { flow: string; version: number }[]): Promise<void> {
    await Promise.all(pins.map(({ flow, version }) => this.loadVersion(flow, version)))
  }

  async validate(doc: unknown): Promise<{ doc?: FlowDoc; problems: Problem[] }> {
    const parsed = flowDocSchema.safeParse(doc)
    if (!parsed.success) return { problems: parsed.error.issues.map(schemaProblem) }
    const environment = await this.options.environment()
    const heads = await FlowModel.find({ deletedAt: null }, { draft: 1 }).lean<FlowHead[]>()
    const flows = heads.map((head) => (head._id === parsed.data.id ? parsed.data : head.draft))
    return { doc: parsed.data, problems: validate(parsed.data, { ...environment, flows }) }
  }

  /** @throws FLOW_NOT_FOUND also for a flow that was put away */
  async head(id: string): Promise<FlowHead> {
    const head = await FlowModel.findOne({ _id: id, deletedAt: null }).lean<FlowHead>()
    return head ?? fail('FLOW_NOT_FOUND')
  }

  /** Stores a draft as it is, sound or not: work in progress must not be lost. */
  async putDraft(id: string, draftVersion: number, doc: FlowDoc, by: string): Promise<FlowHead> {
    const head = await FlowModel.findOneAndUpdate(
      { _id: id, draftVersion, deletedAt: null },
      {
        $set: {
          draft: { ...doc, id },
          name: String(doc.name),
          kind: doc.kind === 'sub' ? 'sub' : 'main',
          updatedAt: new Date(this.options.now()),
          updatedBy: by,
        },
        $inc: { draftVersion: 1 },
      },
      { returnDocument: 'after' },
    ).lean<FlowHead>()
    if (head) return head
    const isThere = await FlowModel.exists({ _id: id, deletedAt: null })
    return fail(isThere ? 'CONFLICT' : 'FLOW_NOT_FOUND')
  }

  /** Puts sample flows into an empty store, published. */
  async seed(docs: FlowDoc[], by: string): Promise<void> {
    const at = new Date(this.options.now())
    await FlowVersionModel.insertMany(
      docs.map((doc) => ({
        _id: `${doc.id}@1`,
        flowId: doc.id,
        version: 1,
        hash: flowHash(doc),
        doc,
        by,
        at,
        note: '',
      })),
    )
    await FlowModel.insertMany(
      docs.map((doc) => ({
        _id: doc.id,
        name: doc.name,
        kind: doc.kind,
        draft: doc,
        draftVersion: 1,
        lastVersion: 1,
        liveVersion: 1,
        updatedAt: at,
        updatedBy: by,
      })),
    )
  }

  /** Makes a version live, alone or with a split: one write, seen here at once and told to all nodes. */
  async point(id: string, pointed: Omit<Pointed, 'at'>): Promise<void> {
    const { version, split } = pointed
    await FlowModel.updateOne(
      { _id: id },
      {
        $set: { liveVersion: version, ...(split && { split }) },
        ...(!split && { $unset: { split: '' } }),
        $push: {
          pointed: {
            $each: [{ ...pointed, at: new Date(this.options.now()) }],
            $slice: -MAX_POINTED,
          },
        },
      },
    )
    await this.changed(id)
  }

  /** Something about the flow changed in the store: here it counts from now on, elsewhere in a moment. */
  async changed(id: string): Promise<void> {
    await this.refresh()
    this.options.bus.publish('flows', { flowId: id })
  }

  /** What the store says after this call began; a reading under way may have begun too early. */
  private refresh(): Promise<void> {
    if (!this.reading) {
      this.reading = this.read().finally(() => (this.reading = undefined))
      return this.reading
    }
    const { reading } = this
    this.readAgain ??= reading
      .catch(() => undefined)
      .then(() => {
        this.readAgain = undefined
        return this.refresh()
      })
    return this.readAgain
  }

  private async read(): Promise<void> {
    const heads = await FlowModel.find({}, { liveVersion: 1, split: 1, deletedAt: 1 }).lean<
      FlowHead[]
    >()
    const live = new Map<string, Live>()
    for (const { _id, liveVersion: version, split, deletedAt } of heads) {
      if (version === undefined || deletedAt) continue
      await this.loadVersion(_id, version)
      if (split) await this.loadVersion(_id, split.version)
      live.set(_id, { version, ...(split && { split }) })
    }
    // an id that is free again may come back with other versions
    const known = new Set(heads.map(({ _id }) => _id))
    for (const [key, { id }] of this.versions) if (!known.has(id)) this.versions.delete(key)
    this.live = live
  }

  /** The same object for good: what the engine compiles is kept by it. */
  private async loadVersion(id: string, version: number): Promise<void> {
    const key = `${id}@${version}`
    if (this.versions.has(key)) return
    const found = await FlowVersionModel.findById(key).lean<FlowVersion>()
    if (found && !this.versions.has(key)) this.versions.set(key, { id, version, doc: found.doc })
  }
}

function schemaProblem(issue: { path: PropertyKey[]; message: string }): Problem {
  const where = issue.path.map(String).join('.')
  const block = issue.path[0] === 'blocks' ? String(issue.path[1]) : undefined
  const inside = issue.path
    .slice(block ? 2 : 0)
    .map(String)
    .join('.')
  return {
    code: 'SCHEMA',
    severity: 'error',
    ...(block && { block }),
    ...(inside && { field: inside }),
    zh: `${where}:格式不对(${issue.message})`,
    en: `${where}: ${issue.message}`,
  }
}
