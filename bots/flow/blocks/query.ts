import { z } from 'zod'
import {
  baseFields,
  outSchema,
  promptSchema,
  refSchema,
  valueSchema,
  varNameSchema,
} from '../parts.ts'
import { defineBlock } from '../block.ts'
import { isEmpty } from '../path.ts'
import { fail } from './fail.ts'

const DEFAULT_TIMEOUT_MS = 5000

/** Asks a named data source. Exits: next, empty (nothing found; default next), error. */
export const querySchema = z.object({
  type: z.literal('query'),
  ...baseFields,
  source: refSchema,
  params: z.record(z.string(), valueSchema).optional(),
  set: varNameSchema,
  /** said before the data source is asked */
  wait: promptSchema.optional(),
  timeoutMs: z.number().int().min(100).max(60_000).optional(),
  cacheSeconds: z.number().int().min(0).optional(),
  out: outSchema,
})

export const queryBlock = defineBlock({
  type: 'query',
  schema: querySchema,
  waits: 'service',
  ports: () => ({ required: ['next', 'error'], optional: ['empty'] }),
  prompts: (block) => [['wait', block.wait]],
  enter(block, turn) {
    turn.say(block.wait)
    turn.call({
      kind: 'query',
      source: block.source,
      params: turn.values(block.params),
      timeoutMs: block.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      ...(block.cacheSeconds === undefined ? {} : { cacheSeconds: block.cacheSeconds }),
    })
  },
  result(block, result, turn) {
    if (!result.ok) return fail(result, turn)
    turn.set(block.set, result.value)
    if (isEmpty(result.value)) turn.exit('empty', 'next')
    else turn.exit('next')
  },
})
