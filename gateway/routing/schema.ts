import { z } from 'zod'

const name = z.object({
  zh: z.string().trim().min(1).max(64),
  en: z.string().trim().min(1).max(64),
})
const key = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/)
const ms = z.number().int().min(0).max(86_400_000)

export const skillView = z.object({ id: key, name })
export type SkillView = z.infer<typeof skillView>

export const queueVoice = z.object({
  announceEverySeconds: z.number().int().min(10).max(600).optional(),
  announcePosition: z.boolean().optional(),
  announceWait: z.boolean().optional(),
  /** blobId of an uploaded audio file */
  music: z.string().max(64).optional(),
  /** hold music of /prompts/tunes; `music` goes before it */
  tune: z.string().max(64).optional(),
})
const queueFields = {
  name,
  strategy: z.enum(['longestIdle', 'leastLoaded', 'highestSkill']),
  defaultPriority: z.number().int().min(0).max(9),
  skills: z.array(z.object({ skill: key, minLevel: z.number().int().min(1).max(5) })).max(20),
  offerTimeoutMs: ms.min(5000),
  passOverMs: ms,
  preferredMs: ms,
  ageingMs: ms.min(1000),
  wrapUpMs: ms,
  maxWaitMs: ms,
  warnAfterMs: ms,
  alarmAfterMs: ms,
  scheduleId: key.optional(),
  enabled: z.boolean(),
  voice: queueVoice.optional(),
}
export const queueView = z.object({ id: key, ...queueFields, version: z.number().int() })
export type QueueView = z.infer<typeof queueView>
export const createQueueBody = z.object({
  id: key,
  name,
  strategy: queueFields.strategy.default('longestIdle'),
  defaultPriority: queueFields.defaultPriority.default(5),
  skills: queueFields.skills.default([]),
  offerTimeoutMs: queueFields.offerTimeoutMs.default(20_000),
  passOverMs: ms.default(60_000),
  preferredMs: ms.default(30_000),
  ageingMs: queueFields.ageingMs.default(60_000),
  wrapUpMs: ms.default(120_000),
  maxWaitMs: ms.default(0),
  warnAfterMs: ms.default(60_000),
  alarmAfterMs: ms.default(180_000),
  scheduleId: queueFields.scheduleId,
  enabled: z.boolean().default(true),
  voice: queueVoice.optional(),
})
/** A PATCH: absent fields stay; `scheduleId: null` removes the hours. */
export const updateQueueBody = z
  .object({ ...queueFields, scheduleId: key.nullable() })
  .partial()
  .extend({ version: z.number().int() })

const period = z
  .object({
    fromMinute: z.number().int().min(0).max(1440),
    toMinute: z.number().int().min(0).max(1440),
  })
  // 22:00 to 06:00 goes over midnight
  .refine((p) => p.fromMinute !== p.toMinute, 'a period ends at another time than it begins')
const scheduleFields = {
  name,
  timezone: z.string().max(64),
  /** index 0 = Sunday */
  week: z.array(z.array(period).max(8)).length(7),
  exceptions: z
    .array(
      z.object({
        date: z.iso.date(),
        kind: z.enum(['holiday', 'workday']),
        periods: z.array(period).max(8),
        name: z.string().max(64).optional(),
      }),
    )
    .max(400),
}
export const scheduleView = z.object({ id: key, ...scheduleFields })
export type ScheduleView = z.infer<typeof scheduleView>
export const putScheduleBody = z.object(scheduleFields)

/** What GET …/explain answers: for each agent why, or why not. */
export const explanationView = z.object({
  conversationId: z.string(),
  state: z.string(),
  waiting: z.unknown().optional(),
  decision: z.unknown().optional(),
})
