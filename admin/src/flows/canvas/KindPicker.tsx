import { Input } from 'antd'
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import type { BlockType } from '../../../../bots/flow/schema.ts'
import { useT } from '../../i18n/index.ts'
import type { Point } from '../document/place.ts'
import { KindIcon } from './KindIcon.tsx'
import { drawers, useKinds } from './useKinds.ts'
import './picker.css'

interface Props {
  /** of the screen */
  at: Point
  onPick(type: BlockType): void
  onClose(): void
}

const WIDTH = 320
const HEIGHT = 380

/** Which kind of block? Written, or picked from the list; a combobox to assistive technology. */
export function KindPicker({ at, onPick, onClose }: Props) {
  const t = useT('flows/editor')
  const kinds = useKinds()
  const list = useId()
  const box = useRef<HTMLDivElement>(null)
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const types = useMemo(() => {
    const wanted = text.trim().toLowerCase()
    const all = drawers.flatMap((drawer) => drawer.types)
    const hits = (words: string) => words.toLowerCase().includes(wanted)
    return [
      ...all.filter((type) => hits(`${kinds.name(type)} ${type}`)),
      ...all.filter((type) => !hits(`${kinds.name(type)} ${type}`) && hits(kinds.help(type))),
    ]
  }, [text, kinds])
  const current = types[Math.min(active, types.length - 1)]

  useEffect(() => {
    const before = document.activeElement
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])
  useEffect(() => {
    const away = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) onClose()
    }
    document.addEventListener('pointerdown', away, true)
    return () => document.removeEventListener('pointerdown', away, true)
  }, [onClose])
  useEffect(() => {
    document.getElementById(`${list}-${current}`)?.scrollIntoView({ block: 'nearest' })
  }, [list, current])

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setActive((Math.min(active, types.length - 1) + step + types.length) % types.length)
    else if (event.key === 'Enter' && current) onPick(current)
    else if (event.key === 'Escape') onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      ref={box}
      className="picker"
      role="dialog"
      aria-label={t('pickKind')}
      style={{
        left: Math.max(8, Math.min(at.x, window.innerWidth - WIDTH - 8)),
        top: Math.max(8, Math.min(at.y, window.innerHeight - HEIGHT - 8)),
        width: WIDTH,
        maxHeight: HEIGHT,
      }}
      onKeyDown={onKeyDown}
    >
      <Input
        autoFocus
        role="combobox"
        aria-label={t('pickKind')}
        aria-expanded
        aria-controls={list}
        aria-activedescendant={current && `${list}-${current}`}
        placeholder={t('pickKindHint')}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setActive(0)
        }}
      />
      <div id={list} role="listbox" aria-label={t('kinds')}>
        {types.map((type) => (
          <div
            key={type}
            id={`${list}-${type}`}
            role="option"
            aria-selected={type === current}
            onClick={() => onPick(type)}
          >
            <KindIcon type={type} />
            <span>
              <b>{kinds.name(type)}</b>
              <small>{kinds.help(type)}</small>
            </span>
          </div>
        ))}
        {types.length === 0 && <p className="quiet">{t('nothingFound')}</p>}
      </div>
    </div>
  )
}
