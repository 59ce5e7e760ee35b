import { useCallback, useRef, useState } from 'react'
import { plainText } from '../../../../gateway/domain/message.ts'
import { useT } from '../../i18n/index.ts'
import { navigate } from '../../router.tsx'
import type { News } from '../desk.ts'
import { useContactName } from '../useContactName.ts'
import { chime } from './chime.ts'
import { soundOn } from './sound.ts'

/** Turns news into sound, a desktop notification and words for screen readers. */
export function useNews() {
  const t = useT('desk')
  const contactName = useContactName()
  const [words, setWords] = useState({ count: 0, text: '', urgent: false })
  const shown = useRef<Notification>(undefined)

  const hear = useCallback(
    (news: News) => {
      const say = (text: string, urgent: boolean) =>
        setWords(({ count }) => ({ count: count + 1, text, urgent }))
      if (news.kind === 'offerEnded') {
        shown.current?.close()
        say(t('offerEndedWords'), true)
        return
      }
      const { card, kind } = news
      const name = contactName(card)
      if (news.kind === 'call') {
        say(t(`phone.words.${news.what}`, { name }), news.what === 'connected')
        return
      }
      const rings = kind === 'offer' && card.channel === 'voice'
      const title = rings
        ? t('phone.words.ringing', { name })
        : t(kind === 'offer' ? 'offerWords' : 'messageWords', { name })
      if (kind === 'offer' || document.hidden || !isOnScreen(card.id)) {
        // a telephone rings until it is answered, see Ringer
        if (soundOn() && !rings) chime(kind === 'offer' ? 'offer' : 'message')
        say(title, kind === 'offer')
      }
      if (document.hidden && allowed()) {
        shown.current = new Notification(title, {
          body: news.kind === 'message' ? plainText(news.message.parts) : card.preview,
          tag: `${kind}-${card.id}`,
        })
        shown.current.onclick = () => {
          window.focus()
          navigate(`/desk/${card.id}`)
        }
      }
    },
    [t, contactName],
  )
  return { words, hear }
}

const isOnScreen = (id: string) => window.location.hash.startsWith(`#/desk/${id}`)
const allowed = () => 'Notification' in window && Notification.permission === 'granted'
