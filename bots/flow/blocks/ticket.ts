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
import { asText } from '../as-text.ts'
import { spelledOut } from '../for-the-ear.ts'
import { isEmpty, readPath } from '../path.ts'
import type { Turn } from '../turn.ts'
import { onceMore } from '../wordings.ts'
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
  /** said when it is done; may name the variable of `set`. By telephone a new serial number comes twice */
  tell: promptSchema.optional(),
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
  prompts: (block) => [
    ['wait', block.wait],
    ['tell', block.tell],
  ],
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
    if (found) {
      tell(block, result.value, turn)
      turn.exit('next')
    } else turn.exit(block.op === 'create' ? 'error' : 'notFound', 'error')
  },
})

function tell(block: z.infer<typeof ticketSchema>, ticket: unknown, turn: Turn): void {
  turn.say(block.tell)
  const serial = asText(readPath(ticket, 'serial'))
  if (block.tell && block.op === 'create' && turn.byPhone && serial)
    turn.sayWith(onceMore, { serial: spelledOut(serial) })
}
