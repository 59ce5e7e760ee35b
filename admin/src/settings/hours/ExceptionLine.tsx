import { DeleteOutlined } from '@ant-design/icons'
import { Button, Form, Input, Select } from 'antd'
import { useT } from '../../i18n/index.ts'
import { PeriodsInput } from './PeriodsInput.tsx'

interface Props {
  name: number
  date: string
  hidden: boolean
  onRemove(): void
}

export function ExceptionLine({ name, date, hidden, onRemove }: Props) {
  const t = useT('settings')
  return (
    <div className="exception" style={hidden ? { display: 'none' } : undefined}>
      <Form.Item name={[name, 'date']}>
        <Input type="date" aria-label={t('hours.date')} />
      </Form.Item>
      <Form.Item name={[name, 'kind']}>
        <Select
          aria-label={t('hours.kind')}
          options={(['holiday', 'workday'] as const).map((value) => ({
            value,
            label: t(`hours.kinds.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name={[name, 'name']}>
        <Input aria-label={t('hours.reason')} placeholder={t('hours.reason')} maxLength={64} />
      </Form.Item>
      <div>
        <Form.Item name={[name, 'periods']} noStyle>
          <PeriodsInput label={t('hours.periods')} placeholder={t('hours.allDay')} />
        </Form.Item>
      </div>
      <Button
        type="text"
        icon={<DeleteOutlined aria-hidden />}
        aria-label={t('hours.removeException', { date })}
        onClick={onRemove}
      />
    </div>
  )
}
