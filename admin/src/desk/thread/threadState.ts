/** The messages of one opened conversation, as pure changes. `seq` is the only order. */
import { deliveryRank } from '../../../../gateway/domain/message.ts'
import type { DeliveryState } from '../../../../gateway/domain/message.ts'
import type { WireMessage } from '../../../../gateway/desk/protocol.ts'

export interface Thread {
  /** by rising seq, each once */
  messages: WireMessage[]
  /** everything up to here is held or known to be none of ours; a push beyond the next one is a gap */
  completeTo: number
  /** the server has older ones than the first held */
  more: boolean
  /** the server has answered `open` at least once */
  loaded: boolean
}

export const emptyThread: Thread = { messages: [], completeTo: 0, more: false, loaded: false }

/** Puts messages in their places; one already held is replaced, so a message pushed twice shows once. */
export function merge(held: WireMessage[], added: WireMessage[]): WireMessage[] {
  if (added.length === 0) return held
  const bySeq = new Map(held.map((message) => [message.seq, message]))
  for (const message of added) {
    const known = bySeq.get(message.seq)
    bySeq.set(message.seq, known ? withNewerDelivery(known, message) : message)
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

/** A copy read a moment ago must not take back a receipt that came meanwhile. */
function withNewerDelivery(known: WireMessage, message: WireMessage): WireMessage {
  const before = known.delivery
  const after = message.delivery
  if (!before || (after && deliveryRank[after.state] >= deliveryRank[before.state])) return message
  return { ...message, delivery: before }
}

/** One message was pushed. */
export function pushed(thread: Thread, message: WireMessage): Thread {
  const messages = merge(thread.messages, [message])
  return { ...thread, messages, completeTo: advance(messages, thread.completeTo) }
}

/** The answer to `open`: everything after `afterSeq`, or the newest part of it when that is long. */
export function opened(
  thread: Thread,
  afterSeq: number,
  answer: { messages: WireMessage[]; more: boolean; lastSeq: number },
): Thread {
  const first = answer.messages[0]?.seq
  // cut off at its beginning: what was held lies beyond a hole, and comes back by "load older"
  const hole = first !== undefined && afterSeq > 0 && first > afterSeq + 1
  const kept = hole ? thread.messages.filter((message) => message.seq > first) : thread.messages
  const messages = merge(kept, answer.messages)
  return {
    messages,
    completeTo: advance(messages, Math.max(thread.completeTo, answer.lastSeq)),
    more: afterSeq === 0 || hole ? answer.more : thread.more,
    loaded: true,
  }
}

export function older(thread: Thread, messages: WireMessage[], more: boolean): Thread {
  return { ...thread, messages: merge(thread.messages, messages), more }
}

export function delivered(
  thread: Thread,
  seq: number,
  state: DeliveryState,
  code?: string,
): Thread {
  let changed = false
  const messages = thread.messages.map((message) => {
    if (message.seq !== seq) return message
    if (message.delivery && !advances(message.delivery.state, state)) return message
    changed = true
    return { ...message, delivery: { state, ...(code && { code }) } }
  })
  return changed ? { ...thread, messages } : thread
}

/** Later receipts do not move a message back; only one that failed begins anew, when somebody sends it again. */
function advances(before: DeliveryState, after: DeliveryState): boolean {
  const again = after === 'queued' && ['failed', 'expired', 'unknown'].includes(before)
  return again || deliveryRank[after] > deliveryRank[before]
}

/** True while a message is known to be missing between those held. */
export function hasGap(thread: Thread): boolean {
  return (thread.messages.at(-1)?.seq ?? 0) > thread.completeTo
}

function advance(messages: WireMessage[], completeTo: number): number {
  let next = completeTo
  for (const message of messages) if (message.seq === next + 1) next = message.seq
  return next
}
