import { useMemo, useRef, useState } from 'react'
import { useT } from '../i18n/index.ts'
import { asList } from './doc.ts'
import type { Doc } from './doc.ts'
import { outlineOf } from './outline.ts'
import { OutlineRow } from './OutlineRow.tsx'
import { hasInner, openLines, pressed, toggled } from './tree-keys.ts'
import type { TreeState } from './tree-keys.ts'

interface Props {
  doc: Doc
  /** goes to the block in the JSON */
  onEdit?: (block: string) => void
}

/** The flow to be read from top to bottom; a tree to the keyboard and to screen readers. */
export function Outline({ doc, onEdit }: Props) {
  const t = useT('flows')
  const rows = useMemo(() => outlineOf(doc), [doc])
  const [state, setState] = useState<TreeState>({ focus: 'entry', closed: new Set() })
  const tree = useRef<HTMLDivElement>(null)
  const seen = openLines(rows, state.closed)
  const focus = seen.some(({ key }) => key === state.focus) ? state.focus : (seen[0]?.key ?? '')
  const langs = asList(doc['langs']).filter((lang) => typeof lang === 'string')

  const moveTo = (next: TreeState) => {
    setState(next)
    requestAnimationFrame(() => tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus())
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    const row = seen.find(({ key }) => key === focus)
    if (event.key === 'Enter' && row?.kind === 'block') onEdit?.(row.id)
    if (event.key === 'Enter' && row?.kind === 'exit' && row.seeAbove)
      moveTo({ ...state, focus: `block:${row.exit.to}` })
    const next = pressed(rows, { ...state, focus }, event.key)
    if (next.focus === focus && next.closed === state.closed) return
    event.preventDefault()
    moveTo(next)
  }
  return (
    <>
      <p className="quiet">{t('outlineHint')}</p>
      <div
        ref={tree}
        className="outline"
        role="tree"
        aria-label={t('outline')}
        onKeyDown={onKeyDown}
      >
        {seen.map((row) => (
          <OutlineRow
            key={row.key}
            row={row}
            langs={langs}
            focused={row.key === focus}
            open={hasInner(rows, row.key) ? !state.closed.has(row.key) : undefined}
            onFocus={() => setState({ ...state, focus: row.key })}
            onToggle={() => setState(toggled({ ...state, focus: row.key }, row.key))}
            onEdit={onEdit}
          />
        ))}
      </div>
    </>
  )
}
