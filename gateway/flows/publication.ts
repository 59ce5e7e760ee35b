/** From draft to live: the gate before it, and everything that moves the pointer to the live version. */
import type { FlowDoc } from '../../bots/flow/schema.ts'
import { flowDocSchema } from '../../bots/flow/schema.ts'
import { flowHash } from '../../bots/flow/versions.ts'
import { fail } from '../errors.ts'
import { calledFlows, reachedFlows } from './called-flows.ts'
import type { CallerOutcome } from './callers-tests.ts'
import { callersTests } from './callers-tests.ts'
import type { Flows, Problem } from './flows.ts'
import type { FlowHead, FlowVersion } from './model.ts'
import { FlowModel, FlowVersionModel } from './model.ts'
import type { SuiteOutcome } from './run-suite.ts'
import { runSuite } from './run-suite.ts'

export interface PublicationOptions {
  flows: Flows
  now: () => number
  /** how long a suite may take, milliseconds */
  testLimitMs?: number
}

/** Who does it, and why. */
export interface Deed {
  by: string
  note: string
}

export interface Checked {
  doc?: FlowDoc
  problems: Problem[]
  tests: SuiteOutcome
  /** live flows with tests that lead to it */
  callers: CallerOutcome[]
  /** flows it leads to that nobody has published: callers would be told of a fault there */
  unpublished: string[]
}

export class Publication {
  private readonly options: PublicationOptions

  constructor(options: PublicationOptions) {
    this.options = options
  }

  /** What stands before publishing: the rules, the document's own tests against the flows as callers get them, theirs against it. */
  async check(draft: unknown): Promise<Checked> {
    const { flows, testLimitMs } = this.options
    const { doc, problems } = await flows.validate(draft)
    if (!doc) return { problems, tests: { state: 'none' }, callers: [], unpublished: [] }
    const asCalled = (id: string) => this.asCalled(id)
    const others = await reachedFlows(doc, asCalled)
    return {
      doc,
      problems,
      tests: await runSuite(doc, others, testLimitMs),
      callers: await callersTests(doc, this.liveDocs(), asCalled, testLimitMs),
      unpublished: calledFlows(doc).filter((id) => id !== doc.id && !flows.get(id, 'live')),
    }
  }

  /**
   * Freezes the draft as the next version and points the flow to it. Conversations inside stay on theirs; a split
   * ends.
   * @param draftVersion the draft that was looked at
   * @throws CONFLICT when it is another by now, FLOW_INVALID, FLOW_TESTS_FAILED, FLOW_TESTS_SLOW,
   * FLOW_CALLERS_TESTS_FAILED
   */
  async publish(id: string, deed: Deed, draftVersion?: number): Promise<FlowVersion> {
    const { flows, now } = this.options
    const head = await flows.head(id)
    if (draftVersion !== undefined && draftVersion !== head.draftVersion) fail('CONFLICT')
    const { doc, problems, tests, callers } = await this.check(head.draft)
    if (!doc || problems.some((problem) => problem.severity === 'error'))
      fail('FLOW_INVALID', { problems })
    if (tests.state === 'slow') fail('FLOW_TESTS_SLOW')
    if (tests.state === 'broken') fail('FLOW_TESTS_FAILED', { tests: [], why: tests.why })
    if (tests.state === 'failed')
      fail('FLOW_TESTS_FAILED', {
        tests: tests.report.tests.filter(({ failures }) => failures.length > 0),
      })
    const broken = callers.filter(({ state }) => state !== 'passed')
    if (broken.length)
      fail('FLOW_CALLERS_TESTS_FAILED', {
        callers: broken.map(({ flow, name, state, failed, why }) => ({
          ...{ flow, name, state, tests: failed },
          ...(why && { why }),
        })),
      })
    const counted = await FlowModel.findOneAndUpdate(
      { _id: id, deletedAt: null },
      { $inc: { lastVersion: 1 } },
      { returnDocument: 'after' },
    ).lean<FlowHead>()
    const { lastVersion } = counted ?? fail('FLOW_NOT_FOUND')
    const version: FlowVersion = {
      _id: `${id}@${lastVersion}`,
      flowId: id,
      version: lastVersion,
      hash: flowHash(doc),
      doc,
      by: deed.by,
      at: new Date(now()),
      note: deed.note,
    }
    await FlowVersionModel.create(version)
    await flows.point(id, { ...deed, version: lastVersion })
    return version
  }

  /** Makes a published version live, alone: rolling back, and choosing one of two ends a split. */
  async rollback(id: string, version: number, deed: Deed): Promise<FlowVersion> {
    await this.options.flows.head(id)
    const found = await this.version(id, version)
    await this.options.flows.point(id, { ...deed, version })
    return found
  }

  /**
   * A share of new conversations begins with another published version beside the live one.
   * @param percent 1 … 99
   */
  async split(id: string, version: number, percent: number, deed: Deed): Promise<void> {
    const { liveVersion } = await this.options.flows.head(id)
    if (liveVersion === undefined || liveVersion === version)
      fail('BAD_REQUEST', { where: 'version' })
    await this.version(id, version)
    await this.options.flows.point(id, {
      ...deed,
      version: liveVersion,
      split: { version, percent },
    })
  }

  private async version(id: string, version: number): Promise<FlowVersion> {
    const found = await FlowVersionModel.findById(`${id}@${version}`).lean<FlowVersion>()
    return found ?? fail('FLOW_NOT_FOUND')
  }

  /** Every live flow once: of a split, the version that is not on trial. */
  private liveDocs(): FlowDoc[] {
    const docs = new Map<string, FlowDoc>()
    for (const { doc } of this.options.flows.liveFlows())
      if (!docs.has(doc.id)) docs.set(doc.id, doc)
    return [...docs.values()]
  }

  /** The live version, which callers get; of a flow that has none, its draft. */
  private async asCalled(id: string): Promise<FlowDoc | undefined> {
    const live = this.options.flows.get(id, 'live')
    if (live) return live.doc
    const head = await FlowModel.findOne({ _id: id, deletedAt: null }).lean<FlowHead>()
    const read = flowDocSchema.safeParse(head?.draft)
    return read.success ? read.data : undefined
  }
}
