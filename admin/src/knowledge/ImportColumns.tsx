import { Select } from 'antd'
import type { ImportPreview } from '../../../gateway/knowledge/import/schema.ts'
import { useT } from '../i18n/index.ts'
import { useLabels } from '../records/useLabels.ts'
import { sides } from './entry.ts'

interface Props {
  preview: ImportPreview
  onMap(columns: (string | null)[]): void
}

/** What each column of the table is, as it was recognised and as one corrects it. */
export function ImportColumns({ preview: { headings, columns }, onMap }: Props) {
  const t = useT('knowledge')
  const labels = useLabels()
  const fields = ['question', 'answer', 'variants']
  const options = [
    { value: '', label: t('import.column.none') },
    ...fields.flatMap((field) => [
      { value: field, label: t(field) },
      ...sides.map((side) => ({
        value: `${field}.${side}`,
        label: `${t(field)} (${labels.lang(side)})`,
      })),
    ]),
    ...['category', 'keywords', 'source', 'validFrom', 'validUntil', 'lang'].map((field) => ({
      value: field,
      label: t(field),
    })),
    { value: 'id', label: 'id' },
  ]
  const known = new Set(options.map(({ value }) => value))
  for (const column of columns)
    if (column && !known.has(column)) options.push({ value: column, label: column })
  return (
    <fieldset className="import-columns">
      <legend>{t('import.columns')}</legend>
      {headings.map((heading, at) => (
        <label key={at} className="stack">
          <span className="import-heading">
            {heading || t('import.column.unnamed', { at: at + 1 })}
          </span>
          <Select
            size="small"
            aria-label={t('import.column.of', { heading })}
            value={columns[at] ?? ''}
            options={options}
            onChange={(next) =>
              onMap(
                headings.map((_, index) =>
                  index === at ? next || null : (columns[index] ?? null),
                ),
              )
            }
          />
        </label>
      ))}
    </fieldset>
  )
}
