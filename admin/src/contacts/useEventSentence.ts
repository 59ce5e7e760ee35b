import type { Part } from '../../../gateway/domain/message.ts'
import type { QueueView } from '../../../gateway/routing/schema.ts'
import { eventSentence } from '../desk/thread/eventSentence.ts'
import { useName, useT } from '../i18n/index.ts'
import { useDeskChoices } from '../records/useDeskChoices.ts'
import { useItems } from '../records/useItems.ts'
import { useStaffNames } from '../records/useStaffNames.ts'

/** The desk's own sentences for what happened, so that both places tell a story in the same words. */
export function useEventSentence(): (part: Extract<Part, { type: 'event' }>) => string {
  const word = useT('desk')
  const name = useName()
  const staff = useStaffNames()
  const queues = useItems<Pick<QueueView, 'id' | 'name'>>('/queues')
  const choices = useDeskChoices()
  return (part) =>
    eventSentence(part, {
      agent: staff.nameOf,
      queue: (id) => name(queues.data?.find((queue) => queue.id === id)?.name) || id,
      wrapUpCode: (id) =>
        name(choices.data?.wrapUpCodes.find((code) => code.id === id)?.name) || id,
      word: (key, values) => word(key, values ?? {}),
    })
}
