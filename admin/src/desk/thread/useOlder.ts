import { useState } from 'react'
import type { RefObject } from 'react'
import type { WireMessage } from '../../../../gateway/desk/protocol.ts'
import { api } from '../../api/client.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { useDesk } from '../useDesk.ts'

const PAGE = 50

/** Loads what came before, and leaves the reader where they were. */
export function useOlder(conversationId: string, frame: RefObject<HTMLDivElement | null>) {
  const desk = useDesk()
  const showError = useErrorToast()
  const [busy, setBusy] = useState(false)

  async function load(): Promise<void> {
    const beforeSeq = desk.state.threads[conversationId]?.messages[0]?.seq
    if (!beforeSeq) return
    setBusy(true)
    try {
      const { messages } = await api.get<{ messages: WireMessage[] }>(
        `/conversations/${conversationId}/messages`,
        { beforeSeq, limit: PAGE },
      )
      const box = frame.current
      const fromEnd = box ? box.scrollHeight - box.scrollTop : 0
      const first = messages[0]?.seq ?? 1
      desk.older(conversationId, messages, messages.length >= PAGE && first > 1)
      requestAnimationFrame(() => {
        if (box) box.scrollTop = box.scrollHeight - fromEnd
      })
    } catch (error) {
      showError(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, load }
}
