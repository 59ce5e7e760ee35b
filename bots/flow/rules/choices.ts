import type { Option } from '../match.ts'
import { normalize } from '../normalize.ts'
import type { Block, BlockId, InputOptions, Lang, Prompt } from '../schema.ts'
import { namesKey } from '../spoken-choices.ts'
import type { Check } from './check.ts'

/** Menus longer than this are not remembered by ear. */
const LONGEST_MENU = 6

interface Choices {
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
      return { options, prompt: block.prompt, input: block.input }
    }
    case 'ask':
      return block.slot.type === 'enum'
        ? { options: block.slot.choices, input: block.input }
        : undefined
    case 'survey': {
      const options = block.scale.map((entry) => ({ id: entry.dtmf, ...entry }))
      return { options, prompt: block.prompt, input: block.input }
    }
    case 'language': {
      const options = block.choices.map(({ lang, dtmf, label }) => ({
        id: lang,
        dtmf,
        label: { [lang]: label },
      }))
      return { options, prompt: block.prompt, input: block.input, ownLang: true }
    }
    default:
      return undefined
  }
}

function checkKeys(check: Check, block: BlockId, { options, input }: Choices): void {
  const keys = options.flatMap(({ dtmf }) => dtmf ?? [])
  const dtmf = { ...check.doc.input, ...input }.dtmf
  const timed = dtmf?.endKey !== undefined || dtmf?.interDigitMs !== undefined
  keys.forEach((key, index) => {
    if (keys.indexOf(key) !== index) check.add('DTMF_DUP', { block }, { key })
    if (!/^[0-9*#]{1,2}$/.test(key)) check.add('DTMF_KEY', { block }, { key })
    const other = keys.find((each) => each !== key && each.startsWith(key))
    if (other && !timed) check.add('DTMF_PREFIX', { block }, { key, other })
  })
  const out: Record<string, BlockId> = check.doc.blocks[block]?.out ?? {}
  for (const hotkey of check.doc.hotkeys ?? []) {
    // elsewhere, or of choices that are not always there
    if (hotkey.whileQueued === 'only') continue
    const choice =
      hotkey.dtmf && options.find(({ dtmf: key, hidden }) => key === hotkey.dtmf && !hidden)
    // a button for what the hotkey does takes nothing away
    if (choice && out[choice.id] !== hotkey.target)
      check.add('HOTKEY_SHADOW', { block }, { key: String(hotkey.dtmf), name: hotkey.id })
  }
}

function checkWords(check: Check, block: BlockId, { options }: Choices, lang: Lang): void {
  const { soundOf } = check.environment
  const byPhrase = new Map<string, string>()
  const bySound = new Map<string, { choice: string; phrase: string }>()
  for (const { id, label, say } of options) {
    const name = label[lang]
    if (!name?.trim()) check.add('LABEL_LANG', { block, lang }, { choice: id })
    for (const phrase of new Set([name ?? '', ...(say?.[lang] ?? [])].map(normalize))) {
      if (!phrase) continue
      const twin = byPhrase.get(phrase)
      if (twin !== undefined && twin !== id)
        check.add('SAY_DUP', { block, lang }, { phrase, choice: twin, other: id })
      byPhrase.set(phrase, id)
      if (!soundOf || !lang.startsWith('zh')) continue
      const sound = soundOf(phrase)
      const alike = bySound.get(sound)
      if (alike && alike.choice !== id && alike.phrase !== phrase)
        check.add('HOMOPHONE', { block, lang }, { phrase, choice: id, other: alike.phrase })
      bySound.set(sound, { choice: id, phrase })
    }
  }
}

function checkForTheEar(check: Check, block: BlockId, { options, prompt, input }: Choices): void {
  const count = options.length
  if (count > LONGEST_MENU) check.add('MENU_LONG', { block }, { count })
  for (const { id, dtmf } of options)
    if (dtmf === undefined) check.add('NO_DTMF', { block }, { choice: id })
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
        check.add('KEY_UNSPOKEN', { block, lang }, { key: dtmf })
  }
}
