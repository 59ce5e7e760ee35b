import { useMemo } from 'react'
import type { ScheduleView } from '../../../../gateway/routing/schema.ts'
import { api } from '../../api/client.ts'
import { useItems } from '../../records/useItems.ts'
import { createWorld } from './world.ts'
import type { World } from './world.ts'

/** undefined until the schedules are known. */
export function useWorld(): World | undefined {
  const { data } = useItems<ScheduleView>('/schedules')
  return useMemo(
    () =>
      data &&
      createWorld(
        data,
        async (body) => (await api.post<{ value: unknown }>('/trials/ask', body)).value,
      ),
    [data],
  )
}
