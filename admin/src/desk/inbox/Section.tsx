import { DownOutlined, RightOutlined } from '@ant-design/icons'
import { useId } from 'react'
import type { ReactNode } from 'react'

interface Props {
  title: string
  count: number
  tone?: 'offered' | 'wrapUp'
  empty?: string
  /** absent: always open */
  open?: boolean
  onToggle?: () => void
  children: ReactNode
}

export function Section({ title, count, tone, empty, open = true, onToggle, children }: Props) {
  const id = useId()
  const words = (
    <>
      {title} <span className="section-count">{count}</span>
    </>
  )
  return (
    <section className={`section${tone ? ` section-${tone}` : ''}`} aria-labelledby={id}>
      <h2 id={id}>
        {onToggle ? (
          <button type="button" aria-expanded={open} onClick={onToggle}>
            {open ? <DownOutlined aria-hidden /> : <RightOutlined aria-hidden />} {words}
          </button>
        ) : (
          words
        )}
      </h2>
      {open && count > 0 && <ul>{children}</ul>}
      {open && count === 0 && empty && <p className="section-empty">{empty}</p>}
    </section>
  )
}
