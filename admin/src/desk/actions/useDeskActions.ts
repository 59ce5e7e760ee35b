import { useState } from 'react'
import type { ConversationCard, DeskCommand } from '../../../../gateway/desk/protocol.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { navigate } from '../../router.tsx'
import { useDesk } from '../useDesk.ts'

/** The verbs of the desk on one conversation. A refusal is shown; each answers whether it was done. */
export function useDeskActions() {
  const desk = useDesk()
  const showError = useErrorToast()
  const [busy, setBusy] = useState(false)

  async function run(command: DeskCommand): Promise<boolean> {
    setBusy(true)
    try {
      await desk.request(command)
      return true
    } catch (error) {
      showError(error)
      return false
    } finally {
      setBusy(false)
    }
  }

  const on = ({ id }: ConversationCard) => ({ conversationId: id })
  return {
    busy,
    async accept(card: ConversationCard) {
      if (!card.offer) return false
      const done = await run({ do: 'accept', ...on(card), offerId: card.offer.id })
      if (done) navigate(`/desk/${card.id}`)
      return done
    },
    async decline(card: ConversationCard) {
      return card.offer ? run({ do: 'decline', ...on(card), offerId: card.offer.id }) : false
    },
    async take(card: ConversationCard) {
      const done = await run({ do: 'take', ...on(card) })
      if (done) navigate(`/desk/${card.id}`)
      return done
    },
    handBack: (card: ConversationCard) => run({ do: 'handBack', ...on(card) }),
    finish: (card: ConversationCard) => run({ do: 'finish', ...on(card) }),
    wrapUpDone: (card: ConversationCard, code?: string) =>
      run({ do: 'wrapUpDone', ...on(card), ...(code && { code }) }),
    transfer: (
      card: ConversationCard,
      to: { toQueueId: string } | { toAgentId: string },
      note: string,
    ) => run({ do: 'transfer', ...on(card), ...to, ...(note && { note }) }),
  }
}
