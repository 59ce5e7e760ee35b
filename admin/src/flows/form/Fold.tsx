import { useState } from 'react'
import type { ReactNode } from 'react'

interface Props {
  title: ReactNode
  /** open from the start */
  open?: boolean
  className?: string
  children: ReactNode
}

/** Folded away until asked for; what is inside is made when it is first opened. */
export function Fold({ title, open = false, className, children }: Props) {
  const [seen, setSeen] = useState(open)
  return (
    <details
      className={`form-fold ${className ?? ''}`}
      open={open}
      onToggle={(event) => event.currentTarget.open && setSeen(true)}
    >
      <summary>{title}</summary>
      {seen && <div className="form-stack">{children}</div>}
    </details>
  )
}
