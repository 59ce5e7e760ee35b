import mongoose from 'mongoose'

const { Schema, model } = mongoose
const plain = { versionKey: false, minimize: false } as const

/** publishing: being sent to Weibo. unknown: nobody knows whether Weibo took it. */
export type AnnouncementState = 'publishing' | 'published' | 'failed' | 'unknown'

export interface AnnouncementPage {
  title: string
  body: string
}

/** A post of ours on Weibo with the page it leads to. */
export interface Announcement {
  _id: string
  accountId: string
  /** the console's own id of it: sent twice, it is one */
  clientId: string
  text: string
  /** by language, at least one */
  page: Partial<Record<'zh-CN' | 'en', AnnouncementPage>>
  /** stored file */
  pictureId?: string
  state: AnnouncementState
  /** raised by every attempt to publish it */
  attempt: number
  /** Weibo's id of the post */
  postId?: string
  /** Weibo's code or ours, of `failed` and `unknown` */
  error?: string
  by: { id: string; name: string }
  createdAt: Date
  publishedAt?: Date
  attemptedAt: Date
}

const announcementSchema = new Schema<Announcement>(
  {
    _id: String,
    accountId: String,
    clientId: String,
    text: String,
    page: Schema.Types.Mixed,
    pictureId: String,
    state: String,
    attempt: Number,
    postId: String,
    error: String,
    by: Schema.Types.Mixed,
    createdAt: Date,
    publishedAt: Date,
    attemptedAt: Date,
  },
  { ...plain, collection: 'weiboAnnouncements' },
)
announcementSchema.index({ accountId: 1, clientId: 1 }, { unique: true })
announcementSchema.index({ accountId: 1, createdAt: -1 })
export const AnnouncementModel = model<Announcement>('WeiboAnnouncement', announcementSchema)
