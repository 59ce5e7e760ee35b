import { z } from 'zod'
import { channelSchema } from '../../bots/flow/parts.ts'

const count = z.number().int()
const counts = z.record(z.string(), count)

/** What happened at one block in the period. */
export const blockMeasures = z.object({
  block: z.string(),
  entered: count,
  /** by port */
  exits: counts,
  /** hung up, left or fell silent there */
  gaveUp: count,
  /** asked for a person while they were there */
  askedForPerson: count,
  noMatch: count,
  noInput: count,
  /** whatever else is marked, by its label: survey → score, intent, faq → entry, hotkey, fail → code, custom … */
  marks: z.record(z.string(), counts),
})
export type BlockMeasures = z.infer<typeof blockMeasures>

const totals = z.object({
  /** conversations that began in this flow */
  started: count,
  completed: count,
  gaveUp: count,
  askedForPerson: count,
  noMatch: count,
  noInput: count,
})
export type MeasuresTotals = z.infer<typeof totals>

const point = totals.extend({
  /** its beginning */
  atMs: z.number(),
  /** of a day: as the hotline's calendar has it, wherever the reader is */
  date: z.iso.date().optional(),
})
export type MeasuresPoint = z.infer<typeof point>

export const measured = z.object({
  totals: totals.extend({
    /** completed, gave up or asked for a person */
    ended: count,
    /** part of the ended that asked for no person, 0 … 1 */
    containment: z.number().optional(),
    /** time until the end, or until a person was asked for */
    meanMs: z.number().optional(),
    /** half of them took no longer; within the classes time is counted in */
    medianUpToMs: z.number().optional(),
  }),
  blocks: z.array(blockMeasures),
  series: z.array(point),
  /** of the period, whatever was chosen: what can be chosen */
  versions: z.array(z.object({ version: z.number(), started: count })),
  channels: z.array(z.string()),
  langs: z.array(z.string()),
})
export type Measured = z.infer<typeof measured>

export const measuresView = measured.extend({
  step: z.enum(['hour', 'day']),
  fromMs: z.number(),
  toMs: z.number(),
})
export type MeasuresView = z.infer<typeof measuresView>

/** `from` and `to` in epoch milliseconds, or dates of the hotline's zone, both included; default the last 7 days. */
const moment = z.union([z.iso.date(), z.coerce.number().int().min(0).max(8_640_000_000_000_000)])

export const measuresQuery = z.object({
  from: moment.optional(),
  to: moment.optional(),
  version: z.coerce.number().int().min(1).optional(),
  channel: channelSchema.optional(),
  lang: z.string().max(20).optional(),
})
export type MeasuresQuery = z.infer<typeof measuresQuery>

export const wordsQuery = z.object({
  block: z.string().max(64).optional(),
  lang: z.string().max(20).optional(),
})
/** What was said where nothing matched; digits are masked. */
export const wordsView = z.object({
  id: z.string(),
  block: z.string(),
  text: z.string(),
  lang: z.string(),
  count,
  /** of the flow, when it was said last */
  version: z.number(),
  lastAtMs: z.number(),
})
export type WordsView = z.infer<typeof wordsView>
