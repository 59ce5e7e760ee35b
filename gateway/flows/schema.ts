import { z } from 'zod'
import { flowIdSchema } from '../domain/flow-id.ts'
import { referenceKinds } from './references.ts'

export const flowUseView = z.object({
  kind: z.enum(['route', 'account', 'number', 'flow', 'inside']),
  id: z.string(),
  name: z.string(),
  /** of kind inside: open conversations */
  count: z.number().optional(),
})
export type FlowUseView = z.infer<typeof flowUseView>
/** `percent` of new conversations begin with `version` instead of the live one. */
export const splitView = z.object({ version: z.number(), percent: z.number() })

export const flowSummaryView = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['main', 'sub']),
  liveVersion: z.number().optional(),
  draftVersion: z.number(),
  updatedAtMs: z.number(),
  updatedBy: z.string(),
  split: splitView.optional(),
  /** who has it open now */
  editors: z.array(z.object({ name: z.string(), sinceMs: z.number() })),
  /** routes, accounts, numbers and flows that lead to it */
  usedBy: z.array(flowUseView),
})
export type FlowSummaryView = z.infer<typeof flowSummaryView>
export const flowVersionView = z.object({
  version: z.number(),
  hash: z.string(),
  live: z.boolean(),
  /** share of new conversations, percent, where two versions run side by side */
  percent: z.number().optional(),
  by: z.string(),
  atMs: z.number(),
  note: z.string(),
  /** conversations inside that finish on this version */
  conversations: z.number(),
})
/** `draftVersion` is the one the edit was based on; a newer one answers CONFLICT. */
export const putDraftBody = z.object({
  draftVersion: z.number().int(),
  doc: z.record(z.string(), z.unknown()),
})
export const draftView = z.object({
  draftVersion: z.number(),
  doc: z.record(z.string(), z.unknown()),
})
const note = z.string().max(300).default('')
/** `draftVersion`: the draft that was looked at; another one by now answers CONFLICT. */
export const publishBody = z.object({ note, draftVersion: z.number().int().optional() })
export const splitBody = z.object({
  version: z.number().int().min(1),
  percent: z.number().int().min(1).max(99),
  note,
})
const name = z.string().trim().min(1).max(200)
/** Without `copyOf` a minimal flow that greets and ends. */
export const createFlowBody = z.object({
  id: flowIdSchema,
  name,
  kind: z.enum(['main', 'sub']).default('main'),
  copyOf: z.object({ id: z.string(), version: z.number().int().min(1).optional() }).optional(),
})
export const renameFlowBody = z.object({ name })
export const presenceBody = z.object({ leave: z.boolean().optional() })
export const presenceView = z.object({
  others: z.array(z.object({ name: z.string(), sinceMs: z.number() })),
})
export const removedFlowView = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['main', 'sub']),
  deletedAtMs: z.number(),
  deletedBy: z.string(),
  /** gone for good then */
  untilMs: z.number(),
})
export type RemovedFlowView = z.infer<typeof removedFlowView>
/** Made live, rolled back or split: by whom, when and why. */
export const pointedView = z.object({
  version: z.number(),
  split: splitView.optional(),
  by: z.string(),
  atMs: z.number(),
  note: z.string(),
})
export type PointedView = z.infer<typeof pointedView>
export const rollbackBody = z.object({
  version: z.number().int().min(1),
  note,
})
export const flowProblemView = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  block: z.string().optional(),
  lang: z.string().optional(),
  /** path inside the block, or inside the document where no block is named */
  field: z.string().optional(),
  /** only this channel suffers */
  channel: z.string().optional(),
  zh: z.string(),
  en: z.string(),
})

/** A test of a flow that was run; `failures` are sentences (bots/flow/test-failure.ts). */
export const flowTestView = z.object({
  name: z.string(),
  failures: z.array(z.object({ step: z.number(), zh: z.string(), en: z.string() })),
})
export type FlowTestView = z.infer<typeof flowTestView>
/** What stands before publishing. */
export const flowCheckView = z.object({
  draftVersion: z.number(),
  problems: z.array(flowProblemView),
  tests: z.object({
    /** none: the flow has no tests; slow: stopped after 20 s; broken: the engine failed on them */
    state: z.enum(['none', 'passed', 'failed', 'slow', 'broken']),
    tests: z.array(flowTestView),
    /** blocks no test enters */
    untouched: z.array(z.string()),
    why: z.string().optional(),
  }),
  /** the tests of live flows that lead to it, played with this draft; those that fail today too are left out */
  callers: z.array(
    z.object({
      flow: z.string(),
      name: z.string(),
      state: z.enum(['passed', 'failed', 'slow', 'broken']),
      count: z.number(),
      failed: z.array(flowTestView),
      why: z.string().optional(),
    }),
  ),
  /** flows it leads to that nobody has published */
  unpublished: z.array(z.string()),
})
export type FlowCheckView = z.infer<typeof flowCheckView>

const id = z.string().min(1).max(100)
const references = z.partialRecord(z.enum(referenceKinds), z.record(id, id))
export const importBody = z.object({
  /** the file as it is */
  text: z.string(),
  /** id in the file → id here; null leaves the flow out */
  ids: z.record(id, id.nullable()).optional(),
  /** kind → what the file names → what is here */
  references: references.optional(),
  /** drafts that are replaced, as they were when looked at */
  draftVersions: z.record(id, z.number().int()).optional(),
})
export const importLookView = z.object({
  flow: z.string(),
  exportedAt: z.string().optional(),
  flows: z.array(
    z.object({
      /** in the file */
      id: z.string(),
      /** here */
      as: z.string(),
      name: z.string(),
      kind: z.enum(['main', 'sub']),
      blocks: z.number(),
      tests: z.number(),
      /** a draft of this id is here already; blocks added, removed and changed by the file */
      replaces: z
        .object({
          name: z.string(),
          draftVersion: z.number(),
          /** it was put away: take it back, or choose another id */
          putAway: z.boolean(),
          same: z.boolean(),
          liveVersion: z.number().optional(),
          added: z.number().optional(),
          removed: z.number().optional(),
          changed: z.number().optional(),
        })
        .optional(),
      problems: z.array(flowProblemView),
    }),
  ),
  leftOut: z.array(z.object({ id: z.string(), name: z.string() })),
  /** what the flows name that is not here: map it, make it, or leave it to be mended */
  missing: z.array(
    z.object({
      kind: z.enum(referenceKinds),
      id: z.string(),
      where: z.array(z.object({ flow: z.string(), block: z.string().optional() })),
    }),
  ),
  recordings: z.array(z.object({ id: z.string(), state: z.enum(['here', 'missing', 'differs']) })),
})
export type ImportLook = z.infer<typeof importLookView>
