import { useEffect, useState } from 'react'
import type { Desk } from '../desk.ts'
import { loadDevices, saveDevices } from './devices.ts'
import { openMicrophone } from './microphone.ts'
import { ownPhone } from './ownPhone.ts'
import { openPeer } from './peer.ts'
import { play } from './playback.ts'
import { Softphone } from './softphone.ts'
import type { Phone } from './usePhone.ts'

const timers = {
  set: (callback: () => void, afterMs: number) => setTimeout(callback, afterMs),
  clear: (timer: unknown) => clearTimeout(timer as number | undefined),
}

/** The telephone of this desk, for as long as one is signed in. */
export function useSoftphone(desk: Desk | undefined, myId: string): Phone | undefined {
  const [phone, setPhone] = useState<Phone>()
  useEffect(() => {
    if (!desk) return
    const softphone = new Softphone({
      myId,
      desk,
      timers,
      microphone: openMicrophone,
      peer: openPeer,
      play,
      devices: {
        load: () => loadDevices(localStorage),
        save: (devices) => saveDevices(localStorage, devices),
      },
    })
    const owning = ownPhone(myId, (mine) => softphone.own(mine))
    const forget = onMicrophoneAllowed(() => softphone.retry())
    setPhone({ softphone, takeHere: owning.take })
    return () => {
      forget()
      owning.release()
      softphone.stop()
      setPhone(undefined)
    }
  }, [desk, myId])
  return phone
}

/** A microphone allowed in the address bar, or plugged in, needs no further click. */
function onMicrophoneAllowed(then: () => void): () => void {
  if (!('mediaDevices' in navigator)) return () => undefined
  const leave = new AbortController()
  navigator.mediaDevices.addEventListener('devicechange', then, { signal: leave.signal })
  // not every browser knows this permission by name
  navigator.permissions
    ?.query({ name: 'microphone' })
    .then((status) => status.addEventListener('change', then, { signal: leave.signal }))
    .catch(() => undefined)
  return () => leave.abort()
}
