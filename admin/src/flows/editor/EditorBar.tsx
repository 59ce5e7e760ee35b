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
import { memo } from 'react'
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
  onPasteAt?: (() => Point) | undefined
  onComment?: (() => void) | undefined
}

/** Above canvas and outline: steps back, clipboard, search, language, and whether it is saved. */
export function EditorBar({ editing, draft, onPasteAt, onComment }: Props) {
  const t = useT('flows/editor')
  const { undo, redo, canUndo, canRedo, selection } = useFlowEditor()
  const { readOnly } = useEditorView()
  return (
    <div className="editor-bar" role="toolbar" aria-label={t('tools')}>
      <Tools
        {...{ editing, onPasteAt, onComment, undo, redo, canUndo, canRedo, readOnly }}
        chosen={selection.length}
      />
      <SearchBox />
      <span className="editor-gap" />
      <SavedMark draft={draft} />
      <LanguageShown />
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

function LanguageShown() {
  const t = useT('flows/editor')
  const labels = useLabels()
  const { looks, langs, setLang } = useEditorView()
  if (langs.length < 2) return null
  return (
    <Segmented
      size="small"
      aria-label={t('wordsIn')}
      value={looks.lang}
      options={langs.map((lang) => ({ value: lang, label: labels.lang(lang) }))}
      onChange={setLang}
    />
  )
}

interface ToolsProps extends Omit<Props, 'draft'> {
  undo(): void
  redo(): void
  canUndo: boolean
  canRedo: boolean
  readOnly: boolean
  chosen: number
}

/** Apart, so that it is not drawn again at every key somebody writes. */
const Tools = memo(function Tools(props: ToolsProps) {
  const { editing, onPasteAt, onComment, undo, redo, canUndo, canRedo, readOnly, chosen } = props
  const t = useT('flows/editor')
  const { message } = App.useApp()
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
    void message.success(t('copied', { count: chosen }))
  }
  const paste = () => {
    if (!editing.paste(keptClip() ?? '', onPasteAt?.())) void message.info(t('paste.none'))
  }
  return (
    <>
      {tool('undo', <UndoOutlined aria-hidden />, undo, !canUndo)}
      {tool('redo', <RedoOutlined aria-hidden />, redo, !canRedo)}
      <i />
      {tool('copy', <CopyOutlined aria-hidden />, copy, chosen === 0)}
      {tool('paste', <SnippetsOutlined aria-hidden />, paste, readOnly)}
      {onComment && tool('comment', <MessageOutlined aria-hidden />, onComment, readOnly)}
      {onComment && tool('tidy', <NodeIndexOutlined aria-hidden />, editing.tidy, readOnly)}
    </>
  )
})
