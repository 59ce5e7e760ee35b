import { Select } from 'antd'
import type { TuneView } from '../../../gateway/prompts/schema.ts'
import { useT } from '../i18n/index.ts'
import { useItems } from '../records/useItems.ts'

interface Props {
  id?: string
  kind: TuneView['kind']
  /** empty: none is chosen here */
  value?: string
  onChange?(tune: string): void
}

/** One of the tunes that are kept with the prompts. */
export function TuneSelect({ id, kind, value, onChange }: Props) {
  const t = useT('settings')
  const tunes = useItems<TuneView>('/prompts/tunes')
  const fitting = (tunes.data ?? []).filter((tune) => tune.kind === kind)
  const standard = fitting.find(({ isDefault }) => isDefault)
  return (
    <Select
      {...(id !== undefined && { id })}
      value={value ?? ''}
      onChange={(tune: string) => onChange?.(tune)}
      options={[
        {
          value: '',
          label: t(kind === 'hold' ? 'tunes.usual' : 'tunes.none', {
            name: standard?.name ?? t('queues.musicOwn'),
          }),
        },
        ...fitting.map((tune) => ({ value: tune.id, label: tune.name })),
      ]}
    />
  )
}
