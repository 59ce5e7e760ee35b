/**
 * Where a client stopped reading: the conversation and its `seq`, which has no gaps. Clients give it back as it
 * is. A Direct Line conversation is our thread, which may hold several conversations, one after the other.
 */
import type { ResumePoint } from '../channel.ts'

export const watermarkOf = ({ conversationId, seq }: ResumePoint): string =>
  `${conversationId}-${seq}`

/** undefined for somebody who holds nothing, '-' and the empty one included */
export function readWatermark(text: unknown): ResumePoint | undefined {
  const [, conversationId, seq] =
    typeof text === 'string' ? (/^([A-Za-z0-9]{1,64})-(\d{1,9})$/.exec(text) ?? []) : []
  return conversationId && seq ? { conversationId, seq: Number(seq) } : undefined
}
