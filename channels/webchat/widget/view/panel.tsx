import { useEffect, useRef, useState } from 'preact/hooks'
import type { WebCall } from '../call/web-call.ts'
import type { Chat } from '../chat.ts'
import type { Host } from '../host.ts'
import { translator } from '../i18n.ts'
import type { Store } from '../store.ts'
import { countUnread } from '../timeline.ts'
import type { Lang, TokenResponse } from '../wire.ts'
import { chime } from '../sound.ts'
import { CallBar } from './call-bar.tsx'
import { Composer } from './composer.tsx'
import { RoomContext } from './context.ts'
import type { Room } from './context.ts'
import { Emergency } from './emergency.tsx'
import { useDialogKeys } from './focus-trap.ts'
import { Header } from './header.tsx'
import { LanguageChoice } from './language-choice.tsx'
import { Log } from './log.tsx'
import { Notices } from './notice.tsx'
import { StatusBar } from './status-bar.tsx'
import { UploadList } from './upload-list.tsx'
import { useFileDrop } from './file-drop.ts'
import { useUploads } from './uploads.ts'

export interface PanelProps {
  chat: Chat
  call: WebCall
  host: Host
  store: Store
  token(stale?: string): Promise<TokenResponse>
  askLang: boolean
}

export function Panel({ chat, call, host, store, token, askLang }: PanelProps) {
  const [, redraw] = useState(0)
  useEffect(() => chat.subscribe(() => redraw((count) => count + 1)), [chat])
  useEffect(() => call.subscribe(() => redraw((count) => count + 1)), [call])

  const { lang } = chat.state
  const t = translator(lang)
  const room: Room = {
    chat,
    call,
    lang,
    t,
    tell: (error) => (lang === 'zh-CN' ? error.zh : error.en),
  }

  const [asking, setAsking] = useState(askLang)
  const [shown, setShown] = useState(!host.framed)
  const [atEnd, setAtEnd] = useState(true)
  const [visible, setVisible] = useState(document.visibilityState === 'visible')
  const [sound, setSound] = useState(store.loadPreferences().sound === true)
  const input = useRef<HTMLTextAreaElement>(null)
  const uploads = useUploads(chat, token)
  const dropping = useFileDrop(uploads.add)
  const close = host.framed ? () => host.tell({ yilu: 1, t: 'close' }) : undefined
  useDialogKeys(shown && host.framed, close)

  useEffect(() => {
    host.onShown(setShown)
    host.tell({ yilu: 1, t: 'ready' })
    const onVisibility = () => setVisible(document.visibilityState === 'visible')
    document.addEventListener('visibilitychange', onVisibility)
    return () => document.removeEventListener('visibilitychange', onVisibility)
  }, [host])
  useEffect(() => chat.watch(shown && atEnd && visible && !asking), [shown, atEnd, visible, asking])
  useEffect(() => {
    if (!sound) return
    return chat.onArrival(chime)
  }, [sound])
  useEffect(() => {
    if (!shown) return
    // on a touch screen the keyboard would cover half of what the visitor came to read
    const touch = matchMedia('(pointer: coarse)').matches
    const target =
      touch || asking ? document.querySelector<HTMLElement>('h1, .choose button') : input.current
    target?.focus({ preventScroll: true })
  }, [shown, asking])

  const unread = countUnread(chat.state, chat.state.readUpTo)
  useEffect(() => {
    const label = unread > 0 ? t('openUnread', { count: unread }) : t('open')
    host.tell({ yilu: 1, t: 'unread', count: unread, label })
  }, [unread, lang])
  useEffect(() => {
    document.documentElement.lang = lang
  }, [lang])

  const choose = (next: Lang) => {
    chat.setLang(next)
    store.savePreferences({ ...store.loadPreferences(), lang: next })
    setAsking(false)
    chat.start()
  }
  const toggleSound = () => {
    store.savePreferences({ ...store.loadPreferences(), sound: !sound })
    setSound(!sound)
    if (!sound) chime()
  }
  const held = store.loadToken()

  return (
    <RoomContext.Provider value={room}>
      <div class={`app ${host.framed ? '' : 'alone'}`}>
        <Header
          title={held?.title[lang] || t('title')}
          sound={sound}
          onSound={toggleSound}
          onLang={() => choose(lang === 'en' ? 'zh-CN' : 'en')}
          {...(close && { onClose: close })}
        />
        {asking ? (
          <LanguageChoice onChoose={choose} />
        ) : (
          <>
            <Notices />
            <CallBar />
            <StatusBar onAgain={() => input.current?.focus()} />
            <Log greeting={held?.greeting[lang] || t('greeting')} onWatched={setAtEnd} />
            <UploadList uploads={uploads} />
            <Composer input={input} onFiles={uploads.add} />
          </>
        )}
        <Emergency />
        {dropping && <div class="drop">{t('dropHere')}</div>}
      </div>
    </RoomContext.Provider>
  )
}
