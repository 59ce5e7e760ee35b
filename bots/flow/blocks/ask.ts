import { z } from 'zod'
import {
  baseFields,
  inputSchema,
  outSchema,
  promptSchema,
  retrySchema,
  varNameSchema,
} from '../parts.ts'
import { slotSchema } from '../slots/schema.ts'
import { defineBlock } from '../block.ts'
import { asKeys } from '../normalize.ts'
import { isEmpty } from '../path.ts'
import type { InputOptions, Slot } from '../schema.ts'
import type { ShownChoice } from '../state.ts'
import { parseSlot } from '../slots/parse.ts'
import type { Heard } from '../slots/slot.ts'
import { yesOrNo } from '../slots/yesno.ts'
import type { Turn } from '../turn.ts'
import { choiceHints, longestKey, showChoices, yesNoChoices } from './choices.ts'
import { askDescription } from './ask-description.ts'

/** Asks one question and stores the answer. Exits: next, noMatch, noInput. */
export const askSchema = z.object({
  type: z.literal('ask'),
  ...baseFields,
  prompt: promptSchema,
  slot: slotSchema,
  set: varNameSchema,
  retry: retrySchema.optional(),
  /** read the answer back and ask whether it is right; may name the variable being set */
  confirm: promptSchema.optional(),
  /** do not ask what is already known */
  skipIfSet: z.boolean().optional(),
  input: inputSchema.optional(),
  out: outSchema,
})

export const askBlock = defineBlock({
  type: 'ask',
  schema: askSchema,
  description: askDescription,
  waits: 'person',
  ports: () => ({ required: ['next', 'noMatch'], optional: ['noInput'] }),
  prompts: (block) => [
    ['prompt', block.prompt],
    ['confirm', block.confirm],
    ['retry.noInput', block.retry?.noInput],
    ['retry.noMatch', block.retry?.noMatch],
    ['retry.invalid', block.retry?.invalid],
  ],
  enter(block, turn) {
    if (block.skipIfSet && !isEmpty(turn.lookup(block.set))) turn.exit('next')
    else turn.waitFor('answer')
  },
  asks(block, turn) {
    const { slot } = block
    if (turn.wait?.stage === 'confirm')
      return {
        prompt: block.confirm,
        expects: 'yesno',
        choices: yesNoChoices(turn, 'right'),
        input: block.input,
        values: { [block.set]: turn.wait.pending },
      }
    return {
      prompt: block.prompt,
      retry: block.retry,
      choices: offered(slot, turn),
      hints: slot.type === 'enum' ? choiceHints(slot.choices, turn) : [],
      expects: slot.type,
      input: block.input,
      dtmf: keypad(block),
    }
  },
  // "0" is an answer to "how many?", but a cry for a person when a story was asked for
  claims(block, heard, turn) {
    if (turn.wait?.stage === 'confirm') return yesOrNo(heard.text) !== undefined
    if (block.slot.type === 'text' || block.slot.type === 'location') return false
    return typeof parseSlot(block.slot, heard, turn.slotContext()) === 'object'
  },
  answer(block, heard, turn) {
    if (turn.wait?.stage === 'confirm') confirm(block, heard, turn)
    else take(block, heard, turn)
  },
})

type Ask = z.infer<typeof askSchema>

function take(block: Ask, heard: Heard[], turn: Turn): void {
  const results = heard.map((each) => parseSlot(block.slot, each, turn.slotContext()))
  const found = results.find((result) => typeof result === 'object')
  if (found) return accept(block, found.value, turn)
  const invalid = results.includes('invalid') ? block.retry?.invalid : undefined
  turn.miss('noMatch', invalid)
}

function accept(block: Ask, value: unknown, turn: Turn): void {
  if (block.confirm) turn.waitFor('confirm', value)
  else store(block, value, turn)
}

function store(block: Ask, value: unknown, turn: Turn): void {
  turn.set(block.set, value)
  turn.exit('next')
}

function confirm(block: Ask, heard: Heard[], turn: Turn): void {
  const [first] = heard
  const yes = first && yesOrNo(first.text)
  if (!first || !turn.wait) return turn.miss('noMatch')
  if (yes) return store(block, turn.wait.pending, turn)
  const better = correction(block, first, turn)
  if (better) return turn.waitFor('confirm', better.value)
  if (yes === undefined) return turn.miss('noMatch')
  // keeps the counters: whoever says no again and again needs another way
  turn.wait.stage = 'answer'
  delete turn.wait.pending
  turn.miss('noMatch', block.prompt)
}

/** 不对,是13900000000: the right answer came with the no. */
function correction(block: Ask, heard: Heard, turn: Turn) {
  const free = ['text', 'location', 'media', 'yesno'].includes(block.slot.type)
  if (free || (asKeys(heard.text)?.length ?? 2) === 1) return undefined
  const result = parseSlot(block.slot, heard, turn.slotContext())
  return typeof result === 'object' ? result : undefined
}

function offered(slot: Slot, turn: Turn): ShownChoice[] {
  if (slot.type === 'enum') return showChoices(slot.choices, turn)
  return slot.type === 'yesno' ? yesNoChoices(turn) : []
}

/** How keys are collected for this answer: as many as can come, # ends early. */
function keypad({ slot }: Ask): InputOptions['dtmf'] {
  switch (slot.type) {
    case 'digits':
      return { minDigits: slot.minLength, maxDigits: slot.maxLength, endKey: '#' }
    case 'phone':
      return { maxDigits: 20, endKey: '#', interDigitMs: 3000 }
    case 'number':
      // 150*50 is 150.50: a telephone has no point
      return {
        maxDigits: String(slot.max ?? 999_999).length + (slot.integer ? 0 : 3),
        endKey: '#',
      }
    case 'date':
      return { maxDigits: 8, endKey: '#' }
    case 'enum':
      return { maxDigits: longestKey(slot.choices) }
    default:
      return { maxDigits: 1 }
  }
}
