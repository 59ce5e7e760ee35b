/**
 * Words in two languages. Each room keeps its own in `<room>/i18n.ts`; the namespace is the room's path below src:
 * `desk`, `flows/form`.
 */
import i18next from 'i18next'
import type { TFunction } from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { Dictionary, Lang } from './dictionary.ts'

const KEPT = 'yilu.lang'

const rooms = import.meta.glob<Record<string, unknown>>('../**/i18n.ts', { eager: true })

function dictionaryIn(module: Record<string, unknown>): Dictionary | undefined {
  return Object.values(module).find(
    (value): value is Dictionary => typeof value === 'object' && value !== null && 'zh-CN' in value,
  )
}

export async function startI18n(): Promise<void> {
  const lang = firstLang()
  await i18next.use(initReactI18next).init({
    lng: lang,
    fallbackLng: 'zh-CN',
    defaultNS: 'shell',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  for (const [path, module] of Object.entries(rooms)) {
    const room = path.slice('../'.length, -'/i18n.ts'.length)
    const dictionary = dictionaryIn(module)
    for (const [of, words] of Object.entries(dictionary ?? {}))
      i18next.addResourceBundle(of, room, words, true, true)
  }
  mark(lang)
}

/** What was chosen before; else what the browser prefers; Chinese first. */
function firstLang(): Lang {
  const kept = localStorage.getItem(KEPT)
  if (kept === 'zh-CN' || kept === 'en') return kept
  return navigator.language.startsWith('en') ? 'en' : 'zh-CN'
}

function mark(lang: Lang): void {
  document.documentElement.lang = lang
}

export function setLang(lang: Lang): void {
  localStorage.setItem(KEPT, lang)
  mark(lang)
  void i18next.changeLanguage(lang)
}

/** `const t = useT('desk')`, then `t('key', { values })`. */
export function useT(namespace: string): TFunction {
  return useTranslation(namespace).t
}

export function useLang(): Lang {
  return useTranslation().i18n.language === 'en' ? 'en' : 'zh-CN'
}

/** Names that come in both languages from the server. */
export function useName(): (name: { zh: string; en: string } | undefined) => string {
  const lang = useLang()
  return (name) => (lang === 'en' ? name?.en : name?.zh) ?? ''
}
