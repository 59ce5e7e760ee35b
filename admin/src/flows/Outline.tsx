import { useEffect, useMemo, useRef, useState } from 'react'
import { kindOf } from '../../../bots/flow/describe.ts'
import { useT } from '../i18n/index.ts'
import { blockOf } from './document/blocks.ts'
import { useEditorView } from './editor/editor-view.ts'
import { useFlowEditor } from './editor/flow-editor.ts'
import { keepSame } from './keep-same.ts'
import { outlineOf } from './outline.ts'
import type { Row } from './outline.ts'
import { OutlineRow } from './OutlineRow.tsx'
import { hasInner, openedTo, openLines, pressed, toggled } from './tree-keys.ts'
import type { TreeState } from './tree-keys.ts'
import { useNames } from './useNames.ts'

export interface OutlineHandlers {
  onAdd(row: Row): void
  onConnect(row: Row): void
  onRemove(row: Row): void
}

interface Props extends OutlineHandlers {
  /** what was to be seen before the outline was opened: no reason to take the focus */
  before: object | undefined
  /** the line one stands on */
  onStand(row: Row | undefined): void
}

/** The flow to be read and written from top to bottom; a tree to the keyboard and to screen readers. */
export function Outline({ onAdd, onConnect, onRemove, onStand, before }: Props) {
  const t = useT('flows')
  const of = useT('flows/editor')
  const { doc, selection, select, problems } = useFlowEditor()
  const { looks, langs, reveal, openForm, formAsked, readOnly } = useEditorView()
  const names = useNames()
  const [kept] = useState<{ rows: Row[] }>(() => ({ rows: [] }))
  const rows = useMemo(() => {
    // lines that say the same stay the same objects and are not drawn again
    const next = keepSame(kept.rows, outlineOf(doc, { lacking: true, callees: looks.callees }))
    Object.assign(kept, { rows: next })
    return next
  }, [kept, doc, looks.callees])
  const [state, setState] = useState<TreeState>({ focus: 'entry', closed: new Set() })
  const [shown, setShown] = useState<object>()
  // jumped to by search, a problem, or because it is new
  if (reveal !== shown) {
    setShown(reveal)
    const key = `block:${reveal?.blocks[0] ?? ''}`
    setState(openedTo(rows, state, key))
  }
  const tree = useRef<HTMLDivElement>(null)
  const seen = openLines(rows, state.closed)
  const focus = seen.some(({ key }) => key === state.focus) ? state.focus : (seen[0]?.key ?? '')
  const chosen = useMemo(() => new Set(selection), [selection])
  const troubled = useMemo(() => {
    const by = new Map<string, number>()
    for (const { block } of problems) if (block !== undefined) by.set(block, (by.get(block) ?? 0) + 1) // prettier-ignore
    return by
  }, [problems])
  const row = seen.find(({ key }) => key === focus)
  useEffect(() => onStand(row), [row, onStand])

  const focusNow = () =>
    requestAnimationFrame(() => {
      const line = tree.current?.querySelector<HTMLElement>('[tabindex="0"]')
      line?.focus({ preventScroll: true })
      line?.scrollIntoView({ block: 'nearest' })
    })
  const last = useRef({ reveal: before, formAsked })
  useEffect(() => {
    const was = last.current
    last.current = { reveal, formAsked }
    // whoever asked for the form along with it wants the focus there
    if (reveal && reveal !== was.reveal && formAsked === was.formAsked) focusNow()
  }, [reveal, formAsked])
  const stand = (key: string, add = false) => {
    const at = rows.find((one) => one.key === key)
    const block = at && blockAt(at)
    if (block === undefined) return
    if (!add && !(selection.length === 1 && selection[0] === block)) select([block])
    if (add) select([...selection.filter((id) => id !== block), block])
  }
  const moveTo = (next: TreeState, add = false) => {
    setState(next)
    stand(next.focus, add)
    focusNow()
  }
  const act = (event: React.KeyboardEvent): boolean => {
    if (!row) return false
    const block = blockAt(row)
    switch (event.key) {
      case 'Enter':
        if (row.kind === 'exit' && row.seeAbove)
          moveTo(openedTo(rows, state, `block:${row.exit.to}`)) // prettier-ignore
        else if (row.kind === 'exit' && row.exit.to === '') onConnect(row)
        else if (block !== undefined) openForm()
        return true
      case ' ': {
        if (block === undefined) return true
        const rest = selection.filter((id) => id !== block)
        select(rest.length < selection.length ? rest : [...rest, block])
        return true
      }
      case 'a':
      case 'Insert':
        if (!readOnly) onAdd(row)
        return true
      case 'c':
        if (!readOnly && row.kind !== 'section') onConnect(row)
        return true
      case 'Delete':
      case 'Backspace': {
        if (readOnly || row.kind === 'section') return true
        const at = seen.indexOf(row)
        const stays = seen.slice(0, at).findLast((one) => blockAt(one) !== block || row.kind === 'exit') // prettier-ignore
        onRemove(row)
        setState({ ...state, focus: stays?.key ?? 'entry' })
        focusNow()
        return true
      }
      default:
        return false
    }
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget.ownerDocument.activeElement) return // prettier-ignore
    if (act(event)) {
      event.preventDefault()
      return
    }
    const next = pressed(rows, { ...state, focus }, event.key)
    if (next.focus === focus && next.closed === state.closed) return
    event.preventDefault()
    moveTo(next, event.shiftKey)
  }
  return (
    <div
      ref={tree}
      className="outline"
      role="tree"
      aria-label={t('outline')}
      aria-describedby="outline-help"
      aria-multiselectable
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        const key = keyAt(event.target)
        if (key !== undefined && state.focus !== key) setState({ ...state, focus: key })
      }}
      onClick={(event) => {
        const key = keyAt(event.target)
        if (key === undefined) return
        if (
          event.target instanceof Element &&
          event.target.closest('.outline-fold') &&
          hasInner(rows, key)
        )
          // prettier-ignore
          setState(toggled({ ...state, focus: key }, key))
        else stand(key, event.ctrlKey || event.metaKey || event.shiftKey)
      }}
      onDoubleClick={(event) => {
        if (keyAt(event.target)?.startsWith('block:')) openForm()
      }}
    >
      <span id="outline-help" className="seen-by-readers">
        {of('outline.help')}
      </span>
      {seen.map((one) => {
        const block = one.kind === 'block' ? one.id : undefined
        return (
          <OutlineRow
            key={one.key}
            row={one}
            type={one.kind === 'exit' ? (kindOf(blockOf(doc, one.from) ?? {}) ?? '') : ''}
            name={one.kind === 'section' ? '' : names(one.kind === 'block' ? one.id : one.exit.to)}
            langs={langs}
            focused={one.key === focus}
            chosen={block !== undefined && chosen.has(block)}
            problems={(block !== undefined && troubled.get(block)) || 0}
            open={hasInner(rows, one.key) ? !state.closed.has(one.key) : undefined}
          />
        )
      })}
    </div>
  )
}

/** The block a line is about. */
export const blockAt = (row: Row): string | undefined =>
  row.kind === 'block' ? row.id : row.kind === 'exit' && !row.from.startsWith('hotkey.') ? row.from : undefined // prettier-ignore

const keyAt = (target: EventTarget): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[role=treeitem]')?.dataset['key'] : undefined // prettier-ignore
