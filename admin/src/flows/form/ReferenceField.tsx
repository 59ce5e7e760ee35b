import { AutoComplete, Select } from 'antd'
import { UNCHOSEN } from '../../../../bots/flow/description.ts'
import type { Referable } from '../../../../bots/flow/description.ts'
import { useT } from '../../i18n/index.ts'
import { Link } from '../../router.tsx'
import { asList, asString } from '../doc.ts'
import type { Path } from './edit-at.ts'
import { Field } from './Field.tsx'
import { useSpot } from './form-scope.ts'
import { useReferences } from './references.ts'

interface Props {
  path: Path
  to: Referable
  label: string
  help?: string | undefined
  required?: boolean | undefined
  many?: boolean | undefined
}

/** One of the things there are: queues, schedules, sources, flows …; and the way to where they are made. */
export function ReferenceField({ path, to, label, help, required, many }: Props) {
  const t = useT('flows/form')
  const { value, set, problems } = useSpot(path)
  const { items, room, listed } = useReferences(to)
  const chosen = asString(value) === UNCHOSEN ? undefined : asString(value)
  const known = (items ?? []).map(({ id, name }) => ({ value: id, label: name === id ? id : `${name} · ${id}` })) // prettier-ignore
  const missing = (many ? asList(value).map(String) : [chosen ?? ''])
    .filter((id) => id && !known.some((each) => each.value === id))
    .map((id) => ({ value: id, label: items ? t('reference.gone', { id }) : id }))
  const options = [...known, ...missing]
  const link = room?.(to === 'flow' ? chosen : undefined)
  const way = to === 'flow' && chosen ? 'reference.open' : 'reference.manage'
  return (
    <Field label={label} help={help} required={required ?? false} problems={problems}>
      {({ id, describedBy }) => (
        <div className="form-row">
          {many ? (
            <Select<string[]>
              id={id}
              className="form-grow"
              mode="multiple"
              aria-describedby={describedBy}
              value={asList(value).map(String)}
              options={options}
              optionFilterProp="label"
              onChange={(list) => set(list.length > 0 ? list : undefined)}
            />
          ) : listed ? (
            <Select
              id={id}
              className="form-grow"
              showSearch={{ optionFilterProp: 'label' }}
              allowClear={!required}
              aria-describedby={describedBy}
              placeholder={t('reference.choose')}
              status={problems.length > 0 ? 'error' : ''}
              value={chosen ?? null}
              options={options}
              notFoundContent={t('reference.none')}
              onChange={(next: string | null) => set(next ?? (required ? UNCHOSEN : undefined))}
            />
          ) : (
            <AutoComplete
              id={id}
              className="form-grow"
              aria-describedby={describedBy}
              placeholder={t('reference.write')}
              status={problems.length > 0 ? 'error' : ''}
              value={chosen ?? ''}
              options={known}
              onChange={(typed: string) => set(typed || (required ? UNCHOSEN : undefined), { merge: true })} // prettier-ignore
            />
          )}
          {link !== undefined && (
            <Link to={link} className="form-link" aria-label={`${t(way)} · ${label}`}>
              {t(way)}
            </Link>
          )}
        </div>
      )}
    </Field>
  )
}
