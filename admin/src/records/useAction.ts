import { useMutation, useQueryClient } from '@tanstack/react-query'
import { keyOf } from './keyOf.ts'
import type { UseMutationResult } from '@tanstack/react-query'

/** Does something on the server, then asks again for all that is kept under the paths it touched. */
export function useAction<In, Out>(
  act: (input: In) => Promise<Out>,
  touches: readonly string[],
): UseMutationResult<Out, Error, In> {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: () =>
      Promise.all(touches.map((path) => queries.invalidateQueries({ queryKey: [keyOf(path)] }))),
  })
}
