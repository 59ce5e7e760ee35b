import { z } from 'zod'

export const flowSummaryView = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['main', 'sub']),
  liveVersion: z.number().optional(),
  draftVersion: z.number(),
  updatedAtMs: z.number(),
  updatedBy: z.string(),
})
export type FlowSummaryView = z.infer<typeof flowSummaryView>
export const flowVersionView = z.object({
  version: z.number(),
  hash: z.string(),
  live: z.boolean(),
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
export const publishBody = z.object({ note: z.string().max(300).default('') })
export const rollbackBody = z.object({
  version: z.number().int().min(1),
  note: z.string().max(300).default(''),
})
export const flowProblemView = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  block: z.string().optional(),
  lang: z.string().optional(),
  zh: z.string(),
  en: z.string(),
})
