import { z } from 'zod'
import {
  baseFields,
  inputSchema,
  keySchema,
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
import type { Option } from '../match.ts'
import { asKeys } from '../normalize.ts'
import type { Turn } from '../turn.ts'
import { choiceHints, longestKey, showChoices } from './choices.ts'
import { surveyDescription } from './survey-description.ts'

/** Asks for a score and perhaps a comment. Exits: next; noInput and noMatch (default next). */
export const surveySchema = z.object({
  type: z.literal('survey'),
  ...baseFields,
  survey: refSchema,
  prompt: promptSchema,
  scale: z
    .array(
      z.object({
        dtmf: keySchema,
        score: z.number(),
        label: perLang(templateSchema),
        say: perLang(z.array(z.string().min(1))).optional(),
      }),
    )
    .min(1),
  /** asks for words after the score; any answer, also none, goes on */
  comment: promptSchema.optional(),
  set: varNameSchema.optional(),
  setComment: varNameSchema.optional(),
  retry: retrySchema.optional(),
  input: inputSchema.optional(),
  out: outSchema,
})

export const surveyBlock = defineBlock({
  type: 'survey',
  schema: surveySchema,
  description: surveyDescription,
  waits: 'person',
  ports: () => ({ required: ['next'], optional: ['noInput', 'noMatch'] }),
  prompts: (block) => [
    ['prompt', block.prompt],
    ['comment', block.comment],
    ['retry.noInput', block.retry?.noInput],
    ['retry.noMatch', block.retry?.noMatch],
  ],
  enter(_block, turn) {
    turn.waitFor('score')
  },
  asks(block, turn) {
    if (turn.wait?.stage === 'comment')
      return { prompt: block.comment, expects: 'comment', input: block.input, giveUp: ['next'] }
    return {
      prompt: block.prompt,
      retry: block.retry,
      choices: showChoices(options(block), turn),
      expects: 'choice',
      hints: choiceHints(options(block), turn),
      input: block.input,
      dtmf: { maxDigits: longestKey(options(block)) },
      giveUp: ['next'],
    }
  },
  claims: (block, heard, turn) =>
    turn.wait?.stage === 'score' &&
    matchOption(options(block), heard.text, turn.state.lang, true) !== undefined,
  silence(_block, turn) {
    if (turn.wait?.stage !== 'comment') return false
    turn.exit('next')
    return true
  },
  answer(block, heard, turn) {
    if (turn.wait?.stage === 'comment') return takeComment(block, heard[0]?.text ?? '', turn)
    for (const { text } of heard) {
      const option = matchOption(options(block), text, turn.state.lang)
      if (!option) continue
      turn.set(block.set, option.score)
      turn.understood()
      turn.track('survey', { data: { survey: block.survey, score: option.score } })
      if (block.comment) turn.waitFor('comment')
      else turn.exit('next')
      return
    }
    turn.miss('noMatch')
  },
})

type Survey = z.infer<typeof surveySchema>
type ScoreOption = Option & { score: number }

const SKIP = /^(没有?了?|无|跳过|不用了?|算了|no|none|skip|nothing|thanks|no thanks)$/i

function takeComment(block: Survey, text: string, turn: Turn): void {
  const comment = text.trim()
  if (comment && asKeys(comment) === undefined && !SKIP.test(comment)) {
    turn.set(block.setComment, comment)
    turn.track('surveyComment', { data: { survey: block.survey, comment } })
  }
  turn.exit('next')
}

const known = new WeakMap<Survey, ScoreOption[]>()

function options(block: Survey): ScoreOption[] {
  let list = known.get(block)
  if (!list) {
    list = block.scale.map((entry) => ({ id: entry.dtmf, ...entry }))
    known.set(block, list)
  }
  return list
}
