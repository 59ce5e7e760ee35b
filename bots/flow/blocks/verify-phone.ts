import { z } from 'zod'
import {
  baseFields,
  inputSchema,
  outSchema,
  promptSchema,
  retrySchema,
  valueSchema,
  varNameSchema,
} from '../parts.ts'
import { asText } from '../as-text.ts'
import { defineBlock } from '../block.ts'
import { spokenDigits } from '../numerals.ts'
import { readPath } from '../path.ts'
import { parseSlot } from '../slots/parse.ts'
import type { Heard } from '../slots/slot.ts'
import type { ShownChoice } from '../state.ts'
import type { Turn } from '../turn.ts'
import { incompleteNumber } from '../wordings.ts'
import { labelled } from './choices.ts'
import {
  codeExpired,
  codeSentJustNow,
  enterCode,
  noTextMessages,
  whichMobile,
  wrongCode,
} from './verify-phone-wordings.ts'
import { verifyPhoneDescription } from './verify-phone-description.ts'

const CODE_DIGITS = 6

/**
 * Proves a telephone number: sends a code to it by short message and has it entered. Who proves a number they
 * have proven elsewhere is the same contact from then on. Exits: verified; failed (no right code, default of
 * noMatch and noInput); unavailable (nothing can be sent, default failed).
 */
export const verifyPhoneSchema = z.object({
  type: z.literal('verifyPhone'),
  ...baseFields,
  /** default: by telephone the caller's number, else that of the contact; without one it is asked for */
  number: valueSchema.optional(),
  /** asks for the number; there is a built-in one */
  ask: promptSchema.optional(),
  /** asks for the code, may name `{{number|mask}}`. Key 1 sends another, key 2 takes another number */
  prompt: promptSchema.optional(),
  /** stores the number proven, with + and country code */
  set: varNameSchema.optional(),
  /** `noMatch` is said when the code is wrong */
  retry: retrySchema.optional(),
  input: inputSchema.optional(),
  out: outSchema,
})

export const verifyPhoneBlock = defineBlock({
  type: 'verifyPhone',
  schema: verifyPhoneSchema,
  description: verifyPhoneDescription,
  waits: 'person',
  ports: () => ({
    required: ['verified', 'failed'],
    optional: ['unavailable', 'noMatch', 'noInput'],
  }),
  prompts: (block) => [
    ['ask', block.ask],
    ['prompt', block.prompt],
    ['retry.noInput', block.retry?.noInput],
    ['retry.noMatch', block.retry?.noMatch],
    ['retry.invalid', block.retry?.invalid],
  ],
  enter(block, turn) {
    const number = knownNumber(block, turn)
    if (number) turn.call({ kind: 'phoneCode', op: 'send', phone: number })
    else turn.waitFor('number')
  },
  asks(block, turn) {
    const { input, retry } = block
    const giveUp = ['failed']
    if (turn.wait?.stage === 'number')
      return {
        prompt: block.ask ?? whichMobile,
        retry: { noInput: retry?.noInput, invalid: retry?.invalid },
        expects: 'phone',
        input,
        giveUp,
        dtmf: { maxDigits: 20, endKey: '#' },
      }
    return {
      prompt: block.prompt ?? enterCode,
      retry: { ...retry, noMatch: retry?.noMatch ?? wrongCode },
      choices: againOrOther(turn),
      expects: 'digits',
      input,
      giveUp,
      dtmf: { maxDigits: CODE_DIGITS, endKey: '#' },
      values: { number: numberOf(turn) },
    }
  },
  claims: (_block, heard, turn) =>
    turn.wait?.stage === 'number'
      ? numberIn(heard, turn) !== undefined
      : codeIn(heard) !== undefined || wish(heard) !== undefined,
  answer(block, heard, turn) {
    const [first] = heard
    if (!first) return turn.miss('noMatch')
    if (turn.wait?.stage === 'number') return takeNumber(block, heard, turn)
    const code = heard.map(codeIn).find((each) => each !== undefined)
    const phone = numberOf(turn)
    if (code) return turn.call({ kind: 'phoneCode', op: 'check', phone, code })
    switch (wish(first)) {
      case 'again':
        return turn.call({ kind: 'phoneCode', op: 'send', phone })
      case 'other':
        return turn.waitFor('number')
      default:
        turn.miss('noMatch')
    }
  },
  result(block, result, turn) {
    if (!result.ok) {
      turn.track('fail', { data: { code: result.code } })
      return turn.exit('unavailable', 'failed')
    }
    const phone = asText(readPath(result.value, 'phone'))
    switch (readPath(result.value, 'state')) {
      case 'sent':
        return turn.waitFor('code', phone)
      case 'tooOften':
        // the one before still counts
        if (turn.wait?.stage === 'code') return turn.miss('noMatch', codeSentJustNow)
        return turn.waitFor('code', phone)
      case 'badNumber':
        if (turn.wait?.stage === 'number') return turn.miss('noMatch', noTextMessages)
        turn.say(noTextMessages)
        return turn.waitFor('number')
      case 'proven':
        turn.set(block.set, phone)
        turn.understood()
        turn.track('verified')
        return turn.exit('verified')
      case 'wrong':
        return turn.miss('noMatch')
      default:
        return turn.miss('noMatch', codeExpired)
    }
  },
})

