import mongoose from 'mongoose'
import type { FlowDoc } from '../../bots/flow/schema.ts'

const { Schema, model } = mongoose

/** A draft as it was when somebody called it; never changed, never live. */
export interface TrialFlow {
  /** `main@draft-3f9a…` */
  _id: string
  doc: FlowDoc
  /** who tries it: the only one who may call it */
  by: string
  expiresAt: Date
}
const trialFlowSchema = new Schema<TrialFlow>(
  { _id: String, doc: Schema.Types.Mixed, by: String, expiresAt: Date },
  { versionKey: false, minimize: false, collection: 'trialFlows' },
)
trialFlowSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })
export const TrialFlowModel = model<TrialFlow>('TrialFlow', trialFlowSchema)
