import { FileDoneOutlined, PaperClipOutlined, SendOutlined } from '@ant-design/icons'
import { Button, Input, Tooltip } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { useEffect, useRef, useState } from 'react'
import type { DragEvent, KeyboardEvent } from 'react'
import type { ConversationCard } from '../../../../gateway/desk/protocol.ts'
import { useT } from '../../i18n/index.ts'
import { useDesk, useDeskState } from '../useDesk.ts'
import { CannedList } from './CannedList.tsx'
import { ClosedNotice } from './ClosedNotice.tsx'
import { LengthNotice } from './LengthNotice.tsx'
import { ModeSwitch } from './ModeSwitch.tsx'
import { TemplateDialog } from './TemplateDialog.tsx'
import { Uploads } from './Uploads.tsx'
import { WindowNotice } from './WindowNotice.tsx'
import { cannedText } from './canned.ts'
import { useCanned } from './useCanned.ts'
import { useReach } from './useReach.ts'
import { useUploads } from './useUploads.ts'
import './composer.css'

interface Props {
  card: ConversationCard
  /** false: only notes for colleagues can be written */
  mayReply: boolean
  /** the contact is on the telephone and cannot read */
  voice?: boolean
}

const MOST_NOTE_CHARS = 4000

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
  const { reach, window, closed, maxChars, media } = useReach(card.id)
  const [templating, template] = useState(false)
  const max = note ? MOST_NOTE_CHARS : maxChars
  const tooLong = draft.trim().length > max
  /** nothing but an approved text can go out */
  const shut = closed && !note
  const takesFiles = !note && !shut && media

  const write = (text: string) => desk.draft(card.id, text, noteWished)
  const canned = useCanned(note ? '' : draft, (reply) => {
    write(cannedText(reply, card.lang))
    box.current?.focus()
  })

  useEffect(() => {
    // on a phone the keyboard would cover half of the conversation
    if (mayReply && matchMedia('(pointer: fine)').matches) box.current?.focus()
  }, [mayReply])

  const send = () => {
    const text = draft.trim()
    if (!text || tooLong || shut) return
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
    if (takesFiles) uploads.add([...event.dataTransfer.files])
  }

  return (
    <div
      className={`composer${note ? ' composer-note' : ''}${dragging ? ' composer-drop' : ''}`}
      onDragOver={(event) => {
        event.preventDefault()
        setDragging(takesFiles)
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
      {mayReply && shut && reach && (
        <ClosedNotice reach={reach} onTemplate={() => template(true)} />
      )}
      <div className="composer-reach">
        {!note && window && !shut && <WindowNotice mark={window} />}
        <LengthNotice
          text={draft.trim()}
          max={max}
          segments={!note && (reach?.segments ?? false)}
        />
      </div>
      <Uploads uploads={uploads} />
      {canned.open && <CannedList canned={canned} lang={card.lang} />}
      <Input.TextArea
        ref={box}
        id="composer"
        variant="borderless"
        autoSize={{ minRows: 2, maxRows: 8 }}
        value={draft}
        disabled={shut}
        aria-label={t(note ? 'composer.noteLabel' : 'composer.label')}
        placeholder={
          dragging
            ? t('composer.drop')
            : t(
                `composer.${note ? 'notePlaceholder' : shut ? 'closed.placeholder' : 'placeholder'}`,
              )
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
          if (takesFiles) uploads.add(files)
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
            <Tooltip title={t(media ? 'composer.attach' : 'composer.noFiles')}>
              <Button
                type="text"
                icon={<PaperClipOutlined aria-hidden />}
                aria-label={t('composer.attach')}
                disabled={!takesFiles}
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
            <Button type="text" onClick={() => write('/')} disabled={draft !== '' || shut}>
              / {t('composer.canned')}
            </Button>
            {reach?.templates && !shut && (
              <Button
                type="text"
                icon={<FileDoneOutlined aria-hidden />}
                onClick={() => template(true)}
              >
                {t('composer.template.open')}
              </Button>
            )}
          </>
        )}
        <Button
          type="primary"
          className="composer-send"
          icon={<SendOutlined aria-hidden />}
          disabled={!draft.trim() || tooLong || shut}
          onClick={send}
        >
          {t(note ? 'composer.addNote' : 'composer.send')}
        </Button>
      </div>
      {templating && reach && (
        <TemplateDialog
          conversationId={card.id}
          accountId={reach.accountId}
          onClose={() => template(false)}
        />
      )}
    </div>
  )
}
