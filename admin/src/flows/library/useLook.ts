import { useQuery } from '@tanstack/react-query'
import type { ImportLook } from '../../../../gateway/flows/schema.ts'
import { api } from '../../api/client.ts'
import { useSettled } from '../../records/useSettled.ts'

/** How the file is to be taken over; see `ImportChoices` of the gateway. */
export interface Choices {
  ids: Record<string, string | null>
  references: Record<string, Record<string, string>>
}

const none: Choices = { ids: {}, references: {} }

/** What importing would do: as the file stands, and with what was chosen since. */
export function useLook(text: string | undefined, choices: Choices) {
  const settled = useSettled(choices, 300)
  const look = (with_: Choices) => ({
    queryKey: ['flows', 'look', text, with_],
    queryFn: () => api.post<ImportLook>('/flows/-/look', { text, ...with_ }),
    enabled: text !== undefined,
    gcTime: 0,
    retry: false,
  })
  const first = useQuery(look(none))
  const now = useQuery({ ...look(settled), placeholderData: (before?: ImportLook) => before })
  return {
    first: first.data,
    now: first.data && now.data,
    error: first.error ?? now.error,
    isLooking: now.isFetching || settled !== choices,
  }
}
