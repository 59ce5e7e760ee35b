import { Fragment } from 'react'
import { useT } from '../i18n/index.ts'
import { useLabels } from '../records/useLabels.ts'
import { asList, asObject, saidBy, valueText } from './doc.ts'
import type { Row } from './outline.ts'

interface Props {
  row: Extract<Row, { kind: 'block' }>
  langs: string[]
}

/** The words of a block in every language, and the values it sets. */
export function OutlineSaid({ row, langs }: Props) {
  const t = useT('flows')
  const labels = useLabels()
  const said = saidBy(row.block, langs)
  const assigned = asList(row.block['assign']).map(asObject)
  if (said.length === 0 && assigned.length === 0) return null
  return (
    <dl className="outline-said">
      {said.map(({ part, lang, text, more }) => (
        <Fragment key={`${part} ${lang}`}>
          <dt>
            {t(`part.${part}`)} · {labels.lang(lang)}
          </dt>
          <dd lang={lang}>
            {text}
            {more.length > 0 && (
              <div className="quiet">{t('more', { more: more.join(' / ') })}</div>
            )}
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
