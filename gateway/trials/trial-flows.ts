/** Drafts that are being called: temporary versions beside the published ones, kept while a call may last. */
import { randomBytes } from 'node:crypto'
import type { FlowDoc } from '../../bots/flow/schema.ts'
import type { PublishedFlow } from '../../bots/flow/state.ts'
import type { TrialFlow } from './model.ts'
import { TrialFlowModel } from './model.ts'

/** No call lasts as long; a conversation that pins it finds it after a restart until then. */
const KEPT_MS = 24 * 3_600_000
const MAX_IN_MEMORY = 200
const MARK = '@draft-'

export const isTrialFlow = (flowId: string): boolean => flowId.includes(MARK)

export class TrialFlows {
  private readonly flows = new Map<string, PublishedFlow>()
  private readonly now: () => number

  constructor(now: () => number) {
    this.now = now
  }

  /** @returns the id under which conversations run it, always as version 1 */
  async add(doc: FlowDoc, by: string): Promise<string> {
    const id = `${doc.id}${MARK}${randomBytes(8).toString('hex')}`
    const expiresAt = new Date(this.now() + KEPT_MS)
    await TrialFlowModel.create({ _id: id, doc, by, expiresAt } satisfies TrialFlow)
    this.remember(id, doc)
    return id
  }

  /** From memory; a pinned one must have been named to `prepare` first. */
  get(id: string): PublishedFlow | undefined {
    return this.flows.get(id)
  }

  /** Was it made by them? */
  async owned(id: string, by: string): Promise<boolean> {
    return (await TrialFlowModel.exists({ _id: id, by })) !== null
  }

  async prepare(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      if (this.flows.has(id)) continue
      const found = await TrialFlowModel.findById(id).lean<TrialFlow>()
      if (found) this.remember(id, found.doc)
    }
  }

  /** The same object for good: what the engine compiles is kept by it. */
  private remember(id: string, doc: FlowDoc): void {
    if (this.flows.has(id)) return
    this.flows.set(id, { id, version: 1, doc })
    if (this.flows.size > MAX_IN_MEMORY) this.flows.delete(this.flows.keys().next().value!)
  }
}
