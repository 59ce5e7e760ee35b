import { z } from 'zod'
import {
  baseFields,
  choiceSchema,
  inputSchema,
  outSchema,
  promptSchema,
  retrySchema,
  varNameSchema,
} from '../parts.ts'
import { defineBlock } from '../block.ts'
import { looksLikeQuestion, matchOption } from '../match.ts'
import { asKeys } from '../normalize.ts'
import type { Choice } from '../schema.ts'
import type { Heard } from '../slots/slot.ts'
import { yesOrNo } from '../slots/yesno.ts'
import type { Turn } from '../turn.ts'
import { choiceHints, longestKey, showChoices, yesNoChoices } from './choices.ts'
import { menuDescription } from './menu-description.ts'

/** Offers choices. Exits: one per choice id, noMatch, noInput, other (any text that is no choice). */
export const menuSchema = z.object({
  type: z.literal('menu'),
  ...baseFields,
  prompt: promptSchema,
  choices: z.array(choiceSchema).min(1),
  retry: retrySchema.optional(),
  /** read back when speech was unsure (`input.confirmBelow`); `{{heard}}` is the choice's label */
  confirm: promptSchema.optional(),
  input: inputSchema.optional(),
  set: varNameSchema.optional(),
  out: outSchema,
})

export const menuBlock = defineBlock({
  type: 'menu',
  schema: menuSchema,
  description: menuDescription,
  waits: 'person',
  ports: (block) => ({
    required: [...block.choices.map(({ id }) => id), 'noMatch'],
    optional: ['noInput', 'other'],
  }),
  prompts: (block) => [
    ['prompt', block.prompt],
    ['confirm', block.confirm],
    ['retry.noInput', block.retry?.noInput],
    ['retry.noMatch', block.retry?.noMatch],
  ],
  enter(_block, turn) {
    turn.waitFor('choice')
  },
  asks(block, turn) {
    const choices = visible(block, turn)
    const asked = turn.wait?.pending
    if (turn.wait?.stage === 'confirm') {
      const choice = choices.find(({ id }) => id === asked)
      const heard = choice ? turn.text(choice.label) : ''
      return {
        prompt: block.confirm,
        expects: 'yesno',
        choices: yesNoChoices(turn),
        values: { heard },
        input: block.input,
      }
    }
    return {
      prompt: block.prompt,
      retry: block.retry,
      choices: showChoices(choices, turn),
      expects: 'choice',
      hints: choiceHints(choices, turn),
      open: block.out.other !== undefined,
      input: block.input,
      dtmf: { maxDigits: longestKey(choices) },
    }
  },
  // only what means a choice beyond doubt: its key, or its whole phrase
  claims(block, heard, turn) {
    if (turn.wait?.stage === 'confirm') return yesOrNo(heard.text) !== undefined
    return matchOption(visible(block, turn), heard.text, turn.state.lang, true) !== undefined
  },
  answer(block, heard, turn) {
    const found = understand(block, heard, turn)
    if (turn.wait?.stage === 'confirm') return confirmed(block, heard, found, turn)
    if (!found) return notAChoice(block, heard, turn)
    const sureFrom = turn.inputOptions().confirmBelow ?? 0
    if (block.confirm && found.heard.by === 'speech' && found.heard.confidence < sureFrom)
      turn.waitFor('confirm', found.choice.id)
    else choose(block, found.choice, turn)
  },
})

type Menu = z.infer<typeof menuSchema>
interface Found {
  choice: Choice
  heard: Heard
}

const visible = (block: Menu, turn: Turn) =>
  block.choices.filter(({ when }) => !when || turn.holds(when))

function understand(block: Menu, heard: Heard[], turn: Turn): Found | undefined {
  const choices = visible(block, turn)
  for (const each of heard) {
    const tapped = each.by === 'choice' && choices.find(({ id }) => id === each.text)
    // a question must reach the block that answers questions, even if it names a choice
    const strict = block.out.other !== undefined && looksLikeQuestion(each.text)
    const choice = tapped || matchOption(choices, each.text, turn.state.lang, strict)
    if (choice) return { choice, heard: each }
  }
  return undefined
}

function confirmed(block: Menu, heard: Heard[], found: Found | undefined, turn: Turn): void {
  const yes = yesOrNo(heard[0]?.text ?? '')
  const pending = block.choices.find(({ id }) => id === turn.wait?.pending)
  if (yes && pending) choose(block, pending, turn)
  else if (yes === false) turn.waitFor('choice')
  else if (found) choose(block, found.choice, turn)
  else turn.miss('noMatch')
}

function notAChoice(block: Menu, heard: Heard[], turn: Turn): void {
  const words = heard.some(({ by, text }) => by !== 'dtmf' && text && asKeys(text) === undefined)
  if (words && block.out.other !== undefined) turn.exit('other')
  else turn.miss('noMatch')
}

function choose(block: Menu, choice: Choice, turn: Turn): void {
  turn.set(block.set, choice.value ?? choice.id)
  turn.understood()
  turn.exit(choice.id, 'noMatch')
}
