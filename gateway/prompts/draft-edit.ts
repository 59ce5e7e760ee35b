import type { FlowDoc } from '../../bots/flow/schema.ts'
import { YiluError } from '../errors.ts'
import type { Flows } from '../flows/flows.ts'
import type { FlowHead } from '../flows/model.ts'

/** Somebody may be drawing in the same flow: their next save finds our change and rebases on it. */
const TRIES = 5

/**
 * Changes the draft of a flow as it is now.
 * @param edit changes the copy it is given; false: nothing to change
 * @throws YiluError FLOW_NOT_FOUND, CONFLICT when others are faster time and again
 */
export async function editDraft(
  flows: Pick<Flows, 'head' | 'putDraft'>,
  flowId: string,
  by: string,
  edit: (doc: FlowDoc) => boolean,
): Promise<{ head: FlowHead; changed: boolean }> {
  for (let tries = 1; ; tries++) {
    const head = await flows.head(flowId)
    const doc = structuredClone(head.draft)
    if (!edit(doc)) return { head, changed: false }
    try {
      return { head: await flows.putDraft(flowId, head.draftVersion, doc, by), changed: true }
    } catch (error) {
      if (!(error instanceof YiluError) || error.code !== 'CONFLICT' || tries === TRIES) throw error
    }
  }
}
