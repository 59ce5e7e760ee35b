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
import { defineBlock } from '../block.ts'
import type { Heard } from '../slots/slot.ts'
import type { Turn } from '../turn.ts'
import { nothingRecorded } from '../wordings.ts'
import { voicemailDescription } from './voicemail-description.ts'

const MAX_SECONDS = 120
const MIN_SECONDS = 2
/** As much as a story told in an ask block. */
const MAX_TEXT = 4000

/**
 * Takes a message for a mailbox: a recording by telephone, words where people write. Exits: next; noInput
 * (nothing was left, default failed) and failed (it could not be kept; default next, after saying so).
 */
export const voicemailSchema = z.object({
  type: z.literal('voicemail'),
  ...baseFields,
  mailbox: refSchema,
  prompt: promptSchema,
  maxSeconds: z.number().int().min(5).max(600).optional(),
  /** what is shorter is no message */
  minSeconds: z.number().int().min(0).max(30).optional(),
  /** stores {mediaId, seconds, transcript}, in writing {text}; null when nothing was left */
  set: varNameSchema.optional(),
  /** `invalid` is said when the message was too short */
  retry: retrySchema.optional(),
  input: inputSchema.optional(),
  out: outSchema,
})

export const voicemailBlock = defineBlock({
  type: 'voicemail',
  schema: voicemailSchema,
  description: voicemailDescription,
  waits: 'person',
  ports: () => ({ required: ['next'], optional: ['noInput', 'failed'] }),
  prompts: (block) => [
    ['prompt', block.prompt],
    ['retry.noInput', block.retry?.noInput],
    ['retry.noMatch', block.retry?.noMatch],
    ['retry.invalid', block.retry?.invalid],
  ],
  enter(_block, turn) {
    turn.waitFor('message')
  },
  asks: (block) => ({
    prompt: block.prompt,
    retry: block.retry,
    expects: 'media',
    input: block.input,
    record: {
      mailbox: block.mailbox,
      maxSeconds: block.maxSeconds ?? MAX_SECONDS,
      minSeconds: least(block),
    },
  }),
  // the hash key ends the recording
  claims: (_block, heard, turn) => turn.byPhone && heard.by === 'dtmf' && heard.text.endsWith('#'),
  answer(block, heard, turn) {
    const [first] = heard
    if (first?.media) return recorded(block, first.media, turn)
    // keys and stray words while the recording runs are no message
    if (!first || turn.byPhone) return turn.listenOn()
    const text = first.text.trim().slice(0, MAX_TEXT)
    turn.leaveWords(block.mailbox, text)
    keep(block, { text }, turn)
  },
  silence(block, turn) {
    again(block, block.retry?.noInput, turn)
    return true
  },
  event(block, event, turn) {
    if (event.name !== 'voicemail.status' || event.data?.status !== 'failed') return false
    turn.track('fail', { data: { code: 'VOICEMAIL' } })
    nothingKept(block, 'failed', turn)
    return true
  },
})

type Voicemail = z.infer<typeof voicemailSchema>

const least = (block: Voicemail) =>
  Math.min(block.minSeconds ?? MIN_SECONDS, block.maxSeconds ?? MAX_SECONDS)

function recorded(block: Voicemail, media: NonNullable<Heard['media']>, turn: Turn): void {
  const { mediaId, seconds, transcript } = media
  if (turn.byPhone && seconds !== undefined && seconds < least(block))
    return again(block, block.retry?.invalid ?? block.retry?.noInput, turn)
  // by telephone the recording is in the mailbox already
  if (!turn.byPhone) turn.leaveWords(block.mailbox, transcript ?? '')
  keep(block, { mediaId, seconds: seconds ?? null, transcript: transcript ?? null }, turn)
}

function keep(block: Voicemail, message: Record<string, unknown>, turn: Turn): void {
  turn.set(block.set, message)
  turn.understood()
  turn.track('voicemail', { data: { mailbox: block.mailbox } })
  turn.exit('next')
}

/** Nothing was said, or hardly anything: once more, and then out. */
function again(block: Voicemail, instead: Voicemail['prompt'] | undefined, turn: Turn): void {
  if (turn.missed('noInput', instead)) nothingKept(block, 'noInput', turn)
}

function nothingKept(block: Voicemail, port: 'noInput' | 'failed', turn: Turn): void {
  turn.set(block.set, null)
  const told = ['failed', port].some((exit) => Object.hasOwn(block.out, exit))
  // what comes next thanks for the message: it must not be believed
  if (!told) turn.say(nothingRecorded)
  turn.exit(port, 'failed', 'next')
}
