import { z } from 'zod'
import {
  baseFields,
  inputSchema,
  outSchema,
  pathSchema,
  promptSchema,
  refSchema,
  retrySchema,
  valueSchema,
  varNameSchema,
} from '../parts.ts'
import { defineBlock } from '../block.ts'
import { handoffOf } from '../handoff.ts'
import type { ShownChoice } from '../state.ts'
import { parseSlot } from '../slots/parse.ts'
import type { Heard } from '../slots/slot.ts'
import { yesOrNo } from '../slots/yesno.ts'
import { asText } from '../as-text.ts'
import type { Turn } from '../turn.ts'
import { callbackNoted, incompleteNumber, isThisTheNumber, whichNumber } from '../wordings.ts'
import { labelled, yesNoChoices } from './choices.ts'
import { callbackDescription } from './callback-description.ts'

/**
 * Registers a call by an agent instead of waiting. Confirms the number known or asks for one, then hands over
 * with it. Exits: failed; closed, timeout (default failed); noMatch, noInput (no number; default failed);
 * after, returned, cancelled as of a queue block.
 */
export const callbackSchema = z.object({
  type: z.literal('callback'),
  ...baseFields,
  queue: refSchema,
  /** default: by telephone the caller's number, else that of the contact */
  number: valueSchema.optional(),
  /** asks about the number known, which it may name: `{{number|digits}}`. Key 1 or yes takes it */
  prompt: promptSchema,
  /** asks for a number when none is known or another is wanted; there is a built-in one */
  ask: promptSchema.optional(),
  /** reads back another number; numbers that were spoken are always read back */
  confirm: promptSchema.optional(),
  /** said when it is registered; there is a built-in one */
  done: promptSchema.optional(),
  /** stores the number to be called */
  set: varNameSchema.optional(),
  priority: z.number().int().min(0).max(9).optional(),
  skills: z.array(refSchema).optional(),
  attach: z.array(pathSchema).optional(),
  maxWaitSeconds: z.number().int().min(1).optional(),
  retry: retrySchema.optional(),
  input: inputSchema.optional(),
  out: outSchema,
})

export const callbackBlock = defineBlock({
  type: 'callback',
  schema: callbackSchema,
  description: callbackDescription,
  waits: 'agent',
  ports: () => ({
    required: ['failed'],
    optional: ['closed', 'timeout', 'noMatch', 'noInput', 'after', 'returned', 'cancelled'],
  }),
  prompts: (block) => [
    ['prompt', block.prompt],
    ['ask', block.ask],
    ['confirm', block.confirm],
    ['done', block.done],
    ['retry.noInput', block.retry?.noInput],
    ['retry.noMatch', block.retry?.noMatch],
    ['retry.invalid', block.retry?.invalid],
  ],
  enter(block, turn) {
    const number = knownNumber(block, turn)
    if (number === undefined) turn.waitFor('number')
    else turn.waitFor('known', number)
  },
  asks(block, turn) {
    const { input, retry } = block
    const number = asText(turn.wait?.pending)
    const giveUp = ['failed']
    if (turn.wait?.stage === 'confirm') {
      const prompt = block.confirm ?? isThisTheNumber
      const choices = yesNoChoices(turn, 'right')
      return { prompt, choices, expects: 'yesno', input, values: { number }, giveUp }
    }
    const keypad = {
      expects: 'phone',
      input,
      giveUp,
      dtmf: { maxDigits: 20, endKey: '#' as const },
    }
    if (turn.wait?.stage === 'number') return { ...keypad, prompt: block.ask ?? whichNumber, retry }
    return {
      ...keypad,
      prompt: block.prompt,
      retry,
      choices: sameOrOther(turn),
      values: { number },
    }
  },
  claims: (_block, heard, turn) =>
    numberIn(heard, turn) !== undefined ||
    (turn.wait?.stage !== 'number' && yesOrNo(heard.text) !== undefined),
  answer(block, heard, turn) {
    const [first] = heard
    const stage = turn.wait?.stage
    if (!first || !turn.wait) return turn.miss('noMatch')
    const another = heard.map((each) => numberIn(each, turn)).find((each) => each !== undefined)
    if (another !== undefined) return take(block, another, first, turn)
    const says = stage === 'number' ? undefined : sameNumber(first)
    if (says === true) return register(block, asText(turn.wait.pending), turn)
    if (says === false) return turn.waitFor('number')
    const tooShort = stage !== 'confirm' && /\d{3}/.test(first.text)
    turn.miss('noMatch', tooShort ? (block.retry?.invalid ?? incompleteNumber) : undefined)
  },
})

type Callback = z.infer<typeof callbackSchema>

/** What can be called back: a number of people, or an extension of the house. */
const DIALLABLE = /^\+?\d{3,15}$/

function knownNumber(block: Callback, turn: Turn): string | undefined {
  const candidates = block.number
    ? [turn.value(block.number)]
    : [turn.byPhone ? turn.lookup('call.caller') : undefined, turn.lookup('contact.phone')]
  return candidates
    .map((each) => asText(each).replace(/[\s()-]/g, ''))
    .find((each) => DIALLABLE.test(each))
}

function numberIn(heard: Heard, turn: Turn): string | undefined {
  const slot = { type: 'phone', country: 'intl' } as const
  const result = parseSlot(slot, heard, turn.slotContext())
  return typeof result === 'object' ? asText(result.value) : undefined
}

/** Tapped, key 1 or 2, or in words. */
function sameNumber({ text, by }: Heard): boolean | undefined {
  if (by === 'choice') return text === 'same' ? true : text === 'other' ? false : yesOrNo(text)
  if (/换|别的|其他|另|another|other|different/i.test(text)) return false
  return yesOrNo(text) ?? (/本机|这个|现在|this (?:one|number)/i.test(text) ? true : undefined)
}

function take(block: Callback, number: string, heard: Heard, turn: Turn): void {
  if (block.confirm || heard.by === 'speech') turn.waitFor('confirm', number)
  else register(block, number, turn)
}

function register(block: Callback, number: string, turn: Turn): void {
  turn.set(block.set, number)
  turn.understood()
  turn.track('callback', { data: { queue: block.queue } })
  turn.sayWith(block.done ?? callbackNoted, { number }, turn.byPhone ? { final: true } : {})
  turn.queue({ ...handoffOf(block, turn), callback: number })
}

const SAME_OR_OTHER: Record<string, [string, string]> = {
  'zh-CN': ['用这个号码', '换个号码'],
  en: ['This number', 'Another number'],
  ja: ['この番号', '別の番号'],
  ko: ['이 번호', '다른 번호'],
}

function sameOrOther(turn: Turn): ShownChoice[] {
  return labelled(SAME_OR_OTHER, ['same', 'other'], turn)
}
