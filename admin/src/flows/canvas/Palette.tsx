import { CaretDownOutlined, CaretRightOutlined } from '@ant-design/icons'
import { Input } from 'antd'
import { memo, useState } from 'react'
import type { BlockType } from '../../../../bots/flow/schema.ts'
import { useT } from '../../i18n/index.ts'
import { BLOCK_TYPE } from './block-type.ts'
import { KindIcon } from './KindIcon.tsx'
import { drawers, useKinds } from './useKinds.ts'

interface Props {
  readOnly: boolean
  onAdd(type: BlockType): void
}

/** All kinds of blocks in their drawers; dragged onto the canvas, or added by click and Enter. */
export const Palette = memo(function Palette({ readOnly, onAdd }: Props) {
  const t = useT('flows/editor')
  const kinds = useKinds()
  const [text, setText] = useState('')
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const wanted = text.trim().toLowerCase()
  const hits = (type: BlockType) =>
    `${kinds.name(type)} ${type} ${kinds.help(type)}`.toLowerCase().includes(wanted)
  const toggle = (group: string) => {
    const next = new Set(closed)
    if (!next.delete(group)) next.add(group)
    setClosed(next)
  }
  return (
    <aside className="palette" aria-label={t('palette')}>
      <Input
        allowClear
        size="small"
        aria-label={t('findKind')}
        placeholder={t('findKind')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {drawers.map(({ group, types }) => {
        const shown = types.filter(hits)
        const open = wanted !== '' || !closed.has(group)
        if (shown.length === 0) return null
        return (
          <section key={group} aria-label={t(`drawer.${group}`)}>
            <button
              type="button"
              className="palette-drawer"
              aria-expanded={open}
              onClick={() => toggle(group)}
            >
              {open ? <CaretDownOutlined aria-hidden /> : <CaretRightOutlined aria-hidden />}
              {t(`drawer.${group}`)}
            </button>
            {open &&
              shown.map((type) => (
                <button
                  key={type}
                  type="button"
                  className="palette-kind"
                  title={kinds.help(type)}
                  disabled={readOnly}
                  draggable={!readOnly}
                  onDragStart={(event) => {
                    event.dataTransfer.setData(BLOCK_TYPE, type)
                    event.dataTransfer.effectAllowed = 'copy'
                  }}
                  onClick={() => onAdd(type)}
                >
                  <KindIcon type={type} />
                  {kinds.name(type)}
                </button>
              ))}
          </section>
        )
      })}
      <p className="quiet">{t('paletteHint')}</p>
    </aside>
  )
})
