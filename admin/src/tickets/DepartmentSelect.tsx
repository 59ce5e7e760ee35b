import { AutoComplete } from 'antd'
import { useName, useT } from '../i18n/index.ts'
import { useDeskChoices } from '../records/useDeskChoices.ts'

interface Props {
  id?: string
  value?: string
  onChange?(value: string): void
}

/** Departments the desk offers; another one may be typed, since a town has more than its settings know. */
export function DepartmentSelect({ id, value, onChange }: Props) {
  const t = useT('tickets')
  const name = useName()
  const { data } = useDeskChoices()
  return (
    <AutoComplete
      {...(id !== undefined && { id })}
      allowClear
      style={{ width: '100%' }}
      placeholder={t('noDepartment')}
      value={value ?? ''}
      onChange={(next: string | undefined) => onChange?.(next ?? '')}
      options={(data?.departments ?? []).map((department) => ({ value: name(department.name) }))}
    />
  )
}
