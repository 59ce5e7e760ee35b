import {
  DeleteOutlined,
  FormOutlined,
  LinkOutlined,
  PlayCircleOutlined,
  PlusOutlined,
} from '@ant-design/icons'
import { Button } from 'antd'
import { useCallback, useRef, useState } from 'react'
import { useT } from '../i18n/index.ts'
import { KindPicker } from './canvas/KindPicker.tsx'
import { useKinds } from './canvas/useKinds.ts'
import { ConnectDialog } from './ConnectDialog.tsx'
import type { Target } from './ConnectDialog.tsx'
import { asObject } from './doc.ts'
import { connect, disconnect } from './document/connect.ts'
import { removeBlocks } from './document/remove.ts'
import { EditorBar } from './editor/EditorBar.tsx'
import { useEditorView } from './editor/editor-view.ts'
import { useFlowEditor } from './editor/flow-editor.ts'
import { SidePanel } from './editor/SidePanel.tsx'
import { useEditing } from './editor/useEditing.ts'
import { useEditorKeys } from './editor/useEditorKeys.ts'
import { blockAt, Outline } from './Outline.tsx'
import type { Row } from './outline.ts'
import type { Draft } from './useDraft.ts'
import { useNames } from './useNames.ts'

const beside = () => undefined

/** The same flow as the canvas shows, written line by line; everything can be done by keyboard alone. */
export default function OutlineView({ draft }: { draft: Draft }) {
  const t = useT('flows/editor')
  const kinds = useKinds()
  const frame = useRef<HTMLDivElement>(null)
  const { doc, change, select, selection } = useFlowEditor()
  const { openForm, readOnly, reveal } = useEditorView()
  const [before] = useState<object | undefined>(reveal)
  const editing = useEditing()
  const [row, stand] = useState<Row>()
  const [adding, add] = useState<{ row: Row | undefined }>()
  const [connecting, askWhere] = useState<{ from: string; port: string | undefined }>()
  const [told, tell] = useState('')
  const block = row && blockAt(row)
  const onStand = useCallback((next: Row | undefined) => stand(next), [])
  useEditorKeys({ frame, editing, draft, pasteAt: beside })

  const nameOf = useNames()
  const onConnect = (at: Row) => {
    if (at.kind === 'exit' && !at.from.startsWith('hotkey.')) askWhere({ from: at.from, port: at.exit.port }) // prettier-ignore
    if (at.kind === 'block' && !at.missing) askWhere({ from: at.id, port: undefined })
  }
  const onRemove = (at: Row) => {
    if (at.kind === 'exit' && at.exit.to !== '') {
      change((now) => disconnect(now, at.from, at.exit.port))
      tell(t('outline.removed', { what: at.exit.port }))
    }
    if (at.kind !== 'block') return
    const gone = selection.includes(at.id) ? selection : [at.id]
    change((now) => removeBlocks(now, gone))
    select([])
    tell(t('outline.removed', { what: gone.map(nameOf).join(', ') }))
  }
  const toExit = (port: string, target: Target) => {
    if (!connecting) return
    const { from } = connecting
    askWhere(undefined)
    if (!target) return change((now) => disconnect(now, from, port))
    if ('type' in target) {
      editing.add(target.type, { exit: { from, port } })
      return tell(t('outline.added', { what: kinds.name(target.type) }))
    }
    change((now) => connect(now, from, port, target.block))
    select([from], { bringIntoView: true })
    tell(t('outline.connected', { exit: port, to: nameOf(target.block) }))
  }
  const lineBox = () =>
    frame.current?.querySelector('.outline [tabindex="0"]')?.getBoundingClientRect() ?? new DOMRect(300, 200) // prettier-ignore
  const empty = Object.keys(asObject(doc['blocks'])).length === 0
  const tool = (key: string, icon: React.ReactNode, act: () => void, can: boolean) => (
    <Button type="text" size="small" icon={icon} disabled={!can || readOnly} onClick={act}>
      {t(`outline.${key}`)}
    </Button>
  )
  return (
    <div className="editor-frame" ref={frame}>
      <EditorBar editing={editing} draft={draft} />
      <div className="editor-body">
        <div className="outline-pane">
          <div className="outline-tools" role="toolbar" aria-label={t('tools')}>
            {tool('add', <PlusOutlined aria-hidden />, () => add({ row }), row !== undefined)}
            {tool(
              'connect',
              <LinkOutlined aria-hidden />,
              () => row && onConnect(row),
              block !== undefined,
            )}
            {tool('form', <FormOutlined aria-hidden />, openForm, block !== undefined)}
            {tool(
              'entry',
              <PlayCircleOutlined aria-hidden />,
              () => change((now) => ({ ...now, entry: block })),
              block !== undefined && doc['entry'] !== block,
            )}
            {tool(
              'remove',
              <DeleteOutlined aria-hidden />,
              () => row && onRemove(row),
              block !== undefined,
            )}
          </div>
          <p className="quiet" aria-hidden>
            {t('outline.help')}
          </p>
          {empty ? (
            <div className="flow-side-empty">
              <p>{t('outline.isEmpty')}</p>
              <Button type="primary" autoFocus onClick={() => add({ row: undefined })}>
                {t('outline.addFirst')}
              </Button>
            </div>
          ) : (
            <Outline
              onAdd={(at) => add({ row: at })}
              onConnect={onConnect}
              onRemove={onRemove}
              onStand={onStand}
              before={before}
            />
          )}
          <span role="status" className="seen-by-readers">
            {told}
          </span>
        </div>
        <SidePanel />
      </div>
      {adding && (
        <KindPicker
          at={{ x: lineBox().x + 40, y: lineBox().bottom + 4 }}
          onClose={() => add(undefined)}
          onPick={(type) => {
            const at = adding.row
            add(undefined)
            if (at?.kind === 'exit' && !at.from.startsWith('hotkey.'))
              editing.add(type, { exit: { from: at.from, port: at.exit.port }, between: at.exit.to !== '' }) // prettier-ignore
            else if (at?.kind === 'block') editing.addBehind(at.id, type)
            else editing.add(type)
            tell(t('outline.added', { what: kinds.name(type) }))
          }}
        />
      )}
      {connecting && (
        <ConnectDialog {...connecting} onConnect={toExit} onClose={() => askWhere(undefined)} />
      )}
    </div>
  )
}
