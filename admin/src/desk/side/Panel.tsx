import type { ReactNode } from 'react'

export function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="panel" open>
      <summary>{title}</summary>
      <div className="panel-body">{children}</div>
    </details>
  )
}
