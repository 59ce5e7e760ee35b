import { useEffect, useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { CallStateView } from '../../../../../gateway/trials/schema.ts'
import { api } from '../../../api/client.ts'
import type { LineFault, LineView } from '../../../desk/phone/line.ts'
import type { TrialCallWish, TrialLine } from './trial-line.ts'
import { openTrialLine } from './trial-line.ts'

const LOOK_EVERY_MS = 1000

export interface TrialCallState {
  view: LineView | undefined
  id: string | undefined
  told: CallStateView | undefined
  fault: LineFault | undefined
  start(wish: TrialCallWish): void
  hangUp(): void
  press(key: string): void
}

/** One call at a time with a draft; leaving the page hangs up. */
export function useTrialCall(): TrialCallState {
  const line = useRef<TrialLine>(undefined)
  const [view, setView] = useState<LineView>()
  const [id, setId] = useState<string>()
  const [fault, setFault] = useState<LineFault>()
  const told = useQuery({
    queryKey: ['trials', 'call', id],
    queryFn: () => api.get<CallStateView>(`/trials/calls/${id}`),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.over ? false : LOOK_EVERY_MS),
    placeholderData: (before) => before,
  })
  const close = () => {
    line.current?.close()
    line.current = undefined
    setView(undefined)
  }
  useEffect(() => () => line.current?.close(), [])
  const over = told.data?.over === true && view !== undefined
  useEffect(() => {
    if (over) close()
  }, [over])
  return {
    view,
    id,
    fault,
    told: id === undefined ? undefined : told.data,
    start(wish) {
      close()
      setId(undefined)
      setFault(undefined)
      line.current = openTrialLine(wish, {
        begun: setId,
        view(next) {
          // what the server refuses it refuses again: a person reads why
          if (next.state === 'lost' && next.fault && next.fault.kind !== 'network') {
            setFault(next.fault)
            setTimeout(close)
          } else if (line.current) setView(next)
        },
      })
      setView({ state: 'askingMicrophone' })
    },
    hangUp: close,
    press(key) {
      if (id !== undefined) void api.post(`/trials/calls/${id}/keys`, { digits: key })
    },
  }
}
