import { useSyncExternalStore } from 'react'

const KEPT = 'yilu.desk.sound'
const listeners = new Set<() => void>()

export function soundOn(): boolean {
  return localStorage.getItem(KEPT) !== 'off'
}

export function setSound(on: boolean): void {
  localStorage.setItem(KEPT, on ? 'on' : 'off')
  for (const listener of listeners) listener()
}

export function useSound(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, soundOn)
}
