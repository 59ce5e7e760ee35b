import type { Heard } from './slots/slot.ts'
import type { FlowInput } from './state.ts'

/** Longest text kept as `lastText`; a state must stay small. */
export const MAX_LAST_TEXT = 1000

/** What the person did, in the one form blocks understand; undefined if the person did nothing. */
export function toHeard(input: FlowInput): Heard[] | undefined {
  switch (input.in) {
    case 'text':
      return [{ text: input.text, confidence: 1, by: 'text' }]
    case 'choice':
      return [{ text: input.id, confidence: 1, by: 'choice' }]
    case 'dtmf': {
      // the end key ends the entry and is no part of it; alone it is a key like others
      const keys = input.digits
      const digits = keys.length > 1 && keys.endsWith('#') ? keys.slice(0, -1) : keys
      return [{ text: digits, confidence: 1, by: 'dtmf' }]
    }
    case 'speech':
      return input.nbest.map(({ text, confidence }) => ({ text, confidence, by: 'speech' }))
    case 'media': {
      const { in: _in, ...media } = input
      return [{ text: input.transcript ?? '', confidence: 1, by: 'media', media }]
    }
    default:
      return undefined
  }
}

/** Words as they were said; keys and taps are none. */
export function spokenWords(input: FlowInput): string | undefined {
  const text =
    input.in === 'text'
      ? input.text
      : input.in === 'speech'
        ? input.nbest[0]?.text
        : input.in === 'media'
          ? input.transcript
          : undefined
  return text?.trim() ? text.trim().slice(0, MAX_LAST_TEXT) : undefined
}
