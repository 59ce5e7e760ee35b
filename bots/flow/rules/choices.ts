import type { Option } from '../match.ts'
import { normalize } from '../normalize.ts'
import type { Block, BlockId, InputOptions, Lang, Prompt } from '../schema.ts'
import { namesKey } from '../spoken-choices.ts'
import type { Check } from './check.ts'

/** Menus longer than this are not remembered by ear. */
const LONGEST_MENU = 6

interface Choices {
  /** property of the block that lists them */
  field: string
  options: (Option & { hidden?: boolean })[]
  prompt?: Prompt
  input?: Partial<InputOptions>
  /** labels are in their own language, as in the choice of a language */
  ownLang?: boolean
}

/** DTMF_*, SAY_DUP, LABEL_LANG, HOMOPHONE, HOTKEY_SHADOW, NO_DTMF, KEY_UNSPOKEN, MENU_LONG. */
export function checkChoices(check: Check): void {
  for (const [block, content] of check.blocks) {
    const choices = choicesOf(content)
    if (!choices) continue
    checkKeys(check, block, choices)
    if (!choices.ownLang)
      for (const lang of check.doc.langs) checkWords(check, block, choices, lang)
    if (check.isFor('voice')) checkForTheEar(check, block, choices)
  }
}

function choicesOf(block: Block): Choices | undefined {
  switch (block.type) {
    case 'menu': {
      const options = block.choices.map((choice) => ({
        ...choice,
        hidden: choice.when !== undefined,
      }))
      return { field: 'choices', options, prompt: block.prompt, input: block.input }
    }
    case 'ask':
      return block.slot.type === 'enum'
        ? { field: 'slot.choices', options: block.slot.choices, input: block.input }
        : undefined
    case 'survey': {
      const options = block.scale.map((entry) => ({ id: entry.dtmf, ...entry }))
      return { field: 'scale', options, prompt: block.prompt, input: block.input }
    }
    case 'language': {
      const options = block.choices.map(({ lang, dtmf, label }) => ({
        id: lang,
        dtmf,
        label: { [lang]: label },
      }))
      return {
        field: 'choices',
        options,
        prompt: block.prompt,
        input: block.input,
        ownLang: true,
      }
    }
    default:
      return undefined
  }
}

function checkKeys(check: Check, block: BlockId, { field, options, input }: Choices): void {
  const keyed = options.flatMap(({ dtmf }, at) => (dtmf ? [[dtmf, at] as const] : []))
  const keys = keyed.map(([key]) => key)
  const dtmf = { ...check.doc.input, ...input }.dtmf
  const timed = dtmf?.endKey !== undefined || dtmf?.interDigitMs !== undefined
  keyed.forEach(([key, at], index) => {
    const place = { block, field: `${field}.${at}.dtmf` }
    if (keys.indexOf(key) !== index) check.add('DTMF_DUP', place, { key })
    if (!/^[0-9*#]{1,2}$/.test(key)) check.add('DTMF_KEY', place, { key })
    const other = keys.find((each) => each !== key && each.startsWith(key))
    if (other && !timed) check.add('DTMF_PREFIX', place, { key, other })
  })
  const out: Record<string, BlockId> = check.doc.blocks[block]?.out ?? {}
  for (const hotkey of check.doc.hotkeys ?? []) {
    // elsewhere, or of choices that are not always there
    if (hotkey.whileQueued === 'only') continue
    const choice =
      hotkey.dtmf && options.find(({ dtmf: key, hidden }) => key === hotkey.dtmf && !hidden)
    // a button for what the hotkey does takes nothing away
    if (choice && out[choice.id] !== hotkey.target)
      check.add('HOTKEY_SHADOW', { block, field }, { key: String(hotkey.dtmf), name: hotkey.id })
  }
}

function checkWords(check: Check, block: BlockId, { field, options }: Choices, lang: Lang): void {
  const { soundOf } = check.environment
  const byPhrase = new Map<string, string>()
  const bySound = new Map<string, { choice: string; phrase: string }>()
  for (const [at, { id, label, say }] of options.entries()) {
    const name = label[lang]
    const place = (part: string) => ({ block, lang, field: `${field}.${at}.${part}` })
    if (!name?.trim()) check.add('LABEL_LANG', place('label'), { choice: id })
    for (const phrase of new Set([name ?? '', ...(say?.[lang] ?? [])].map(normalize))) {
      if (!phrase) continue
      const twin = byPhrase.get(phrase)
      if (twin !== undefined && twin !== id)
        check.add('SAY_DUP', place('say'), { phrase, choice: twin, other: id })
      byPhrase.set(phrase, id)
      if (!soundOf || !lang.startsWith('zh')) continue
      const sound = soundOf(phrase)
      const alike = bySound.get(sound)
      if (alike && alike.choice !== id && alike.phrase !== phrase)
        check.add('HOMOPHONE', place('say'), { phrase, choice: id, other: alike.phrase })
      bySound.set(sound, { choice: id, phrase })
    }
  }
}

function checkForTheEar(
  check: Check,
  block: BlockId,
  { field, options, prompt, input }: Choices,
): void {
  const count = options.length
  if (count > LONGEST_MENU) check.add('MENU_LONG', { block, field }, { count })
  for (const [at, { id, dtmf }] of options.entries())
    if (dtmf === undefined)
      check.add('NO_DTMF', { block, field: `${field}.${at}.dtmf` }, { choice: id })
  if (!prompt) return
  for (const lang of check.doc.langs) {
    const variant = prompt[lang]
    const own = variant?.by?.voice?.text
    const spoken = own ?? variant?.speak ?? variant?.text
    // the engine says by itself what the prompt leaves out, but adds nothing to a wording for the ear
    const { sayChoices } = { ...check.doc.input, ...input }
    const added = sayChoices ?? (own !== undefined || variant?.speak === undefined)
    if (!spoken || added) continue
    for (const { dtmf, hidden } of options)
      if (dtmf !== undefined && !hidden && !namesKey(spoken, dtmf))
        check.add('KEY_UNSPOKEN', { block, lang, field: 'prompt' }, { key: dtmf })
  }
}
