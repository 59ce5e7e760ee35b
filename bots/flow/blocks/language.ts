import { z } from 'zod'
import {
  baseFields,
  inputSchema,
  keySchema,
  langSchema,
  outSchema,
  promptSchema,
  retrySchema,
} from '../parts.ts'
import { defineBlock } from '../block.ts'
import { matchOption } from '../match.ts'
import { asKeys } from '../normalize.ts'
import type { Lang } from '../schema.ts'
import type { Turn } from '../turn.ts'
import { longestKey } from './choices.ts'
import { languageDescription } from './language-description.ts'

/**
 * Lets the person choose the language. Exits: next; noMatch and noInput (default next, in the
 * language of the moment); other: somebody typed a question instead of a language, which also
 * shows the language by its script.
 */
export const languageSchema = z.object({
  type: z.literal('language'),
  ...baseFields,
  prompt: promptSchema,
  /** take the language from the script of what was said last (`lastText`) instead of asking */
  first: z.boolean().optional(),
  choices: z
    .array(
      z.object({
        lang: langSchema,
        dtmf: keySchema.optional(),
        /** as its speakers write it: 中文, English, 日本語 */
        label: z.string().min(1),
        say: z.array(z.string().min(1)).optional(),
      }),
    )
    .min(1),
  retry: retrySchema.optional(),
  input: inputSchema.optional(),
  out: outSchema,
})

export const languageBlock = defineBlock({
  type: 'language',
  schema: languageSchema,
  description: languageDescription,
  waits: 'person',
  ports: () => ({ required: ['next'], optional: ['noMatch', 'noInput', 'other'] }),
  prompts: (block) => [
    ['prompt', block.prompt],
    ['retry.noInput', block.retry?.noInput],
    ['retry.noMatch', block.retry?.noMatch],
  ],
  enter(block, turn) {
    const { lastText } = turn.state
    if (block.first && block.out.other !== undefined && lastText) typed(block, lastText, turn)
    else turn.waitFor('choice')
  },
  asks: (block) => ({
    prompt: block.prompt,
    retry: block.retry,
    choices: block.choices.map(({ lang, dtmf, label }) => ({
      id: lang,
      ...(dtmf === undefined ? {} : { key: dtmf }),
      label,
    })),
    ownLang: true,
    open: block.out.other !== undefined,
    expects: 'choice',
    hints: block.choices.flatMap(({ label, say }) => [label, ...(say ?? [])]),
    input: block.input,
    dtmf: { maxDigits: longestKey(options(block)) },
    giveUp: ['next'],
  }),
  claims: (block, heard, turn) =>
    matchOption(options(block), heard.text, turn.state.lang, true) !== undefined,
  answer(block, heard, turn) {
    for (const each of heard) {
      const tapped = each.by === 'choice' && options(block).find(({ id }) => id === each.text)
      const option = tapped || matchOption(options(block), each.text, turn.state.lang)
      if (!option) continue
      turn.understood()
      turn.speak(option.id)
      turn.exit('next')
      return
    }
    const text = heard[0]?.text ?? ''
    if (block.out.other === undefined || !text || asKeys(text) !== undefined)
      return turn.miss('noMatch')
    typed(block, text, turn)
  },
})

/** A question instead of a choice: its letters say which language to answer in. */
function typed(block: Language, text: string, turn: Turn): void {
  const lang = langOfScript(text, options(block))
  if (lang) turn.speak(lang)
  turn.exit('other')
}

type Language = z.infer<typeof languageSchema>
type LangOption = {
  id: Lang
  dtmf?: string
  label: Record<Lang, string>
  say: Record<Lang, string[]>
}
const known = new WeakMap<Language, LangOption[]>()

function options(block: Language): LangOption[] {
  let list = known.get(block)
  if (!list) {
    list = block.choices.map(({ lang, dtmf, label, say }) => ({
      id: lang,
      ...(dtmf === undefined ? {} : { dtmf }),
      label: { [lang]: label },
      say: { [lang]: say ?? [] },
    }))
    known.set(block, list)
  }
  return list
}

const SCRIPTS: [RegExp, string][] = [
  [/\p{Script=Hangul}/u, 'ko'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Han}/u, 'zh'],
  [/\p{Script=Cyrillic}/u, 'ru'],
  [/\p{Script=Latin}{2}/u, 'en'],
]

function langOfScript(text: string, offered: LangOption[]): Lang | undefined {
  const family = SCRIPTS.find(([script]) => script.test(text))?.[1]
  return offered.find(({ id }) => id.split('-')[0] === family)?.id
}
