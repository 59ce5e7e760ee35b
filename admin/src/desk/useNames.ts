import { useMemo } from 'react'
import { useName, useT } from '../i18n/index.ts'
import type { Names } from './thread/eventSentence.ts'
import { useChoices } from './useChoices.ts'
import { useDeskState } from './useDesk.ts'

/** Names of agents, queues and codes for sentences; what is unknown keeps its id. */
export function useNames(): Names {
  const t = useT('desk')
  const name = useName()
  const agents = useDeskState((state) => state.agents)
  const queues = useDeskState((state) => state.queues)
  const { wrapUpCodes } = useChoices()
  return useMemo(
    () => ({
      agent: (id) => agents[id]?.name ?? t('someAgent'),
      queue: (id) => name(queues.find((queue) => queue.id === id)?.name) || id,
      wrapUpCode: (id) => name(wrapUpCodes.find((code) => code.id === id)?.name) || id,
      word: (key, values) => t(key, values ?? {}),
    }),
    [agents, queues, wrapUpCodes, name, t],
  )
}
