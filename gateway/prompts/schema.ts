import { z } from 'zod'
import { voiceChoiceSchema } from '../../bots/flow/parts.ts'

const lang = z.string().min(2).max(20)
const id = z.string().min(1).max(100)

/** Where a wording stands: in the draft of a flow. */
const place = {
  flowId: id,
  /** absent: of the flow itself */
  block: z.string().max(64).optional(),
  /** path inside the block */
  field: z.string().min(1).max(200),
  lang,
}

export const promptView = z.object({
  ...place,
  /** under which a recording of it is uploaded, without ending */
  fileName: z.string(),
  flowName: z.string(),
  /** what people call the block */
  label: z.string().optional(),
  /** what the form of the block calls the field */
  fieldName: z.object({ zh: z.string(), en: z.string() }).optional(),
  text: z.string(),
  /** the wording for the ear, its variables not filled in */
  spoken: z.string(),
  /** a recording cannot say what it names */
  variables: z.boolean(),
  /** missing: not written in this language; stale: the text changed after it was recorded */
  state: z.enum(['recorded', 'stale', 'synthetic', 'missing']),
  mediaId: z.string().optional(),
  durationMs: z.number().optional(),
  /** false: only callers hear it now, the draft has it no more */
  inDraft: z.boolean(),
  /** of this wording alone; absent: as the flow's */
  ...voiceChoiceSchema.shape,
  /** what the flow says of this language */
  flowVoice: voiceChoiceSchema,
  live: z.enum(['same', 'differs', 'absent']),
})
export type PromptView = z.infer<typeof promptView>

export const listPromptsQuery = z.object({
  q: z.string().max(200).optional(),
  flowId: id.optional(),
  lang: lang.optional(),
  state: promptView.shape.state.optional(),
  /** those that use this recording */
  mediaId: id.optional(),
})
export type ListPromptsQuery = z.infer<typeof listPromptsQuery>

export const readingListQuery = listPromptsQuery.extend({
  format: z.enum(['csv', 'html']).default('csv'),
  /** of the page */
  in: z.enum(['zh-CN', 'en']).default('zh-CN'),
})

export const voiceView = z.object({
  id: z.string(),
  name: z.string(),
  lang: z.string(),
  provider: z.string(),
  /** where the engine tells it */
  sex: z.enum(['female', 'male']).optional(),
})
export type VoiceView = z.infer<typeof voiceView>
export const voicesQuery = z.object({ lang: lang.optional() })

export const MAX_PREVIEW_CHARS = 1000
export const previewBody = z.object({
  text: z.string().trim().min(1).max(MAX_PREVIEW_CHARS),
  lang,
  ...voiceChoiceSchema.shape,
  /** 1 = as callers hear it */
  volume: z.number().min(0).max(2).optional(),
})
export type PreviewBody = z.infer<typeof previewBody>

/** Somewhere a recording is used. */
export const recordingUseView = z.object({
  kind: z.enum(['draft', 'live', 'version', 'tune', 'queue']),
  /** flow, tune or queue */
  id: z.string(),
  name: z.string(),
  block: z.string().optional(),
  field: z.string().optional(),
  lang: z.string().optional(),
})
export type RecordingUseView = z.infer<typeof recordingUseView>

export const promptRecordingView = z.object({
  mediaId: z.string(),
  name: z.string(),
  bytes: z.number(),
  durationMs: z.number(),
  origin: z.enum(['upload', 'synthesis']),
  by: z.string(),
  atMs: z.number(),
})
export type PromptRecordingView = z.infer<typeof promptRecordingView>
export const listedRecordingView = promptRecordingView.extend({ uses: z.array(recordingUseView) })
export type ListedRecordingView = z.infer<typeof listedRecordingView>
export const audioQuery = z.object({ download: z.string().optional() })
export const peaksQuery = z.object({
  buckets: z.coerce.number().int().min(10).max(4000).default(600),
})
export const peaksView = z.object({
  durationMs: z.number(),
  channels: z.array(z.array(z.number())),
})

/** `mediaId: null` takes the recording off, the text is synthesised again. */
export const recordPromptBody = z.object({ ...place, mediaId: id.nullable() })
/** What is left out is the flow's again. */
export const voicePromptBody = z.object({ ...place, ...voiceChoiceSchema.shape })
/** Files that were uploaded already, by the names of the reading list. */
export const assignBody = z.object({
  files: z
    .array(z.object({ name: z.string().max(300), mediaId: id }))
    .min(1)
    .max(300),
})
export type AssignBody = z.infer<typeof assignBody>
export const assignedView = z.object({
  name: z.string(),
  mediaId: z.string(),
  /** unknown: no prompt is called so; gone: the prompt was there a moment ago */
  outcome: z.enum(['assigned', 'unknown', 'gone']),
  flowId: z.string().optional(),
  block: z.string().optional(),
})
export type AssignedView = z.infer<typeof assignedView>

const tuneFields = {
  name: z.string().trim().min(1).max(64),
  pieces: z.array(id).min(1).max(50),
  isDefault: z.boolean(),
}
export const tuneView = z.object({
  id: z.string(),
  kind: z.enum(['hold', 'ringback']),
  ...tuneFields,
  /** queues and numbers it was chosen for */
  usedBy: z.array(
    z.object({ kind: z.enum(['queue', 'number']), id: z.string(), name: z.string() }),
  ),
  version: z.number(),
})
export type TuneView = z.infer<typeof tuneView>
export const createTuneBody = z.object({
  kind: z.enum(['hold', 'ringback']),
  ...tuneFields,
  isDefault: tuneFields.isDefault.default(false),
})
export const updateTuneBody = z.object(tuneFields).partial().extend({ version: z.number().int() })

export const readDocumentView = z.object({
  name: z.string(),
  kind: z.enum(['text', 'table']),
  /** what is said in one go each */
  passages: z.array(z.string()),
  /** spoken at an ordinary pace */
  seconds: z.number(),
})
export type ReadDocumentView = z.infer<typeof readDocumentView>
export const placeDocumentBody = z.object({
  flowId: id,
  /** for people: what the blocks are called, and the frame around them */
  name: z.string().trim().min(1).max(120),
  lang,
  passages: z.array(z.string().trim().min(1).max(2000)).min(1).max(200),
  /** of all of them; left out: the flow's */
  ...voiceChoiceSchema.shape,
})
export type PlaceDocumentBody = z.infer<typeof placeDocumentBody>
export const placedDocumentView = z.object({
  draftVersion: z.number(),
  blocks: z.array(z.string()),
})
