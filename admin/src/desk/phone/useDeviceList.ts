import { useEffect, useState } from 'react'

export interface DeviceList {
  microphones: MediaDeviceInfo[]
  outputs: MediaDeviceInfo[]
  /** browsers name devices only once the microphone was allowed */
  named: boolean
}

const none: DeviceList = { microphones: [], outputs: [], named: false }

/** What is plugged in, now; `again` changes when the permission may have. */
export function useDeviceList(again: unknown): DeviceList {
  const [list, setList] = useState(none)
  useEffect(() => {
    if (!('mediaDevices' in navigator)) return
    let left = false
    const look = () =>
      void navigator.mediaDevices
        .enumerateDevices()
        .then((all) => {
          if (left) return
          const real = all.filter(({ deviceId }) => deviceId !== '' && deviceId !== 'default')
          setList({
            microphones: real.filter(({ kind }) => kind === 'audioinput'),
            outputs: real.filter(({ kind }) => kind === 'audiooutput'),
            named: all.some(({ label }) => label !== ''),
          })
        })
        .catch(() => undefined)
    look()
    navigator.mediaDevices.addEventListener('devicechange', look)
    return () => {
      left = true
      navigator.mediaDevices.removeEventListener('devicechange', look)
    }
  }, [again])
  return list
}
