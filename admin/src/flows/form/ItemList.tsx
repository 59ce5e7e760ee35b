import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useT } from '../../i18n/index.ts'
import { useItemKeys } from './item-keys.ts'

interface Props {
  count: number
  /** 选项 1:咨询 */
  nameOf(at: number): string
  addLabel: string
  empty?: string
  min?: number
  onAdd(): void
  onMove?(at: number, to: number): void
  onRemove(at: number): void
  children(at: number): ReactNode
}

/** Things in an order that can be changed, added to and taken from; the focus stays where one works. */
export function ItemList(props: Props) {
  const { count, nameOf, addLabel, empty, min = 0, onAdd, onMove, onRemove, children } = props
  const t = useT('flows/form')
  const keys = useItemKeys(count)
  const list = useRef<HTMLDivElement>(null)
  const wish = useRef<{ at: number; what: 'first' | 'up' | 'down' } | undefined>(undefined)
  useEffect(() => {
    if (!wish.current) return
    const { at, what } = wish.current
    wish.current = undefined
    const items = list.current?.querySelectorAll<HTMLElement>(':scope > [data-item]')
    const item = items?.[Math.min(at, (items.length || 1) - 1)]
    const buttons = [...(item?.querySelectorAll<HTMLButtonElement>(':scope > .form-item-acts button') ?? [])] // prettier-ignore
    const wanted = buttons.find((each) => each.dataset['act'] === what && !each.disabled)
    const target =
      what === 'first'
        ? item?.querySelector<HTMLElement>('input, textarea, button')
        : (wanted ?? buttons.find((each) => !each.disabled))
    ;(target ?? list.current?.querySelector<HTMLElement>(':scope > button'))?.focus()
  })
  const move = (at: number, to: number, what: 'up' | 'down') => {
    keys.moved(at, to)
    wish.current = { at: to, what }
    onMove?.(at, to)
  }
  const act = (what: string, icon: ReactNode, name: string, disabled: boolean, run: () => void) => (
    <Button
      type="text"
      size="small"
      data-act={what}
      icon={icon}
      disabled={disabled}
      aria-label={t(`item.${what}`, { name })}
      title={t(`item.${what}`, { name })}
      onClick={run}
    />
  )
  return (
    <div ref={list} className="form-items">
      {count === 0 && empty !== undefined && <p className="form-help">{empty}</p>}
      {Array.from({ length: count }, (_, at) => {
        const name = nameOf(at)
        return (
          <div key={keys.of(at)} data-item className="form-item" role="group" aria-label={name}>
            <div className="form-item-body">{children(at)}</div>
            <div className="form-item-acts">
              {onMove && (
                <>
                  {act('up', <ArrowUpOutlined aria-hidden />, name, at === 0, () =>
                    move(at, at - 1, 'up'),
                  )}
                  {act('down', <ArrowDownOutlined aria-hidden />, name, at === count - 1, () =>
                    move(at, at + 1, 'down'),
                  )}
                </>
              )}
              {act('remove', <DeleteOutlined aria-hidden />, name, count <= min, () => {
                keys.removed(at)
                wish.current = { at, what: 'up' }
                onRemove(at)
              })}
            </div>
          </div>
        )
      })}
      <Button
        type="dashed"
        size="small"
        icon={<PlusOutlined aria-hidden />}
        onClick={() => {
          wish.current = { at: count, what: 'first' }
          onAdd()
        }}
      >
        {addLabel}
      </Button>
    </div>
  )
}

/** The same list with one item elsewhere. */
export function movedItem<T>(list: readonly T[], at: number, to: number): T[] {
  const moved = [...list]
  moved.splice(to, 0, ...moved.splice(at, 1))
  return moved
}
