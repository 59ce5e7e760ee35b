import { z } from 'zod'
import { flowProblemView } from '../../../gateway/flows/schema.ts'
import { ApiError } from '../api/error.ts'
import type { Problem } from './useProblems.ts'

const details = z.object({ problems: z.array(flowProblemView) })

/** The problems a refused publication names. */
export function problemsIn(error: unknown): Problem[] {
  if (!(error instanceof ApiError)) return []
  const read = details.safeParse(error.details)
  return read.success ? read.data.problems : []
}
