import { ClockCircleOutlined } from '@ant-design/icons'
import { useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { countdown } from '../duration.ts'
import { useServerNow } from '../useServerNow.ts'
import type { WindowMark } from './replyWindow.ts'
import { remaining } from './replyWindow.ts'

/** "3 left, until 14:05 tomorrow": what the provider still lets us write. */
export function WindowNotice({ mark }: { mark: WindowMark }) {
  const t = useT('desk')
  const format = useFormat()
  const nowMs = useServerNow()
  const { tone, left, untilMs } = mark
  const time = untilMs === undefined ? undefined : remaining(untilMs - nowMs)
  return (
    <span className={`window window-${tone}`}>
      <ClockCircleOutlined aria-hidden />{' '}
      {left === undefined ? t('composer.window.any') : t('composer.window.left', { count: left })}
      {untilMs !== undefined && time && (
        <>
          {t('composer.window.until')}
          <time dateTime={new Date(untilMs).toISOString()} title={format.dateTime(untilMs)}>
            {format.short(untilMs)}
          </time>{' '}
          {time.unit === 'clock'
            ? t('composer.window.clock', { time: countdown(untilMs, nowMs) })
            : t(`composer.window.${time.unit}`, { ...time })}
        </>
      )}
    </span>
  )
}
