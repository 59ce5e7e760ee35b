import type { ReactNode } from 'react'
import { useT } from '../i18n/index.ts'

/** What can be done with the rows marked. */
export function SelectionBar({ count, children }: { count: number; children: ReactNode }) {
  const t = useT('delivery')
  return (
    <div className="bar" role="group" aria-label={t('selected', { count })}>
      <span>{t('selected', { count })}</span>
      {children}
    </div>
  )
}
