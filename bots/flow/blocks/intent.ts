import { z } from 'zod'
import {
  baseFields,
  inputSchema,
  outSchema,
  perLang,
  promptSchema,
  refSchema,
  retrySchema,
  templateSchema,
  varNameSchema,
} from '../parts.ts'
import { defineBlock } from '../block.ts'
import { matchOption } from '../match.ts'
import type { Lang } from '../schema.ts'
import { yesOrNo } from '../slots/yesno.ts'
import type { Turn } from '../turn.ts'
import { fail } from './fail.ts'
import { resultList } from './result-list.ts'
import { intentDescription } from './intent-description.ts'

/** The right intent is first in 76 % of fresh sentences, among the first three in 91 %. */
const OFFERED = 3

/** Sorts what was said into intents. Exits: one per entry id, noMatch, noInput. */
export const intentSchema = z.object({
  type: z.literal('intent'),
  ...baseFields,
  prompt: promptSchema.optional(),
  /** take what was said last (`lastText`) instead of asking, if there is any */
  first: z.boolean().optional(),
  classifier: refSchema,
  /** below this nothing is believed */
  minScore: z.number().min(0).max(1),
  /** between minScore and this the best three are offered, if there is an `offer` prompt */
  sureScore: z.number().min(0).max(1).optional(),
  /** `您是想问:{{offers}}?`; offers reads “1 门票,2 天气” */
  offer: promptSchema.optional(),
  intents: z.array(
    z.object({
      id: z.string().regex(/^[A-Za-z0-9_][\w-]{0,39}$/),
      intent: z.string().min(1),
      label: perLang(templateSchema).optional(),
    }),
  ),
  /** stores the text that was sorted */
  set: varNameSchema.optional(),
  retry: retrySchema.optional(),
  input: inputSchema.optional(),
  out: outSchema,
})

export const intentBlock = defineBlock({
  type: 'intent',
  schema: intentSchema,
  description: intentDescription,
  waits: 'person',
  ports: (block) => ({
    required: [...block.intents.map(({ id }) => id), 'noMatch'],
    optional: ['noInput', 'error'],
  }),
  prompts: (block) => [
    ['prompt', block.prompt],
    ['offer', block.offer],
    ['retry.noInput', block.retry?.noInput],
    ['retry.noMatch', block.retry?.noMatch],
  ],
  enter(block, turn) {
    const { lastText } = turn.state
    if (block.first && lastText) classify(block, lastText, turn)
    else turn.waitFor('question')
  },
  asks(block, turn) {
    if (turn.wait?.stage !== 'offer')
      return {
        prompt: block.prompt,
        retry: block.retry,
        expects: 'question',
        input: block.input,
      }
    const offers = offered(block, turn)
    const choices = offers.map(({ id, dtmf, label }) => ({
      id,
      key: dtmf,
      label: turn.text(label),
    }))
    const list = choices.map(({ key, label }) => `${key} ${label}`).join('、')
    return {
      prompt: block.offer,
      choices,
      expects: 'choice',
      hints: choices.map(({ label }) => label),
      input: block.input,
      values: { offers: list },
    }
  },
  claims: (block, heard, turn) =>
    turn.wait?.stage === 'offer' &&
    offered(block, turn).some(({ dtmf }) => dtmf === heard.text.trim()),
  answer(block, heard, turn) {
    const text = heard[0]?.text ?? ''
    if (turn.wait?.stage !== 'offer') return classify(block, text, turn)
    const offers = offered(block, turn)
    const chosen =
      offers.find(({ id }) => heard[0]?.by === 'choice' && id === text) ??
      matchOption(offers, text, turn.state.lang) ??
      (offers.length === 1 && yesOrNo(text) ? offers[0] : undefined)
    if (chosen) turn.exit(chosen.id, 'noMatch')
    else if (yesOrNo(text) === false || /都不|none|neither/i.test(text)) turn.exit('noMatch')
    else turn.miss('noMatch')
  },
  result(block, result, turn) {
    if (!result.ok) return fail(result, turn)
    const hits = resultList(result.value).filter(({ score }) => score >= block.minScore)
    const [best] = hits
    turn.track('intent', { data: { intent: best?.intent ?? null, score: best?.score ?? null } })
    const entries = hits.flatMap((hit) => block.intents.filter((e) => e.intent === hit.intent))
    const [entry] = entries
    if (!best || !entry || entry.intent !== best.intent) return notUnderstood(turn)
    const unsure = best.score < (block.sureScore ?? block.minScore)
    const labelled = entries.filter(({ label }) => label).slice(0, OFFERED)
    if (unsure && block.offer && labelled.length > 0)
      turn.waitFor('offer', [...new Set(labelled.map(({ id }) => id))])
    else turn.exit(entry.id, 'noMatch')
  },
})

type Intent = z.infer<typeof intentSchema>

function classify(block: Intent, text: string, turn: Turn): void {
  turn.set(block.set, text)
  turn.call({ kind: 'intent', classifier: block.classifier, text, top: OFFERED })
}

/** Asked here: ask again. Said elsewhere (`first`): somebody else may know. */
function notUnderstood(turn: Turn): void {
  if (turn.wait?.block === turn.frame.block) turn.miss('noMatch')
  else turn.exit('noMatch')
}

function offered(block: Intent, turn: Turn) {
  const ids: unknown[] = Array.isArray(turn.wait?.pending) ? turn.wait.pending : []
  return ids.flatMap((id, index) => {
    const entry = block.intents.find((each) => each.id === id)
    const label: Record<Lang, string> | undefined = entry?.label
    return entry && label ? [{ id: entry.id, dtmf: String(index + 1), label }] : []
  })
}
