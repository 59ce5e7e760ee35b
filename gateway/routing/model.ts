import mongoose from 'mongoose'
import type { Queue } from '../domain/queue.ts'
import type { Decision } from './decision.ts'
import type { Schedule } from '../domain/schedule.ts'

const { Schema, model } = mongoose
const { Mixed } = Schema.Types
const plain = { versionKey: false, minimize: false } as const

export const QueueModel = model<Queue>(
  'Queue',
  new Schema<Queue>(
    {
      _id: String,
      name: Mixed,
      strategy: String,
      defaultPriority: Number,
      skills: [Mixed],
      offerTimeoutMs: Number,
      passOverMs: Number,
      preferredMs: Number,
      ageingMs: Number,
      wrapUpMs: Number,
      maxWaitMs: Number,
      warnAfterMs: Number,
      alarmAfterMs: Number,
      scheduleId: String,
      enabled: Boolean,
      voice: Mixed,
      version: Number,
    },
    { ...plain, collection: 'queues' },
  ),
)

export interface Skill {
  _id: string
  name: { zh: string; en: string }
}
export const SkillModel = model<Skill>(
  'Skill',
  new Schema<Skill>({ _id: String, name: Mixed }, { ...plain, collection: 'skills' }),
)

export const ScheduleModel = model<Schedule>(
  'Schedule',
  new Schema<Schedule>(
    { _id: String, name: Mixed, timezone: String, week: Mixed, exceptions: [Mixed] },
    { ...plain, collection: 'schedules' },
  ),
)

/** Every decision with its inputs, for as long as somebody may ask why. */
export interface StoredDecision {
  _id: string
  conversationId: string
  at: Date
  decision: Decision
}
const decisionSchema = new Schema<StoredDecision>(
  { _id: String, conversationId: String, at: Date, decision: Mixed },
  { ...plain, collection: 'decisions' },
)
decisionSchema.index({ conversationId: 1, at: -1 })
decisionSchema.index({ at: 1 }, { expireAfterSeconds: 30 * 86_400 })
export const DecisionModel = model<StoredDecision>('Decision', decisionSchema)
