import mongoose from 'mongoose'
import type { FlowRoute } from './schema.ts'

const { Schema, model } = mongoose

/** One document, so that a list is changed as a whole: rules mean nothing without those before them. */
export interface StoredFlowRoutes {
  _id: 'routes'
  routes: FlowRoute[]
  version: number
}
export const FlowRoutesModel = model<StoredFlowRoutes>(
  'FlowRoutes',
  new Schema<StoredFlowRoutes>(
    { _id: String, routes: [Schema.Types.Mixed], version: Number },
    { versionKey: false, minimize: false, collection: 'flowRoutes' },
  ),
)
