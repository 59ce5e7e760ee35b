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
import { UNCHOSEN } from '../description.ts'
import { exitNames, promptField, setField } from './described-fields.ts'
import { asksService } from './described-channels.ts'

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
  description: {
    name: { zh: '工单', en: 'Ticket' },
    help: {
      zh: '登记投诉、求助或预订,或查询、补充已有的工单。',
      en: 'Opens a complaint, request or booking, or looks one up or adds to it.',
    },
    group: 'act',
    initial: { op: 'create', kind: UNCHOSEN, fields: {} },
    fields: [
      {
        path: 'op',
        kind: 'select',
        options: [
          { value: 'create', label: { zh: '新建', en: 'Open a new one' } },
          { value: 'lookup', label: { zh: '查询', en: 'Look one up' } },
          { value: 'append', label: { zh: '补充', en: 'Add to one' } },
        ],
        label: { zh: '做什么', en: 'What to do' },
        required: true,
      },
      {
        path: 'kind',
        kind: 'reference',
        to: 'ticketKind',
        label: { zh: '工单类型', en: 'Kind of ticket' },
        required: true,
      },
      {
        path: 'fields',
        kind: 'values',
        names: 'parameters',
        label: { zh: '工单内容', en: 'Fields of the ticket' },
        required: true,
      },
      setField(
        { zh: '工单存到变量', en: 'Store the ticket in' },
        {
          help: {
            zh: '之后可以写 {{变量.serial}} 说出工单号。',
            en: 'Then {{variable.serial}} is its number.',
          },
        },
      ),
      promptField(
        { zh: '办好后说', en: 'Said when done' },
        {
          path: 'tell',
          help: {
            zh: '可以写 {{变量.serial}};电话里新工单号会念两遍。',
            en: 'May name {{variable.serial}}; by telephone a new number is read twice.',
          },
        },
      ),
      promptField({ zh: '等待时说', en: 'Said while waiting' }, { path: 'wait', advanced: true }),
    ],
    exits: {
      next: exitNames.next,
      notFound: { zh: '没找到', en: 'Not found' },
      error: exitNames.error,
    },
    channels: asksService,
  },
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
