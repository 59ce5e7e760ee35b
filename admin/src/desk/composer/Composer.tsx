import { PaperClipOutlined, SendOutlined } from '@ant-design/icons'
import { Button, Input, Tooltip } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { useEffect, useRef, useState } from 'react'
import type { DragEvent, KeyboardEvent } from 'react'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { useDesk, useDeskState } from '../useDesk.ts'
import { CannedList } from './CannedList.tsx'
import { ModeSwitch } from './ModeSwitch.tsx'
import { Uploads } from './Uploads.tsx'
import { cannedText } from './canned.ts'
import { useCanned } from './useCanned.ts'
import { useUploads } from './useUploads.ts'
import './composer.css'

interface Props {
  card: ConversationCard
  /** false: only notes for colleagues can be written */
  mayReply: boolean
  /** the contact is on the telephone and cannot read */
  voice?: boolean
}

const MAX = 4000

/** Where one answers. What is written survives a reload, a broken line and a look elsewhere. */
export function Composer({ card, mayReply, voice = false }: Props) {
  const t = useT('desk')
  const desk = useDesk()
  const draft = useDeskState((state) => state.compose[card.id]?.draft) ?? ''
  const noteWished = useDeskState((state) => state.compose[card.id]?.note) ?? false
  const note = noteWished || !mayReply
  const box = useRef<TextAreaRef>(null)
  const picker = useRef<HTMLInputElement>(null)
  const [dragging, setDragging] = useState(false)
  const uploads = useUploads(card.id)

  const write = (text: string) => desk.draft(card.id, text, noteWished)
  const canned = useCanned(note ? '' : draft, (reply) => {
    write(cannedText(reply, card.lang))
    box.current?.focus()
  })

  useEffect(() => {
    // on a phone the keyboard would cover half of the conversation
    if (mayReply && window.matchMedia('(pointer: fine)').matches) box.current?.focus()
  }, [mayReply])

  const send = () => {
    const text = draft.trim()
    if (!text || text.length > MAX) return
    write('')
    desk.send(card.id, { type: 'text', text }, note)
  }

  const press = (event: KeyboardEvent) => {
    // Enter that ends the composition of Chinese characters sends nothing
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (canned.press(event)) return
    if (event.key === 'Escape') box.current?.blur()
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault()
      send()
    }
  }

  const drop = (event: DragEvent) => {
    event.preventDefault()
    setDragging(false)
    if (!note) uploads.add([...event.dataTransfer.files])
  }

  return (
    <div
      className={`composer${note ? ' composer-note' : ''}${dragging ? ' composer-drop' : ''}`}
      onDragOver={(event) => {
        event.preventDefault()
        setDragging(!note)
      }}
      onDragLeave={() => setDragging(false)}
      onDrop={drop}
    >
      {!mayReply && (
        <p className="composer-hint">
          {t(
            card.wrapUp
              ? 'composer.wrapUpHint'
              : voice
                ? 'composer.voiceHint'
                : 'composer.readOnly',
          )}
        </p>
      )}
      <Uploads uploads={uploads} />
      {canned.open && <CannedList canned={canned} lang={card.lang} />}
      <Input.TextArea
        ref={box}
        id="composer"
        variant="borderless"
        autoSize={{ minRows: 2, maxRows: 8 }}
        value={draft}
        aria-label={t(note ? 'composer.noteLabel' : 'composer.label')}
        placeholder={
          dragging
            ? t('composer.drop')
            : t(note ? 'composer.notePlaceholder' : 'composer.placeholder')
        }
        role="combobox"
        aria-expanded={canned.open}
        aria-controls="canned-list"
        aria-autocomplete="list"
        aria-activedescendant={canned.open ? canned.activeId : undefined}
        onChange={(event) => write(event.target.value)}
        onKeyDown={press}
        onPaste={(event) => {
          const files = [...event.clipboardData.files]
          if (files.length === 0 || note) return
          event.preventDefault()
          uploads.add(files)
        }}
      />
      <div className="composer-foot">
        <ModeSwitch
          note={note}
          locked={!mayReply}
          onChange={(next) => {
            desk.draft(card.id, draft, next)
            box.current?.focus()
          }}
        />
        {!note && (
          <>
            <Tooltip title={t('composer.attach')}>
              <Button
                type="text"
                icon={<PaperClipOutlined aria-hidden />}
                aria-label={t('composer.attach')}
                onClick={() => picker.current?.click()}
              />
            </Tooltip>
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              onChange={(event) => {
                uploads.add([...(event.target.files ?? [])])
                event.target.value = ''
              }}
            />
            <Button type="text" onClick={() => write('/')} disabled={draft !== ''}>
              / {t('composer.canned')}
            </Button>
          </>
        )}
        {draft.length > MAX && (
          <span className="composer-long" role="alert">
            {t('composer.tooLong', { max: MAX })}
          </span>
        )}
        <Button
          type="primary"
          className="composer-send"
          icon={<SendOutlined aria-hidden />}
          disabled={!draft.trim() || draft.length > MAX}
          onClick={send}
        >
          {t(note ? 'composer.addNote' : 'composer.send')}
        </Button>
      </div>
    </div>
  )
}
