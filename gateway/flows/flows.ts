/** Drafts, published versions and the pointer to the live one. Versions never change and stay in memory. */
import type { FlowDoc } from '../../bots/flow/schema.ts'
import type { PublishedFlow } from '../../bots/flow/state.ts'
import { flowDocSchema } from '../../bots/flow/schema.ts'
import { flowHash } from '../../bots/flow/versions.ts'
import type { Environment, Problem as RuleProblem } from '../../bots/flow/validate.ts'
import { validate } from '../../bots/flow/validate.ts'
import type { Bus } from '../bus/bus.ts'
import { fail } from '../errors.ts'
import type { FlowHead, FlowVersion } from './model.ts'
import { FlowModel, FlowVersionModel } from './model.ts'

/** A broken rule of the validator, or a document that is no flow at all (`SCHEMA`). */
export type Problem = Omit<RuleProblem, 'code'> & { code: RuleProblem['code'] | 'SCHEMA' }

/** Changes of the live version remembered per flow. */
const MAX_POINTED = 200

export interface FlowsOptions {
  bus: Bus
  now: () => number
  /** what a flow may refer to, at this moment */
  environment: () => Promise<Omit<Environment, 'flows'>>
}

export class Flows {
  private readonly live = new Map<string, number>()
  private readonly versions = new Map<string, PublishedFlow>()
  private readonly options: FlowsOptions

  constructor(options: FlowsOptions) {
    this.options = options
  }

  async start(onError: (error: unknown) => void): Promise<void> {
    await this.refresh()
    this.options.bus.subscribe('flows', () => void this.refresh().catch(onError))
  }

  /** From memory; an older version must have been named to `prepare` first. */
  get(id: string, version: number | 'live'): PublishedFlow | undefined {
    const number = version === 'live' ? this.live.get(id) : version
    return number === undefined ? undefined : this.versions.get(`${id}@${number}`)
  }

  /** Those that conversations begin with now. */
  liveFlows(): PublishedFlow[] {
    return [...this.live.keys()].flatMap((id) => this.get(id, 'live') ?? [])
  }

  async prepare(pins: { flow: string; version: number }[]): Promise<void> {
    await Promise.all(pins.map(({ flow, version }) => this.loadVersion(flow, version)))
  }

  async validate(doc: unknown): Promise<{ doc?: FlowDoc; problems: Problem[] }> {
    const parsed = flowDocSchema.safeParse(doc)
    if (!parsed.success) return { problems: parsed.error.issues.map(schemaProblem) }
    const environment = await this.options.environment()
    const heads = await FlowModel.find({}, { draft: 1 }).lean<FlowHead[]>()
    const flows = heads.map((head) => (head._id === parsed.data.id ? parsed.data : head.draft))
    return { doc: parsed.data, problems: validate(parsed.data, { ...environment, flows }) }
  }

  /** Stores a draft as it is, sound or not: work in progress must not be lost. */
  async putDraft(id: string, draftVersion: number, doc: FlowDoc, by: string): Promise<FlowHead> {
    const head = await FlowModel.findOneAndUpdate(
      { _id: id, draftVersion },
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
    return fail((await FlowModel.exists({ _id: id })) ? 'CONFLICT' : 'FLOW_NOT_FOUND')
  }

  /** Freezes the draft as the next version and points the flow to it. Conversations inside stay on theirs. */
  async publish(id: string, by: string, note: string): Promise<FlowVersion> {
    const head = (await FlowModel.findById(id).lean<FlowHead>()) ?? fail('FLOW_NOT_FOUND')
    const { doc, problems } = await this.validate(head.draft)
    if (!doc || problems.some((problem) => problem.severity === 'error'))
      fail('FLOW_INVALID', { problems })
    const counted = await FlowModel.findOneAndUpdate(
      { _id: id },
      { $inc: { lastVersion: 1 } },
      { returnDocument: 'after' },
    ).lean<FlowHead>()
    const version: FlowVersion = {
      _id: `${id}@${counted!.lastVersion}`,
      flowId: id,
      version: counted!.lastVersion,
      hash: flowHash(doc),
      doc,
      by,
      at: new Date(this.options.now()),
      note,
    }
    await FlowVersionModel.create(version)
    await this.point(id, version.version, by, note)
    return version
  }

  async rollback(id: string, version: number, by: string, note: string): Promise<FlowVersion> {
    const found =
      (await FlowVersionModel.findById(`${id}@${version}`).lean<FlowVersion>()) ??
      fail('FLOW_NOT_FOUND')
    await this.point(id, version, by, note)
    return found
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

  private async point(id: string, version: number, by: string, note: string): Promise<void> {
    await this.loadVersion(id, version)
    const pointed = { version, by, note, at: new Date(this.options.now()) }
    await FlowModel.updateOne(
      { _id: id },
      {
        $set: { liveVersion: version },
        $push: { pointed: { $each: [pointed], $slice: -MAX_POINTED } },
      },
    )
    this.live.set(id, version)
    this.options.bus.publish('flows', { flowId: id })
  }

  private async refresh(): Promise<void> {
    const heads = await FlowModel.find({}, { liveVersion: 1 }).lean<FlowHead[]>()
    for (const { _id, liveVersion } of heads) {
      if (liveVersion === undefined) continue
      await this.loadVersion(_id, liveVersion)
      this.live.set(_id, liveVersion)
    }
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
  return {
    code: 'SCHEMA',
    severity: 'error',
    ...(block && { block }),
    zh: `${where}:格式不对(${issue.message})`,
    en: `${where}: ${issue.message}`,
  }
}
