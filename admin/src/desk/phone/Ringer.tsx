import { useEffect } from 'react'
import { ring } from '../status/chime.ts'
import { useSound } from '../status/sound.ts'
import { useDeskState } from '../useDesk.ts'
import { ringingFor } from './ringingFor.ts'
import { usePhoneState } from './usePhone.ts'

/** Rings, on the ringing device, for as long as a call is offered. */
export function Ringer() {
  const ringing = useDeskState((state) => ringingFor(state)?.id)
  const device = usePhoneState((state) => state.devices.ring)
  const sound = useSound()
  useEffect(() => {
    if (!ringing || !sound) return
    return ring(device)
  }, [ringing, sound, device])
  return null
}
