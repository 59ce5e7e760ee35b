import { useCallback } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { keyOf } from './keyOf.ts'
import type { UseMutationResult } from '@tanstack/react-query'

interface Told<Out> {
  onSuccess?(out: Out): void
  onError?(error: Error): void
}

export interface Action<In, Out> extends Omit<UseMutationResult<Out, Error, In>, 'mutate'> {
  mutate(input: In, told?: Told<Out>): void
}

/**
 * Does something on the server, then asks again for all that is kept under the paths it touched. Whoever
 * asked is told how it ended even when what was done took its button away: the library's own callbacks
 * are lost with the component.
 */
export function useAction<In, Out>(
  act: (input: In) => Promise<Out>,
  touches: readonly string[],
): Action<In, Out> {
  const queries = useQueryClient()
  const mutation = useMutation({
    mutationFn: act,
    onSuccess: () =>
      Promise.all(touches.map((path) => queries.invalidateQueries({ queryKey: [keyOf(path)] }))),
  })
  const { mutateAsync } = mutation
  const mutate = useCallback(
    (input: In, told: Told<Out> = {}) =>
      void mutateAsync(input).then(
        (out) => told.onSuccess?.(out),
        (error: Error) => told.onError?.(error),
      ),
    [mutateAsync],
  )
  return { ...mutation, mutate }
}
