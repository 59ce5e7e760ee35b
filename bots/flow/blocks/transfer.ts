import { z } from 'zod'
import { baseFields, outSchema, promptSchema, templateSchema } from '../parts.ts'
import { defineBlock } from '../block.ts'
import { render } from '../template.ts'
import { numberToDial } from '../wordings.ts'
import { transferDescription } from './transfer-description.ts'

const RING_SECONDS = 30

/**
 * Sends the call on to a telephone, and goes on with the caller when that is over. Exits: next (they have
 * talked), failed; busy, noAnswer (default failed). Where people write, the number is told instead: noCall
 * (default failed).
 */
export const transferSchema = z.object({
  type: z.literal('transfer'),
  ...baseFields,
  to: z.object({ kind: z.enum(['number', 'extension']), value: templateSchema.min(1) }),
  /** may name `{{number}}` */
  prompt: promptSchema.optional(),
  ringSeconds: z.number().int().min(5).max(120).optional(),
  out: outSchema,
})

export const transferBlock = defineBlock({
  type: 'transfer',
  schema: transferSchema,
  description: transferDescription,
  waits: 'call',
  ports: () => ({ required: ['next', 'failed'], optional: ['busy', 'noAnswer', 'noCall'] }),
  prompts: (block) => [['prompt', block.prompt]],
  enter(block, turn) {
    const { kind, value } = block.to
    const number = dialled(render(value, turn.lookup))
    if (number === undefined) {
      turn.track('fail', { data: { code: 'BAD_NUMBER' } })
      return turn.exit('failed')
    }
    const before = turn.effects.length
    turn.sayWith(block.prompt, { number })
    if (turn.byPhone)
      return turn.transfer({
        fx: 'transfer',
        block: turn.frame.block,
        to: { kind, value: number },
        ringSeconds: block.ringSeconds ?? RING_SECONDS,
      })
    const told = turn.effects
      .slice(before)
      .some((fx) => fx.fx === 'say' && fx.text.includes(number))
    // an extension means nothing outside the house
    if (!told && kind === 'number') turn.sayWith(numberToDial, { number })
    turn.exit('noCall', 'failed')
  },
  event(_block, event, turn) {
    if (event.name !== 'transfer.status') return false
    const status = event.data?.status
    const ended = typeof status === 'string' ? EXITS[status] : undefined
    if (!ended) return false
    turn.track('transfer', { data: { status } })
    turn.exit(ended, 'failed')
    return true
  },
})

const EXITS: Record<string, string | undefined> = {
  completed: 'next',
  busy: 'busy',
  declined: 'busy',
  noAnswer: 'noAnswer',
  unavailable: 'failed',
  failed: 'failed',
}

/** Without what people put between the digits; undefined if nothing can be dialled. */
export function dialled(text: string): string | undefined {
  const number = text.normalize('NFKC').replace(/[\s().-]/g, '')
  return /^\+?[0-9*#]{1,20}$/.test(number) ? number : undefined
}
