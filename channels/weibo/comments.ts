/** What is said to us in public: comments on our posts, comments and posts that mention us. Weibo pushes none. */
import { z } from 'zod'
import type { Envelope } from '../channel.ts'
import type { WeiboAccount } from './account.ts'
import { commentGrant } from './grants.ts'

const MAX_TEXT_CHARS = 4000
const MAX_NAME_CHARS = 60

const idstr = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d{1,20}$/))
const user = z.object({ idstr, screen_name: z.string().nullish() })
const said = z.object({
  idstr,
  text: z.string().transform((text) => text.slice(0, MAX_TEXT_CHARS)),
  // somebody deleted meanwhile has none
  user: user.nullish(),
  /** of a comment: the post it stands under */
  status: z.object({ idstr }).nullish(),
})
export type Said = z.infer<typeof said>

/** The lists that are read, in the order they are read. */
export const streams = {
  comments: { path: '/2/comments/to_me.json', list: 'comments' },
  commentMentions: { path: '/2/comments/mentions.json', list: 'comments' },
  mentions: { path: '/2/statuses/mentions.json', list: 'statuses' },
} as const
export type StreamName = keyof typeof streams

/** The entries of one answer that can be read, newest first as they came. */
export function readSaid(stream: StreamName, body: Record<string, unknown>): Said[] {
  const list = body[streams[stream].list]
  if (!Array.isArray(list)) return []
  return list.flatMap((entry) => {
    const read = said.safeParse(entry)
    return read.success ? [read.data] : []
  })
}

/** undefined: our own words, or nobody's. */
export function envelopeOfSaid(
  account: WeiboAccount,
  stream: StreamName,
  entry: Said,
  nowMs: number,
): Envelope | undefined {
  const uid = entry.user?.idstr
  const statusId = stream === 'mentions' ? entry.idstr : entry.status?.idstr
  if (!uid || !statusId || uid === account.settings.uid) return undefined
  const name = entry.user?.screen_name?.slice(0, MAX_NAME_CHARS)
  return {
    accountId: account.id,
    channel: 'weibo',
    kind: 'message',
    threadKey: publicThread(statusId, uid),
    // a comment that mentions us under our own post is in two lists, and is one
    dedupeKey: stream === 'mentions' ? `mention:${entry.idstr}` : `comment:${entry.idstr}`,
    identity: { kind: 'weiboUid', scope: '', value: uid, assurance: 'proven' },
    ...(name && { displayName: name }),
    lang: account.lang,
    parts: [{ type: 'text', text: entry.text || '@' }],
    grants: [commentGrant(nowMs)],
  }
}

/** What one person says under one post is one thread. */
export const publicThread = (statusId: string, uid: string) => `comment:${statusId}:${uid}`

export function readPublicThread(threadKey: string): { statusId: string; uid: string } | undefined {
  const [, statusId, uid] = /^comment:(\d+):(\d+)$/.exec(threadKey) ?? []
  return statusId && uid ? { statusId, uid } : undefined
}

/** Newest first; ids grow with time and are compared as numbers of 64 bits. */
export const isAfter = (id: string, other: string): boolean => BigInt(id) > BigInt(other)
