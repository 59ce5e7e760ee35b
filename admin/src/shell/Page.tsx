import type { ReactNode } from 'react'

interface Props {
  title: ReactNode
  /** a short line under the title saying what the page is for */
  hint?: ReactNode
  /** buttons at the right of the title */
  actions?: ReactNode
  children: ReactNode
}

/** The frame of a management page: title, actions, content. */
export function Page({ title, hint, actions, children }: Props) {
  return (
    <div className="page">
      <header className="page-head">
        <div className="page-words">
          <h1>{title}</h1>
          {hint && <p>{hint}</p>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      <div className="page-body">{children}</div>
    </div>
  )
}
