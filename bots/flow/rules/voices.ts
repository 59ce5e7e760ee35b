import { spokenLanguage } from '../../../gateway/domain/spoken-language.ts'
import type { Lang, VoiceChoice } from '../schema.ts'
import type { Check, Place } from './check.ts'
import { promptsOf } from './prompts.ts'

/** VOICE_GONE, VOICE_LANG: of the flow, of its prompts, of what it says when it breaks. */
export function checkVoices(check: Check): void {
  const { voices } = check.environment
  if (!voices) return
  const locales = new Map<string, string[]>()
  for (const { id, locale } of voices) locales.set(id, [...(locales.get(id) ?? []), locale])

  const look = (voice: string | undefined, lang: Lang, place: Place) => {
    if (voice === undefined) return
    const spoken = locales.get(voice)
    if (!spoken) return check.add('VOICE_GONE', { ...place, lang }, { name: voice })
    const speaks = spoken.some((locale) => spokenLanguage(locale) === spokenLanguage(lang))
    if (!speaks) check.add('VOICE_LANG', { ...place, lang }, { name: voice })
  }
  const { doc } = check
  for (const [lang, { voice }] of entries(doc.voices)) look(voice, lang, { field: 'voices' })
  for (const { block, field, prompt } of promptsOf(check))
    // where it is recorded nobody else speaks
    for (const [lang, { voice, audio }] of entries(prompt))
      if (!audio) look(voice, lang, { block, field })
  for (const [lang, { voice }] of entries(doc.apology)) look(voice, lang, { field: 'apology' })
}

const entries = <T extends VoiceChoice>(perLang: Record<Lang, T> | undefined): [Lang, T][] =>
  Object.entries(perLang ?? {})
