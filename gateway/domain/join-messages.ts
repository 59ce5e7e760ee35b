/** Two messages that wait for the same thread, sent as one: saves what the provider grants. */
import type { Part } from './message.ts'

/**
 * The parts of both, or undefined where they cannot be one: only words can be joined, the choices come last,
 * and the text stays within `maxTextChars`.
 */
export function joinParts(first: Part[], second: Part[], maxTextChars: number): Part[] | undefined {
  const [a] = first
  if (first.length !== 1 || a?.type !== 'text') return undefined
  const [b, ...rest] = second
  if (b?.type !== 'text' || rest.some(({ type }) => type !== 'quickReplies')) return undefined
  const text = `${a.text}\n${b.text}`
  return text.length <= maxTextChars ? [{ type: 'text', text }, ...rest] : undefined
}
