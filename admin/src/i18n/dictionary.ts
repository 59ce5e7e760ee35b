export type Lang = 'zh-CN' | 'en'
export const langs: readonly Lang[] = ['zh-CN', 'en']

/** The words of one room; both languages hold the same keys (checked by a test). */
export type Words = { [key: string]: string | Words }
export type Dictionary = Record<Lang, Words>

/** Every key as `a.b.c`. Plural endings count as one key: Chinese has no plural. */
export function keysOf(words: Words, prefix = ''): string[] {
  const keys = Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [`${prefix}${key.replace(/_(zero|one|two|few|many|other)$/, '')}`]
      : keysOf(value, `${prefix}${key}.`),
  )
  return [...new Set(keys)].sort()
}
