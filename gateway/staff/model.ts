import mongoose from 'mongoose'
import type { AgentState, PhoneDevice, StaffMember } from '../domain/staff.ts'

const { Schema, model } = mongoose
const { Mixed } = Schema.Types
const plain = { versionKey: false, minimize: false } as const

const staffSchema = new Schema<StaffMember>(
  {
    _id: String,
    userName: String,
    displayName: String,
    role: String,
    skills: Mixed,
    queueIds: [String],
    capacity: Mixed,
    lang: String,
    disabled: Boolean,
    mustChangePassword: Boolean,
    passwordHash: String,
    version: Number,
    createdAt: Date,
  },
  { ...plain, collection: 'staff' },
)
staffSchema.index({ userName: 1 }, { unique: true })
export const StaffModel = model<StaffMember>('Staff', staffSchema)

/** A signed-in browser. Only the SHA-256 of its token is stored, so a leaked database signs nobody in. */
export interface StaffSession {
  _id: string
  staffId: string
  createdAt: Date
  expiresAt: Date
}
const sessionSchema = new Schema<StaffSession>(
  { _id: String, staffId: String, createdAt: Date, expiresAt: Date },
  { ...plain, collection: 'sessions' },
)
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })
sessionSchema.index({ staffId: 1 })
export const SessionModel = model<StaffSession>('Session', sessionSchema)

/** How an agent stands, kept so that a restart finds everybody where they were. */
export interface AgentStanding {
  _id: string
  state: Exclude<AgentState, 'wrapUp'>
  reason?: string
  since: Date
  /** since when the agent has been without a conversation; the fair share is counted from it */
  idleSince: Date
  /** how they take calls; a browser when nothing is set */
  device?: PhoneDevice
}
export const AgentStandingModel = model<AgentStanding>(
  'AgentStanding',
  new Schema<AgentStanding>(
    { _id: String, state: String, reason: String, since: Date, idleSince: Date, device: Mixed },
    { ...plain, collection: 'agentStandings' },
  ),
)
