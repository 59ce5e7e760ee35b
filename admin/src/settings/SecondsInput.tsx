import { InputNumber } from 'antd'
import { useT } from '../i18n/index.ts'

interface Props {
  id?: string
  value?: number
  onChange?(ms: number | undefined): void
  minSeconds?: number
}

/** Milliseconds to the machine, seconds to people. */
export function SecondsInput({ id, value, onChange, minSeconds = 0 }: Props) {
  const t = useT('settings')
  return (
    <InputNumber
      {...(id !== undefined && { id })}
      style={{ width: '100%' }}
      min={minSeconds}
      precision={0}
      suffix={t('queues.seconds')}
      value={value === undefined ? null : value / 1000}
      onChange={(seconds) => onChange?.(seconds === null ? undefined : seconds * 1000)}
    />
  )
}
