import { Select } from 'antd'
import type { ImportLook } from '../../../../gateway/flows/schema.ts'
import { useT } from '../../i18n/index.ts'
import type { Choices } from './useLook.ts'
import { useNamed } from './useNamed.ts'

interface Props {
  first: ImportLook
  choices: Choices
  onChoose(choices: Choices): void
}

/** Queues, schedules and the like that the file names and that are not here: put another in their place, or leave it. */
export function ImportMissing({ first, choices, onChoose }: Props) {
  const t = useT('flows/library')
  const named = useNamed()
  if (first.missing.length === 0) return null
  const set = (kind: string, id: string, other: string | undefined) => {
    const { [id]: _old, ...rest } = choices.references[kind] ?? {}
    const of = other === undefined ? rest : { ...rest, [id]: other }
    onChoose({ ...choices, references: { ...choices.references, [kind]: of } })
  }
  return (
    <section aria-label={t('importing.missing')}>
      <h3>{t('importing.missing')}</h3>
      <p className="quiet">{t('importing.missingText')}</p>
      <div className="import-map">
        {first.missing.map(({ kind, id, where }) => {
          const kindName = t(`importing.kind.${kind}`)
          const places = where.map(({ flow, block }) => (block ? `${flow} › ${block}` : flow))
          return [
            <div key={`${kind} ${id}`}>
              {kindName} <b>{id}</b>
              <div className="quiet">{t('importing.where', { where: places.join('、') })}</div>
            </div>,
            <Select
              key={`${kind} ${id} other`}
              aria-label={t('importing.map', { kind: kindName, id })}
              placeholder={t('importing.leave')}
              allowClear
              showSearch
              options={named(kind)}
              {...(choices.references[kind]?.[id] !== undefined && {
                value: choices.references[kind][id],
              })}
              onChange={(other: string | undefined) => set(kind, id, other)}
            />,
          ]
        })}
      </div>
    </section>
  )
}
