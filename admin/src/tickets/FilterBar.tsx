import { Button, Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import { ticketStatuses } from '../../../gateway/domain/ticket.ts'
import { useT } from '../i18n/index.ts'
import { useSettled } from '../records/useSettled.ts'
import type { Filter } from './useFilter.ts'
import { useKinds } from './useKinds.ts'

interface Props {
  filter: Filter
  onChange(change: Filter): void
}

export function FilterBar({ filter, onChange }: Props) {
  const t = useT('tickets')
  const { options } = useKinds()
  const [typed, type] = useState(filter.q ?? '')
  const settled = useSettled(typed)
  useEffect(() => {
    if (settled !== (filter.q ?? '')) onChange({ q: settled })
    // only what was typed asks; a filter changed elsewhere must not be undone by old words
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled])
  const any = Object.keys(filter).length > 0
  return (
    <div className="bar" role="search">
      <Input.Search
        className="bar-search"
        allowClear
        aria-label={t('searchHint')}
        placeholder={t('searchHint')}
        value={typed}
        onChange={(event) => type(event.target.value)}
      />
      <Select
        aria-label={t('status')}
        allowClear
        placeholder={t('allStatuses')}
        style={{ minWidth: 130 }}
        value={filter.status ?? null}
        onChange={(status: string | null) => onChange({ status: status ?? '' })}
        options={ticketStatuses.map((value) => ({ value, label: t(`statuses.${value}`) }))}
      />
      <Select
        aria-label={t('kind')}
        allowClear
        placeholder={t('allKinds')}
        style={{ minWidth: 150 }}
        value={filter.kind ?? null}
        onChange={(kind: string | null) => onChange({ kind: kind ?? '' })}
        options={options}
      />
      {filter.contactId && <span className="quiet">{t('ofContact')}</span>}
      {any && (
        <Button
          type="link"
          onClick={() => {
            type('')
            onChange({ q: '', status: '', kind: '', contactId: '' })
          }}
        >
          {t('clear')}
        </Button>
      )}
    </div>
  )
}
