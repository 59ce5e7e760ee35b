import { useLayoutEffect, useRef, useState } from 'react'

type Actions = Record<string, (...given: never[]) => unknown>

/**
 * The same object at every render, whose functions do what the newest ones do. What is handed these is not drawn again
 * only because the document changed. Not to be called while rendering.
 */
export function useSteady<T extends object>(actions: T): T {
  const latest = useRef(actions)
  useLayoutEffect(() => {
    latest.current = actions
  })
  const [steady] = useState(() =>
    Object.fromEntries(
      Object.keys(actions).map((name) => [
        name,
        (...given: never[]) => (latest.current as unknown as Actions)[name]!(...given),
      ]),
    ),
  )
  return steady as T
}
