import { useState } from 'react'
import type { CallTarget, DeskCommand, DialResult } from '../../../../gateway/desk/protocol.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { navigate } from '../../router.tsx'
import { useDesk } from '../useDesk.ts'
import { usePhone } from './usePhone.ts'

export type Mode = 'listen' | 'whisper' | 'barge'
type Source = Extract<DeskCommand, { do: 'playTo' }>['source']

/** The verbs of a telephone. A refusal is shown; each answers whether it was done. */
export function usePhoneActions() {
  const desk = useDesk()
  const { softphone } = usePhone()
  const showError = useErrorToast()
  const [busy, setBusy] = useState(false)

  async function attempt<T>(what: () => Promise<T>): Promise<T | undefined> {
    setBusy(true)
    try {
      return await what()
    } catch (error) {
      showError(error)
      return undefined
    } finally {
      setBusy(false)
    }
  }
  const run = async (command: DeskCommand) =>
    (await attempt(() => desk.request(command).then(() => true))) ?? false

  return {
    busy,
    hangUp: (conversationId: string) => run({ do: 'hangUp', conversationId }),
    hold: (conversationId: string, on: boolean) => run({ do: 'hold', conversationId, on }),
    mute: (conversationId: string, on: boolean) =>
      attempt(() => softphone.mute(conversationId, on)),
    keys: (conversationId: string, digits: string) => run({ do: 'keys', conversationId, digits }),
    invite: (conversationId: string) => run({ do: 'inviteToCall', conversationId }),
    consult: (conversationId: string, to: CallTarget) => run({ do: 'consult', conversationId, to }),
    consultEnd: (conversationId: string, how: 'back' | 'conference' | 'transfer') =>
      run({ do: 'consultEnd', conversationId, how }),
    passOn: (conversationId: string, to: CallTarget | { kind: 'flow'; flowId: string }) =>
      run({ do: 'passOn', conversationId, to }),
    drop: (conversationId: string, partyId: string) =>
      run({ do: 'dropParty', conversationId, partyId }),
    playTo: (conversationId: string, source: Source) =>
      run({ do: 'playTo', conversationId, source }),
    playStop: (conversationId: string) => run({ do: 'playStop', conversationId }),
    pauseRecording: (conversationId: string, on: boolean) =>
      run({ do: 'recordingPause', conversationId, on }),
    park: (conversationId: string, toQueueId: string, note: string) =>
      run({ do: 'transfer', conversationId, toQueueId, ...(note && { note }) }),
    /** the conversation it belongs to comes on screen */
    async dial(number: string, more: { callerNumber?: string; conversationId?: string }) {
      const result = await attempt(() => desk.request({ do: 'dial', number, ...more }))
      if (!result) return false
      navigate(`/desk/${(result as DialResult).conversationId}`)
      return true
    },
    /** the line first: the server connects a supervisor to a line that is there */
    supervise: (conversationId: string, mode: Mode) =>
      attempt(async () => {
        softphone.join(conversationId)
        await softphone.signalled(conversationId)
        await desk.request({ do: 'supervise', conversationId, mode }).catch((error: unknown) => {
          softphone.leave(conversationId)
          throw error
        })
      }),
    async superviseOff(conversationId: string) {
      await run({ do: 'supervise', conversationId, mode: 'off' })
      softphone.leave(conversationId)
    },
    /** answers a colleague who asks me into a call */
    join: (conversationId: string) => softphone.join(conversationId),
  }
}
