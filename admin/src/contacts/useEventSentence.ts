import type { Part } from '../../../gateway/domain/message.ts'
import { eventSentence } from '../desk/thread/eventSentence.ts'
import { useNames } from '../desk/useNames.ts'

/** The desk's own sentences for what happened, so that both places tell a story in the same words. */
export function useEventSentence(): (part: Extract<Part, { type: 'event' }>) => string {
  const names = useNames()
  return (part) => eventSentence(part, names)
}
