import { Select } from 'antd'
import { useState } from 'react'
import type { ContactSummaryView, ContactView } from '../../../gateway/contacts/schema.ts'
import { useT } from '../i18n/index.ts'
import { useItems } from '../records/useItems.ts'
import { useOne } from '../records/useOne.ts'
import { useSettled } from '../records/useSettled.ts'

interface Props {
  id?: string
  value?: string
  onChange?(id: string | undefined): void
  /** not offered, e.g. the contact itself */
  without?: string
}

/** Finds a contact by name, phone or e-mail. */
export function ContactPicker({ id, value, onChange, without }: Props) {
  const t = useT('contacts')
  const [typed, type] = useState('')
  const q = useSettled(typed.trim())
  const found = useItems<ContactSummaryView>('/contacts', { q, limit: 20 })
  const chosen = useOne<ContactView>('/contacts', value)
  const label = (contact: Pick<ContactSummaryView, 'name' | 'phone' | 'email' | 'id'>) =>
    [contact.name || t('anonymous'), contact.phone || contact.email || contact.id.slice(-8)].join(
      ' · ',
    )
  const options = (found.data ?? [])
    .filter((contact) => contact.id !== without)
    .map((contact) => ({ value: contact.id, label: label(contact) }))
  // the chosen one keeps its name while another search runs
  if (chosen.data && !options.some((option) => option.value === value))
    options.unshift({ value: chosen.data.id, label: label(chosen.data) })
  return (
    <Select<string>
      {...(id !== undefined && { id })}
      showSearch={{ filterOption: false, onSearch: type }}
      allowClear
      style={{ width: '100%' }}
      aria-label={t('pick')}
      placeholder={t('pick')}
      loading={found.isFetching}
      notFoundContent={t('nobodyFound')}
      value={value ?? null}
      onChange={(next: string | undefined) => onChange?.(next)}
      options={options}
    />
  )
}
