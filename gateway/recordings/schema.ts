import { z } from 'zod'
import { epochMs } from '../api/route.ts'

const kind = z.enum(['call', 'voicemail'])

export const recordingView = z.object({
  id: z.string(),
  kind,
  conversationId: z.string(),
  contactId: z.string(),
  contactName: z.string().optional(),
  agentIds: z.array(z.string()),
  queueId: z.string().optional(),
  number: z.string().optional(),
  startedAtMs: z.number(),
  endedAtMs: z.number().optional(),
  durationMs: z.number(),
  bytes: z.number(),
  state: z.enum(['recording', 'stored', 'broken', 'deleted']),
  pauses: z.array(z.object({ fromMs: z.number(), toMs: z.number() })),
})
export type RecordingView = z.infer<typeof recordingView>

export const listRecordingsQuery = z.object({
  /** part of the number, or of the contact's name */
  q: z.string().max(100).optional(),
  contactId: z.string().max(64).optional(),
  conversationId: z.string().max(64).optional(),
  agentId: z.string().max(64).optional(),
  queueId: z.string().max(64).optional(),
  kind: kind.optional(),
  fromMs: epochMs.optional(),
  toMs: epochMs.optional(),
  minSeconds: z.coerce.number().int().min(0).max(86_400).optional(),
  /** page by the last one's startedAtMs */
  beforeMs: epochMs.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type ListRecordingsQuery = z.infer<typeof listRecordingsQuery>

export const audioQuery = z.object({
  /** to be saved as a file instead of heard */
  download: z.enum(['0', '1']).optional(),
})
export const peaksQuery = z.object({
  buckets: z.coerce.number().int().min(1).max(4000).default(800),
})
export const peaksView = z.object({
  durationMs: z.number(),
  /** per channel (left: the contact, right: the agents), per bucket the loudest sample, 0 … 1 */
  channels: z.array(z.array(z.number())),
})
export type PeaksView = z.infer<typeof peaksView>

export const recordingAccessView = z.object({
  id: z.string(),
  staffId: z.string(),
  name: z.string(),
  what: z.enum(['listen', 'download', 'play']),
  from: z.string(),
  atMs: z.number(),
  lastAtMs: z.number(),
  requests: z.number(),
})
export type RecordingAccessView = z.infer<typeof recordingAccessView>
