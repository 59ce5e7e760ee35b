import type { FlowDoc, Lang } from './schema.ts'

/**
 * The entry for a language, or the nearest there is: the same language elsewhere (zh-TW for zh-CN),
 * then the document's default, then any. Says which one, because a voice must not read Chinese
 * with an English tongue.
 */
export function inLang<T>(
  entries: Record<Lang, T>,
  lang: Lang,
  defaultLang: Lang,
): { lang: Lang; entry: T } | undefined {
  const exact = entries[lang]
  if (exact !== undefined) return { lang, entry: exact }
  const langs = Object.keys(entries)
  const family = lang.split('-')[0]
  const nearest =
    langs.find((other) => other.split('-')[0] === family) ??
    (langs.includes(defaultLang) ? defaultLang : langs[0])
  const entry = nearest === undefined ? undefined : entries[nearest]
  return nearest === undefined || entry === undefined ? undefined : { lang: nearest, entry }
}

/** The language a flow starts in for somebody who prefers `wanted`. */
export function pickLang(doc: FlowDoc, wanted: Lang | undefined): Lang {
  if (!wanted) return doc.defaultLang
  if (doc.langs.includes(wanted)) return wanted
  const family = wanted.split('-')[0]
  return doc.langs.find((lang) => lang.split('-')[0] === family) ?? doc.defaultLang
}
