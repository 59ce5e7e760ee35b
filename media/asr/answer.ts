import { z } from 'zod'

/** What a vosk-server answers: words so far, a result with words, or alternatives. More fields are ignored. */
const answer = z.object({
  partial: z.string().optional(),
  text: z.string().optional(),
  result: z.array(z.object({ word: z.string(), conf: z.number() })).optional(),
  alternatives: z.array(z.object({ text: z.string(), confidence: z.number() })).optional(),
})

export type Answer = { partial: string } | { nbest: Heard[] }
export interface Heard {
  text: string
  /** 0 … 1 */
  confidence: number
}

/** @throws ZodError, SyntaxError where it is not an answer of a vosk-server */
export function readAnswer(json: string): Answer {
  const read = answer.parse(JSON.parse(json))
  if (read.partial !== undefined) return { partial: tidy(read.partial) }
  if (read.alternatives) return { nbest: rank(read.alternatives) }
  const text = tidy(read.text ?? '')
  if (!text) return { nbest: [] }
  return { nbest: [{ text, confidence: meanConfidence(read.result) * understood(read.text!) }] }
}

/** Segments of one utterance, one after the other: the best of each, then each with one of its others. */
export function joinSegments(segments: Heard[][]): Heard[] {
  const spoken = segments.filter((segment) => segment.length > 0)
  if (spoken.length <= 1) return spoken[0] ?? []
  const best = spoken.map((segment) => segment[0]!)
  const others = spoken.flatMap((segment, at) =>
    segment.slice(1).map((other) => best.with(at, other)),
  )
  return [best, ...others]
    .map((parts) => ({
      text: tidy(parts.map((part) => part.text).join(' ')),
      confidence: Math.min(...parts.map((part) => part.confidence)),
    }))
    .sort((a, b) => b.confidence - a.confidence)
}

const NOT_UNDERSTOOD = /\[unk\]|<unk>/g

/** `[unk] 五` may be a five, or the end of a word that was not offered. @returns 1 where everything was understood */
function understood(text: string): number {
  const words = text.split(' ').filter(Boolean).length
  const unknown = text.match(NOT_UNDERSTOOD)?.length ?? 0
  return Math.sqrt((words - unknown) / Math.max(1, words))
}

/** Chinese is written without the spaces between words; what was not understood is left out. */
function tidy(text: string): string {
  return text
    .replaceAll(NOT_UNDERSTOOD, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
}

/** Vosk's alternatives carry log-likelihoods; among themselves they make probabilities. */
function rank(alternatives: { text: string; confidence: number }[]): Heard[] {
  const top = Math.max(...alternatives.map((one) => one.confidence))
  const weights = alternatives.map((one) => Math.exp(one.confidence - top))
  const sum = weights.reduce((a, b) => a + b, 0)
  const byText = new Map<string, number>()
  alternatives.forEach((one, at) => {
    const text = tidy(one.text)
    const share = (weights[at]! / sum) * understood(one.text)
    byText.set(text, (byText.get(text) ?? 0) + share)
  })
  return [...byText]
    .filter(([text]) => text !== '')
    .map(([text, confidence]) => ({ text, confidence }))
    .sort((a, b) => b.confidence - a.confidence)
}

function meanConfidence(words: { conf: number }[] | undefined): number {
  // a server that was told to leave words out
  if (!words || words.length === 0) return 0.5
  const mean = words.reduce((sum, word) => sum + word.conf, 0) / words.length
  return Math.min(1, Math.max(0, mean))
}
