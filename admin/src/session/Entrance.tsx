import type { ReactNode } from 'react'
import { useT } from '../i18n/index.ts'
import { LanguageSwitch } from '../shell/LanguageSwitch.tsx'
import { Brand } from '../shell/Brand.tsx'
import './entrance.css'

/** The page before one is in: the brand at one side, a form at the other. */
export function Entrance({ children }: { children: ReactNode }) {
  const t = useT('session')
  return (
    <div className="entrance">
      <section className="entrance-brand" aria-label="Yilu">
        <Brand />
        <div>
          <p className="entrance-motto">{t('motto')}</p>
          <p>{t('mission')}</p>
        </div>
        <svg className="entrance-roads" viewBox="0 0 400 200" aria-hidden="true">
          <path d="M0 40 C120 40 140 100 260 100 H400" />
          <path d="M0 80 C100 80 140 100 260 100" />
          <path d="M0 120 C100 120 140 100 260 100" />
          <path d="M0 160 C120 160 140 100 260 100" />
          <circle cx="260" cy="100" r="7" />
        </svg>
      </section>
      <main className="entrance-form">
        <div className="entrance-lang">
          <LanguageSwitch />
        </div>
        <div className="entrance-card">{children}</div>
      </main>
    </div>
  )
}
