import { Fragment } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { activeRepliesKey, chosenReply, lines } from '../lines.ts'
import { useRoom } from './context.ts'
import { Icon } from './icons.tsx'
import { LineView } from './line.tsx'
import { dayName } from './day-name.ts'

/** Nearer to the end than this, new words scroll into view by themselves. */
const NEAR_END_PX = 80

export function Log({ greeting, onWatched }: { greeting: string; onWatched(on: boolean): void }) {
  const { chat, lang, t } = useRoom()
  const shown = lines(chat.state)
  const repliesKey = activeRepliesKey(shown)
  const scroller = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  const { typing } = chat.state

  const toEnd = () => {
    const element = scroller.current
    if (element) element.scrollTop = element.scrollHeight
  }
  const last = shown.at(-1)
  // one's own words always scroll into view
  useLayoutEffect(() => {
    if (atEnd || last?.outgoing) toEnd()
  }, [last?.key, Boolean(typing), lang])
  useEffect(() => onWatched(atEnd), [atEnd])
  useEffect(() => {
    // pictures arriving late and the on-screen keyboard move the end away
    const element = scroller.current
    if (!element || !atEnd) return
    const watcher = new ResizeObserver(toEnd)
    watcher.observe(element)
    if (element.firstElementChild) watcher.observe(element.firstElementChild)
    return () => watcher.disconnect()
  }, [atEnd])

  const onScroll = () => {
    const element = scroller.current
    if (!element) return
    const left = element.scrollHeight - element.scrollTop - element.clientHeight
    setAtEnd(left < NEAR_END_PX)
  }

  return (
    <main class="log-frame">
      <div
        class="scroller"
        role="group"
        ref={scroller}
        onScroll={onScroll}
        tabIndex={0}
        aria-label={t('log')}
      >
        <div class="log" role="log" aria-live="polite" aria-label={t('log')}>
          {shown.length === 0 && (
            <article class="line bot first">
              <p class="author">{t('bot')}</p>
              <div class="bubble">
                <p class="words">{greeting}</p>
              </div>
            </article>
          )}
          {shown.map((line, index) => (
            <Fragment key={line.key}>
              {line.startsDay && <p class="day">{dayName(line.atMs, Date.now(), lang, t)}</p>}
              <LineView
                line={line}
                repliesActive={line.key === repliesKey}
                chosen={chosenReply(shown, index)}
              />
            </Fragment>
          ))}
        </div>
        {typing && (
          <p class="typing" role="status">
            <span class="dots" aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            <span class="unseen">{t('typing', { name: typing.name ?? t('agent') })}</span>
          </p>
        )}
      </div>
      {!atEnd && (
        <button type="button" class="to-end" onClick={toEnd}>
          <Icon name="down" />
          {t('newMessages')}
        </button>
      )}
    </main>
  )
}
