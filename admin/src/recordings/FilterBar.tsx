import { Button, Input, InputNumber, Select } from 'antd'
import { useEffect, useState } from 'react'
import type { QueueView } from '../../../gateway/routing/schema.ts'
import { useName, useT } from '../i18n/index.ts'
import { useItems } from '../records/useItems.ts'
import { useSettled } from '../records/useSettled.ts'
import { useStaffNames } from '../records/useStaffNames.ts'
import type { Filter } from './useFilter.ts'

interface Props {
  filter: Filter
  /** may look for what colleagues said */
  ofOthers: boolean
  onChange(change: Filter): void
}

const nothing: Filter = {
  q: '',
  kind: '',
  queueId: '',
  agentId: '',
  contactId: '',
  conversationId: '',
  from: '',
  to: '',
  minSeconds: '',
}

export function FilterBar({ filter, ofOthers, onChange }: Props) {
  const t = useT('recordings')
  const name = useName()
  const queues = useItems<QueueView>('/queues')
  const staff = useStaffNames()
  const [typed, type] = useState(filter.q ?? '')
  const settled = useSettled(typed)
  useEffect(() => {
    if (settled !== (filter.q ?? '')) onChange({ q: settled })
    // only what was typed asks; a filter changed elsewhere must not be undone by old words
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled])
  const choice = (
    field: 'kind' | 'queueId' | 'agentId',
    label: string,
    all: string,
    options: { value: string; label: string }[],
  ) => (
    <Select
      aria-label={label}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={all}
      style={{ minWidth: 130 }}
      value={filter[field] ?? null}
      onChange={(value: string | null) => onChange({ [field]: value ?? '' })}
      options={options}
    />
  )
  const day = (field: 'from' | 'to') => (
    <label className="filter-day">
      <span className="quiet">{t(field)}</span>
      <Input
        type="date"
        value={filter[field] ?? ''}
        onChange={(event) => onChange({ [field]: event.target.value })}
      />
    </label>
  )
  return (
    <div className="bar" role="search">
      <Input.Search
        className="bar-search"
        allowClear
        aria-label={t('search')}
        placeholder={t('search')}
        value={typed}
        onChange={(event) => type(event.target.value)}
      />
      {choice('kind', t('kind'), t('allKinds'), [
        { value: 'call', label: t('kinds.call') },
        { value: 'voicemail', label: t('kinds.voicemail') },
      ])}
      {choice(
        'queueId',
        t('queue'),
        t('allQueues'),
        (queues.data ?? []).map((queue) => ({ value: queue.id, label: name(queue.name) })),
      )}
      {ofOthers && choice('agentId', t('agent'), t('allAgents'), staff.options)}
      {day('from')}
      {day('to')}
      <InputNumber
        aria-label={t('minSeconds')}
        placeholder={t('minSeconds')}
        min={0}
        max={86400}
        precision={0}
        value={filter.minSeconds ? Number(filter.minSeconds) : null}
        onChange={(value) => onChange({ minSeconds: value ? String(value) : '' })}
      />
      {(filter.contactId ?? filter.conversationId) && (
        <span className="quiet">{t('ofContact')}</span>
      )}
      {Object.keys(filter).length > 0 && (
        <Button
          type="link"
          onClick={() => {
            type('')
            onChange(nothing)
          }}
        >
          {t('clear')}
        </Button>
      )}
    </div>
  )
}
