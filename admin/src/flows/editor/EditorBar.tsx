import {
  CopyOutlined,
  MessageOutlined,
  NodeIndexOutlined,
  QuestionCircleOutlined,
  RedoOutlined,
  SnippetsOutlined,
  UndoOutlined,
} from '@ant-design/icons'
import { App, Button, Popover, Segmented, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { copyText } from '../../records/copyText.ts'
import { useLabels } from '../../records/useLabels.ts'
import { useT } from '../../i18n/index.ts'
import type { Point } from '../document/place.ts'
import type { Draft } from '../useDraft.ts'
import { useEditorView } from './editor-view.ts'
import { useFlowEditor } from './flow-editor.ts'
import { keepClip, keptClip } from './kept-clip.ts'
import { KeyHelp } from './KeyHelp.tsx'
import { SavedMark } from './SavedMark.tsx'
import { SearchBox } from './SearchBox.tsx'
import type { Editing } from './useEditing.ts'

interface Props {
  editing: Editing
  draft: Draft
  onPasteAt?: () => Point
  onComment?: () => void
}

/** Above canvas and outline: steps back, clipboard, search, language, and whether it is saved. */
export function EditorBar({ editing, draft, onPasteAt, onComment }: Props) {
  const t = useT('flows/editor')
  const labels = useLabels()
  const { message } = App.useApp()
  const { undo, redo, canUndo, canRedo, selection } = useFlowEditor()
  const { looks, langs, setLang, readOnly } = useEditorView()
  const tool = (key: string, icon: ReactNode, act: () => void, disabled = false) => (
    <Tooltip title={t(`bar.${key}`)}>
      <Button
        type="text"
        icon={icon}
        aria-label={t(`bar.${key}`)}
        disabled={disabled}
        onClick={act}
      />
    </Tooltip>
  )
  const copy = () => {
    const text = editing.copied()
    if (text === undefined) return
    keepClip(text)
    // the button below works without the clipboard, too
    void copyText(text).catch(() => undefined)
    void message.success(t('copied', { count: selection.length }))
  }
  const paste = () => {
    if (!editing.paste(keptClip() ?? '', onPasteAt?.())) void message.info(t('paste.none'))
  }
  return (
    <div className="editor-bar" role="toolbar" aria-label={t('tools')}>
      {tool('undo', <UndoOutlined aria-hidden />, undo, !canUndo)}
      {tool('redo', <RedoOutlined aria-hidden />, redo, !canRedo)}
      <i />
      {tool('copy', <CopyOutlined aria-hidden />, copy, selection.length === 0)}
      {tool('paste', <SnippetsOutlined aria-hidden />, paste, readOnly)}
      {onComment && tool('comment', <MessageOutlined aria-hidden />, onComment, readOnly)}
      {onComment && tool('tidy', <NodeIndexOutlined aria-hidden />, editing.tidy, readOnly)}
      <SearchBox />
      <span className="editor-gap" />
      <SavedMark draft={draft} />
      {langs.length > 1 && (
        <Segmented
          size="small"
          aria-label={t('wordsIn')}
          value={looks.lang}
          options={langs.map((lang) => ({ value: lang, label: labels.lang(lang) }))}
          onChange={setLang}
        />
      )}
      <Popover trigger="click" placement="bottomRight" content={<KeyHelp />}>
        <Button
          type="text"
          icon={<QuestionCircleOutlined aria-hidden />}
          aria-label={t('keys.title')}
        />
      </Popover>
    </div>
  )
}
