import type { Translate } from './i18n.ts'
import type { ChatStatus } from './wire.ts'

/** 您前面还有 2 位 · 预计 3 分钟; says no more than the server knows. */
export function waitingWords({ position, estimatedWaitMs }: ChatStatus, t: Translate): string {
  const place =
    position === undefined
      ? t('waiting')
      : position <= 1
        ? t('waitingNext')
        : t('waitingAhead', { count: position - 1 })
  if (estimatedWaitMs === undefined) return place
  const minutes = Math.round(estimatedWaitMs / 60_000)
  const time = minutes < 1 ? t('waitSoon') : t('waitMinutes', { count: minutes })
  return `${place} · ${time}`
}
