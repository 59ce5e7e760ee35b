import { Fragment } from 'react'
import { useT } from '../i18n/index.ts'
import { useLabels } from '../records/useLabels.ts'
import { asList, asObject, saidBy, valueText } from './doc.ts'
import type { Row } from './outline.ts'

interface Props {
  row: Extract<Row, { kind: 'block' }>
  langs: readonly string[]
}

/** The words of a block, its languages side by side, and the values it sets. */
export function OutlineSaid({ row, langs }: Props) {
  const t = useT('flows')
  const labels = useLabels()
  const said = saidBy(row.block, langs)
  const parts = [...new Set(said.map(({ part }) => part))]
  const assigned = asList(row.block['assign']).map(asObject)
  if (parts.length === 0 && assigned.length === 0) return null
  return (
    <dl className="outline-said">
      {parts.map((part) => (
        <Fragment key={part}>
          <dt>{t(`part.${part}`)}</dt>
          <dd className="outline-langs">
            {said
              .filter((each) => each.part === part)
              .map(({ lang, text, more }) => (
                <div key={lang} lang={lang}>
                  <span className="seen-by-readers">{labels.lang(lang)}: </span>
                  {text}
                  {more.length > 0 && (
                    <div className="quiet">{t('more', { more: more.join(' / ') })}</div>
                  )}
                </div>
              ))}
          </dd>
        </Fragment>
      ))}
      {assigned.map((each) => (
        <Fragment key={String(each['var'])}>
          <dt>{String(each['var'])}</dt>
          <dd>{valueText(each['value'])}</dd>
        </Fragment>
      ))}
    </dl>
  )
}
