import { useMemo } from 'react'
import { useLang } from './index.ts'

export interface Format {
  /** 14:05 */
  time(atMs: number): string
  /** 2026/11/21 14:05 */
  dateTime(atMs: number): string
  /** today's times as 14:05, others with the date */
  short(atMs: number): string
  /** Saturday, 21 November */
  day(atMs: number): string
  number(value: number): string
  /** 甲、乙 — A, B */
  list(items: readonly string[]): string
}

/** Times and numbers as the console's language writes them. */
export function useFormat(): Format {
  const lang = useLang()
  return useMemo(() => {
    const locale = lang === 'en' ? 'en-GB' : 'zh-CN'
    const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' })
    const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' })
    const day = new Intl.DateTimeFormat(locale, {
      weekday: 'long',
      month: 'long',
      day: 'numeric',
    })
    const number = new Intl.NumberFormat(locale)
    const isToday = (atMs: number) => new Date(atMs).toDateString() === new Date().toDateString()
    return {
      time: (atMs) => time.format(atMs),
      dateTime: (atMs) => dateTime.format(atMs),
      short: (atMs) => (isToday(atMs) ? time.format(atMs) : dateTime.format(atMs)),
      day: (atMs) => day.format(atMs),
      number: (value) => number.format(value),
      list: (items) => items.join(lang === 'en' ? ', ' : '、'),
    }
  }, [lang])
}
