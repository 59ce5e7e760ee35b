import { useLang, useT } from '../../i18n/index.ts'
import { contextRows } from './contextRows.ts'

export function ContextList({ context }: { context: Record<string, unknown> }) {
  const t = useT('desk')
  const lang = useLang()
  const { trail, rows } = contextRows(context, lang === 'en' ? 'en' : 'zh')
  if (trail.length === 0 && rows.length === 0)
    return <p className="quiet">{t('side.contextEmpty')}</p>
  return (
    <>
      <dl className="context">
        {rows.map(({ name, value }) => (
          <div key={name}>
            {/* `answer.question`: the last word says what it is */}
            <dt title={name}>
              {t(`side.known.${name.split('.').at(-1)}`, { defaultValue: name })}
            </dt>
            <dd>
              {name === 'lang'
                ? t(`lang.${value}`, { defaultValue: value })
                : t(`side.about.${value}`, { defaultValue: value, nsSeparator: false })}
            </dd>
          </div>
        ))}
      </dl>
      {/* where in the flow the visitor was: for who writes the flows, so folded away */}
      {trail.length > 0 && (
        <details className="trail-fold">
          <summary>{t('side.trail')}</summary>
          <ol className="trail" aria-label={t('side.trail')}>
            {trail.map((step, index) => (
              <li key={index}>{step}</li>
            ))}
          </ol>
        </details>
      )}
    </>
  )
}
