import type { Translate } from '../i18n.ts'
import type { Lang } from '../wire.ts'

/** 今天, 昨天, 11月3日; with the year when it is another one. */
export function dayName(atMs: number, nowMs: number, lang: Lang, t: Translate): string {
  const day = new Date(atMs)
  const now = new Date(nowMs)
  if (day.toDateString() === now.toDateString()) return t('today')
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)
  if (day.toDateString() === yesterday.toDateString()) return t('yesterday')
  return new Intl.DateTimeFormat(lang, {
    month: 'long',
    day: 'numeric',
    ...(day.getFullYear() !== now.getFullYear() && { year: 'numeric' }),
  }).format(day)
}
