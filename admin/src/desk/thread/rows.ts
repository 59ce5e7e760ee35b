/** The thread as rows on screen: day lines between messages, one author's messages drawn together. Pure. */
import type { WireMessage } from '../../../../gateway/desk/protocol.ts'

export type Row =
  | { kind: 'day'; key: string; atMs: number }
  | { kind: 'message'; key: string; message: WireMessage; first: boolean }

/** Messages of one author within this time are drawn as one group with one name above. */
const GROUP_MS = 3 * 60_000

export function rows(messages: WireMessage[]): Row[] {
  const result: Row[] = []
  let before: WireMessage | undefined
  for (const message of messages) {
    const newDay = !before || dayOf(before.atMs) !== dayOf(message.atMs)
    if (newDay) result.push({ kind: 'day', key: `day-${message.seq}`, atMs: message.atMs })
    result.push({
      kind: 'message',
      key: message.id,
      message,
      first: newDay || !before || !together(before, message),
    })
    before = message
  }
  return result
}

function together(a: WireMessage, b: WireMessage): boolean {
  return (
    a.author.kind === b.author.kind &&
    a.author.id === b.author.id &&
    a.direction === b.direction &&
    b.atMs - a.atMs < GROUP_MS
  )
}

const dayOf = (atMs: number) => new Date(atMs).toDateString()
