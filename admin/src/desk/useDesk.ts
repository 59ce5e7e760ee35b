import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Desk } from './desk.ts'
import { firstState } from './state.ts'
import type { DeskState } from './state.ts'

/** undefined for roles without a desk (content editors) and before the line is first dialled */
export const DeskContext = createContext<Desk | undefined>(undefined)

export function useMaybeDesk(): Desk | undefined {
  return useContext(DeskContext)
}

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('useDesk is used outside the desk')
  return desk
}

const never = () => () => undefined

/** A slice of the desk. `select` returns a part of the state as it is, never a new object. */
export function useDeskState<T>(select: (state: DeskState) => T): T {
  const desk = useContext(DeskContext)
  return useSyncExternalStore(desk?.subscribe ?? never, () => select(desk?.state ?? firstState))
}
