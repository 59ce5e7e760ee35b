import { Input } from 'antd'
import { useT } from '../../i18n/index.ts'
import { readPeriods } from './week.ts'

interface Props {
  id?: string
  value?: string
  onChange?(value: string): void
  label: string
  placeholder: string
}

/** Hours in writing, with what is wrong about them said while typing. */
export function PeriodsInput({ id, value = '', onChange, label, placeholder }: Props) {
  const t = useT('settings')
  const read = readPeriods(value)
  return (
    <>
      <Input
        {...(id !== undefined && { id })}
        aria-label={label}
        placeholder={placeholder}
        value={value}
        status={read.ok ? '' : 'error'}
        onChange={(event) => onChange?.(event.target.value)}
      />
      {!read.ok && (
        <div role="alert" className="wrong">
          {t(`hours.wrong.${read.why}`, { at: read.at })}
        </div>
      )}
    </>
  )
}
