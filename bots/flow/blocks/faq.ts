import { z } from 'zod'
import {
  baseFields,
  inputSchema,
  outSchema,
  promptSchema,
  refSchema,
  retrySchema,
  varNameSchema,
} from '../parts.ts'
import { asText } from '../as-text.ts'
import { defineBlock } from '../block.ts'
import type { Turn } from '../turn.ts'
import { fail } from './fail.ts'
import { resultList } from './result-list.ts'

/** Enough to see what people ask and the knowledge base lacks. */
const MISS_LENGTH = 200

/** Answers one question from a knowledge base. Exits: answered, noMatch, noInput. */
export const faqSchema = z.object({
  type: z.literal('faq'),
  ...baseFields,
  /** asked before listening; without it the block listens silently */
  prompt: promptSchema.optional(),
  /** take what was said last (`lastText`) instead of asking, if there is any */
  first: z.boolean().optional(),
  knowledgeBase: refSchema,
  minScore: z.number().min(0),
  top: z.number().int().min(1).max(10).optional(),
  /** stores the whole answer {id, question, answer, score} */
  set: varNameSchema.optional(),
  /** false: only store the answer, the flow says it */
  sayAnswer: z.boolean().optional(),
  retry: retrySchema.optional(),
  input: inputSchema.optional(),
  out: outSchema,
})

export const faqBlock = defineBlock({
  type: 'faq',
  schema: faqSchema,
  waits: 'person',
  ports: () => ({ required: ['answered', 'noMatch'], optional: ['noInput', 'error'] }),
  prompts: (block) => [
    ['prompt', block.prompt],
    ['retry.noInput', block.retry?.noInput],
  ],
  enter(block, turn) {
    const { lastText } = turn.state
    if (block.first && lastText) search(block, lastText, turn)
    else turn.waitFor('question')
  },
  asks: (block) => ({
    prompt: block.prompt,
    retry: block.retry,
    expects: 'question',
    input: block.input,
  }),
  answer(block, heard, turn) {
    search(block, heard[0]?.text ?? '', turn)
  },
  result(block, result, turn) {
    if (!result.ok) return fail(result, turn)
    const best = resultList(result.value)[0]
    if (!best || best.score < block.minScore) {
      turn.track('faqMiss', { data: { text: asked(turn).slice(0, MISS_LENGTH) } })
      turn.exit('noMatch')
      return
    }
    turn.track('faq', { data: { id: best.id ?? null, score: best.score } })
    turn.set(block.set, best)
    if (block.sayAnswer !== false) turn.sayText(asText(best.answer))
    turn.exit('answered')
  },
})

type Faq = z.infer<typeof faqSchema>

function search(block: Faq, text: string, turn: Turn): void {
  turn.call({ kind: 'faq', knowledgeBase: block.knowledgeBase, text, top: block.top ?? 3 })
}

const asked = (turn: Turn) => turn.state.lastText ?? ''
