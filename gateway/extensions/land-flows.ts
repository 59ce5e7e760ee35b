/** Flows that come as files: published when they are new, never over what staff are working on. */
import { flowDocSchema } from '../../bots/flow/schema.ts'
import type { FlowDoc } from '../../bots/flow/schema.ts'
import { flowHash } from '../../bots/flow/versions.ts'
import { YiluError } from '../errors.ts'
import type { Flows } from '../flows/flows.ts'
import { Library } from '../flows/library.ts'
import type { FlowHead } from '../flows/model.ts'
import { FlowModel, FlowVersionModel } from '../flows/model.ts'
import { Publication } from '../flows/publication.ts'
import type { OnFault } from './extensions.ts'
import type { Loaded } from './load-extensions.ts'

export interface LandOptions {
  flows: Flows
  now: () => number
  onFault: OnFault
}

/** A version that was published once stays as staff left it: rolled back, or changed since. */
export async function landFlows(files: Loaded['flows'], options: LandOptions): Promise<void> {
  // what others call comes first
  const inOrder = [...files].sort(
    (a, b) => Number(a.doc.kind === 'main') - Number(b.doc.kind === 'main'),
  )
  for (const { file, doc } of inOrder) {
    try {
      await land(file, doc, options)
    } catch (error) {
      options.onFault(error, { file, flow: doc.id })
    }
  }
}

async function land(file: string, doc: FlowDoc, { flows, now }: LandOptions): Promise<void> {
  if (await FlowVersionModel.exists({ flowId: doc.id, hash: flowHash(doc) })) return
  const by = file
  const head = await FlowModel.findById(doc.id).lean<FlowHead>()
  if (!head) await new Library({ flows, now, uses: async () => [] }).add(doc, by)
  else if (await isTouched(head))
    throw new YiluError('EXTENSION_BROKEN', {
      why: 'staff have changes of their own in this flow: publish or discard them, then start again',
    })
  else await flows.putDraft(doc.id, head.draftVersion, doc, by)
  const { draftVersion } = await flows.head(doc.id)
  await new Publication({ flows, now }).publish(doc.id, { by, note: file }, draftVersion)
}

/** Is there something in the draft that was never published? */
async function isTouched({ _id, draft, updatedBy }: FlowHead): Promise<boolean> {
  const read = flowDocSchema.safeParse(draft)
  if (read.success && (await FlowVersionModel.exists({ flowId: _id, hash: flowHash(read.data) })))
    return false
  // a file that landed and could not be published is no work of staff
  return !/\.m?js$/.test(updatedBy)
}
