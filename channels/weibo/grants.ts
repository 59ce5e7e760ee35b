/** What Weibo lets us answer (open.weibo.com/wiki/发送客服消息). */
import type { GrantReason, WindowGrant } from '../../gateway/domain/reply-window.ts'

const HOUR_MS = 3_600_000
/** Any number of messages after a message, follow, subscription, menu tap or scan; one after a mention. */
const WINDOW_MS = 48 * HOUR_MS
/**
 * Ours, not Weibo's: answers to comments are public, and similar ones in a row are refused as spam
 * (error 20017, 20019), so a comment is answered this often at most.
 */
const ANSWERS_PER_COMMENT = 5
const COMMENT_MS = 7 * 24 * HOUR_MS

export function grantFor(reason: GrantReason, nowMs: number): WindowGrant {
  const untilMs = nowMs + WINDOW_MS
  return reason === 'mention' ? { reason, count: 1, untilMs } : { reason, untilMs }
}

export const commentGrant = (nowMs: number): WindowGrant => ({
  reason: 'message',
  count: ANSWERS_PER_COMMENT,
  untilMs: nowMs + COMMENT_MS,
})

/** Who no longer follows us may not be written to: what was granted before is taken back. */
export const grantsTakenBack: WindowGrant[] = (
  ['message', 'menu', 'follow', 'scan', 'enter', 'mention'] as const
).map((reason) => ({ reason, untilMs: 0 }))
