import { createContext, useContext, useSyncExternalStore } from 'react'
import type { LineView } from './line.ts'
import type { PhoneState, Softphone } from './softphone.ts'

export interface Phone {
  softphone: Softphone
  /** takes the telephone over from another window */
  takeHere(): void
}

/** undefined for roles without a desk and before the line is first dialled */
export const PhoneContext = createContext<Phone | undefined>(undefined)

export function useMaybePhone(): Phone | undefined {
  return useContext(PhoneContext)
}

export function usePhone(): Phone {
  const phone = useContext(PhoneContext)
  if (!phone) throw new Error('usePhone is used outside the desk')
  return phone
}

const never = () => () => undefined
const nothing: PhoneState = { lines: {}, devices: {}, elsewhere: false }

/** A slice of the telephone's state, as it is, never a new object. */
export function usePhoneState<T>(select: (state: PhoneState) => T): T {
  const phone = useContext(PhoneContext)
  return useSyncExternalStore(phone?.softphone.subscribe ?? never, () =>
    select(phone?.softphone.state ?? nothing),
  )
}

export function useLine(conversationId: string): LineView | undefined {
  return usePhoneState((state) => state.lines[conversationId])
}
