/** Choices as those read them who have no buttons: numbered as on the telephone, which the flow understands. */
import type { QuickReply } from '../gateway/domain/message.ts'

/** The key of a choice, or else its place in the list. */
export function keyOf({ key }: Pick<QuickReply, 'key'>, at: number): string {
  return key ?? `${at + 1}`
}

/** One line a choice, `1. 投诉`. */
export function numberedChoices(replies: QuickReply[]): string[] {
  return replies.map((reply, at) => `${keyOf(reply, at)}. ${reply.label}`)
}

/** None where the words above begin lines with those keys, as the wording of a flow for text channels does. */
export function choicesBelow(replies: QuickReply[], before: string): string[] {
  const begin = new Set([...before.matchAll(/^\s*([0-9A-Za-z*#]+)\b/gm)].map(([, key]) => key))
  return replies.every((reply, at) => begin.has(keyOf(reply, at))) ? [] : numberedChoices(replies)
}
