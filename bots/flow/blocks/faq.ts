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
import type { Asking } from '../block.ts'
import { matchOption } from '../match.ts'
import { readPath } from '../path.ts'
import type { Heard } from '../slots/slot.ts'
import { yesOrNo } from '../slots/yesno.ts'
import { spokenAnswer } from '../spoken-answer.ts'
import type { Turn } from '../turn.ts'
import { noneOfThese } from './choices.ts'
import { fail } from './fail.ts'
import { resultList } from './result-list.ts'
import type { Hit } from './result-list.ts'
import { faqDescription } from './faq-description.ts'

/** Enough to see what people ask and the knowledge base lacks. */
const MISS_LENGTH = 200
const OFFERED = 3
/** Offered answers wait in the state, which must stay small. */
const MAX_OFFERED_ANSWER = 2000

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
  /** where people write, hits below this are not answered but offered, if there is an `offer` prompt */
  sureScore: z.number().min(0).optional(),
  /** `您是想问:`, with the three best questions as choices */
  offer: promptSchema.optional(),
  /** hits from this score on may be offered; default minScore */
  offerScore: z.number().min(0).optional(),
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
  description: faqDescription,
  waits: 'person',
  ports: () => ({ required: ['answered', 'noMatch'], optional: ['noInput', 'error'] }),
  prompts: (block) => [
    ['prompt', block.prompt],
    ['offer', block.offer],
    ['retry.noInput', block.retry?.noInput],
  ],
  enter(block, turn) {
    const { lastText } = turn.state
    if (block.first && lastText) search(block, lastText, turn)
    else turn.waitFor('question')
  },
  asks(block, turn): Asking {
    const { retry, input } = block
    if (turn.wait?.stage !== 'offer')
      return { prompt: block.prompt, retry, expects: 'question', input }
    const choices = options(turn).map(({ id, dtmf, label }) => ({
      id,
      key: dtmf,
      label: turn.text(label),
    }))
    // another question is as welcome as a choice
    return { prompt: block.offer, choices, expects: 'choice', open: true, input }
  },
  claims: (_block, heard, turn) =>
    turn.wait?.stage === 'offer' &&
    matchOption(options(turn), heard.text, turn.state.lang, true) !== undefined,
  answer(block, heard, turn) {
    if (turn.wait?.stage === 'offer') choose(block, heard, turn)
    else search(block, heard[0]?.text ?? '', turn)
  },
  result(block, result, turn) {
    if (!result.ok) return fail(result, turn)
    const hits = resultList(result.value)
    const [best] = hits
    const sure = turn.byPhone ? block.minScore : (block.sureScore ?? block.minScore)
    if (best && best.score >= (block.offer ? sure : block.minScore)) return tell(block, best, turn)
    const near = hits
      .filter(({ score }) => score >= (block.offerScore ?? block.minScore))
      .filter(({ question }) => asText(question))
      .slice(0, OFFERED)
    const asked = turn.state.lastText ?? ''
    if (!block.offer || near.length === 0 || offeredEnough(turn)) return missed(asked, turn)
    turn.waitFor('offer', { asked, hits: near.map(small) })
  },
})

type Faq = z.infer<typeof faqSchema>

function search(block: Faq, text: string, turn: Turn): void {
  turn.call({ kind: 'faq', knowledgeBase: block.knowledgeBase, text, top: block.top ?? OFFERED })
}

function tell(block: Faq, hit: Hit, turn: Turn): void {
  turn.track('faq', { data: { id: hit.id ?? null, score: hit.score } })
  turn.set(block.set, hit)
  if (block.sayAnswer !== false)
    say(asText(hit.speak) || asText(hit.answer), asText(hit.answer), turn)
  turn.exit('answered')
}

function say(forEar: string, answer: string, turn: Turn): void {
  if (!turn.byPhone) return turn.sayText(answer)
  for (const sentence of spokenAnswer(forEar, turn.state.lang)) turn.sayText(sentence)
}

/** Asked in other words and unsure again: that counts as not understood, or it would go on for ever. */
function offeredEnough(turn: Turn): boolean {
  const { wait } = turn
  if (wait?.stage !== 'offer') return false
  wait.noMatch += 1
  return wait.noMatch > turn.inputOptions().maxNoMatch
}

function missed(asked: string, turn: Turn): void {
  turn.track('faqMiss', { data: { text: asked.slice(0, MISS_LENGTH) } })
  turn.exit('noMatch')
}

const small = (hit: Hit) => ({
  id: asText(hit.id),
  question: asText(hit.question),
  answer: asText(hit.answer).slice(0, MAX_OFFERED_ANSWER),
  score: hit.score,
})

const offered = (turn: Turn): Hit[] => resultList(readPath(turn.wait?.pending, 'hits'))

/** The questions offered, and the way out; numbered as they are shown. */
function options(turn: Turn) {
  const { lang } = turn.state
  const hits = offered(turn).map((hit, index) => ({
    id: `hit${index + 1}`,
    dtmf: String(index + 1),
    label: { [lang]: asText(hit.question) },
  }))
  return [...hits, { id: 'none', dtmf: String(hits.length + 1), label: noneOfThese(lang) }]
}

function choose(block: Faq, heard: Heard[], turn: Turn): void {
  const text = heard[0]?.text ?? ''
  const list = options(turn)
  const tapped = list.find(({ id }) => heard[0]?.by === 'choice' && id === text)
  const chosen = tapped ?? matchOption(list, text, turn.state.lang, true)
  const hits = offered(turn)
  const only = hits.length === 1 && yesOrNo(text) ? hits[0] : undefined
  const hit = only ?? (chosen && hits[list.indexOf(chosen)])
  if (hit || chosen || yesOrNo(text) === false) {
    // 1 or 都不是 is not what was asked
    const asked = asText(readPath(turn.wait?.pending, 'asked'))
    turn.state.lastText = asked
    return hit ? tell(block, hit, turn) : missed(asked, turn)
  }
  if (heard[0]?.by === 'dtmf' || !/\p{L}/u.test(text)) return turn.miss('noMatch')
  search(block, text, turn)
}