type VerifyPhone = z.infer<typeof verifyPhoneSchema>

const numberOf = (turn: Turn): string => asText(turn.wait?.pending)

function knownNumber(block: VerifyPhone, turn: Turn): string | undefined {
  const candidates = block.number
    ? [turn.value(block.number)]
    : [turn.byPhone ? turn.lookup('call.caller') : undefined, turn.lookup('contact.phone')]
  return candidates
    .map((each) => asText(each).replace(/[\s()-]/g, ''))
    .find((each) => /^\+?\d{7,20}$/.test(each))
}

function takeNumber(block: VerifyPhone, heard: Heard[], turn: Turn): void {
  const phone = heard.map((each) => numberIn(each, turn)).find((each) => each !== undefined)
  if (phone) return turn.call({ kind: 'phoneCode', op: 'send', phone })
  const tooShort = /\d{3}/.test(heard[0]?.text ?? '')
  turn.miss('noMatch', tooShort ? (block.retry?.invalid ?? incompleteNumber) : undefined)
}

function numberIn(heard: Heard, turn: Turn): string | undefined {
  const result = parseSlot({ type: 'phone', country: 'intl' }, heard, turn.slotContext())
  return typeof result === 'object' ? asText(result.value) : undefined
}

/** 验证码是 4 2 0 7 1 9: just that many digits, and no more. */
function codeIn({ text }: Heard): string | undefined {
  const digits = spokenDigits(text.slice(0, 100)).replace(/\D/g, '')
  return digits.length === CODE_DIGITS ? digits : undefined
}

/** Tapped, key 1 or 2, or in words. */
function wish({ text, by }: Heard): 'again' | 'other' | undefined {
  const said = text.normalize('NFKC').trim()
  if (by === 'choice' && (said === 'again' || said === 'other')) return said
  if (said === '1' || /重发|再发|没收到|没有收到|resend|again|not receive/i.test(said))
    return 'again'
  if (said === '2' || /换|别的号|其他号|another|other number|different/i.test(said)) return 'other'
  return undefined
}

const AGAIN_OR_OTHER: Record<string, [string, string]> = {
  'zh-CN': ['重新发送', '换个号码'],
  en: ['Send again', 'Another number'],
  ja: ['再送信', '別の番号'],
  ko: ['다시 보내기', '다른 번호'],
}

const againOrOther = (turn: Turn): ShownChoice[] =>
  labelled(AGAIN_OR_OTHER, ['again', 'other'], turn)
