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

/** Opens a ticket, finds one, or adds to one. Exits: next, error; notFound for lookup and append. */
export const ticketSchema = z.object({
  type: z.literal('ticket'),
  ...baseFields,
  op: z.enum(['create', 'lookup', 'append']),
  kind: refSchema,
  fields: z.record(z.string(), valueSchema),
  /** create and append store {serial, status, …}; lookup stores what was found */
  set: varNameSchema.optional(),
  wait: promptSchema.optional(),
  out: outSchema,
})

export const ticketBlock = defineBlock({
  type: 'ticket',
  schema: ticketSchema,
  waits: 'service',
  ports: ({ op }) => ({
    required: op === 'create' ? ['next', 'error'] : ['next', 'notFound', 'error'],
    optional: [],
  }),
  prompts: (block) => [['wait', block.wait]],
  enter(block, turn) {
    turn.say(block.wait)
    const { op, kind: ticketKind } = block
    turn.call({ kind: 'ticket', op, ticketKind, fields: turn.values(block.fields) })
  },
  result(block, result, turn) {
    if (!result.ok) return fail(result, turn)
    const found = !isEmpty(result.value)
    if (found) turn.set(block.set, result.value)
    turn.track('ticket', { data: { op: block.op, kind: block.kind, found } })
    // a creation without a ticket is no creation
    if (found) turn.exit('next')
    else turn.exit(block.op === 'create' ? 'error' : 'notFound', 'error')
  },
})
