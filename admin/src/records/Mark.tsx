import type { ReactNode } from 'react'
import './records.css'

export type Tone = 'plain' | 'teal' | 'blue' | 'green' | 'amber' | 'gold' | 'red'

/** A small word on a colour. Its own colours, because the library's tags are too pale to read (AA). */
export function Mark({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`mark mark-${tone}`}>{children}</span>
}
