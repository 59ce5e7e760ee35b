import { useRef } from 'react'

/** Keys that follow the items of a list when they are moved, though the items themselves change as one types. */
export function useItemKeys(length: number) {
  const keys = useRef<{ list: number[]; next: number }>({ list: [], next: 0 })
  const now = keys.current
  while (now.list.length < length) now.list.push(now.next++)
  // taken away elsewhere, by an undo
  if (now.list.length > length) now.list.length = length
  return {
    of: (at: number) => now.list[at]!,
    moved(at: number, to: number) {
      now.list.splice(to, 0, ...now.list.splice(at, 1))
    },
    removed(at: number) {
      now.list.splice(at, 1)
    },
  }
}
