import { App, Form, Select } from 'antd'
import { scheduleView } from '../../../../gateway/routing/schema.ts'
import type { ScheduleView } from '../../../../gateway/routing/schema.ts'
import { api } from '../../api/client.ts'
import { useName, useT } from '../../i18n/index.ts'
import { NameFields } from '../../records/NameFields.tsx'
import { RecordDrawer } from '../../records/RecordDrawer.tsx'
import { RemoveButton } from '../../records/RemoveButton.tsx'
import { useRecordForm } from '../../records/useRecordForm.ts'
import { KeyField } from '../KeyField.tsx'
import { Exceptions } from './Exceptions.tsx'
import { MonthPreview } from './MonthPreview.tsx'
import { scheduleBody, scheduleValues } from './scheduleForm.ts'
import type { ScheduleValues } from './scheduleForm.ts'
import { WeekGrid } from './WeekGrid.tsx'
import './month.css'

const zones = Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }))

interface Props {
  schedule: ScheduleView | undefined
  onClose(): void
}

export function ScheduleDrawer({ schedule, onClose }: Props) {
  const t = useT('settings')
  const words = useT('records')
  const name = useName()
  const { message } = App.useApp()
  const edit = useRecordForm<ScheduleView, ScheduleValues>({
    record: schedule,
    toValues: scheduleValues,
    toBody: scheduleBody,
    schema: scheduleView,
    send: (body) => {
      const { id, ...rest } = body as ScheduleView
      return api.put<ScheduleView>(`/schedules/${id}`, rest)
    },
    touches: ['/schedules'],
    onSaved: () => {
      void message.success(t('hours.saved'))
      onClose()
    },
  })
  return (
    <RecordDrawer
      title={schedule ? name(schedule.name) : words('create')}
      size={780}
      edit={edit}
      onClose={onClose}
      aside={
        schedule && (
          <RemoveButton
            path={`/schedules/${schedule.id}`}
            title={t('removeTitle', { name: name(schedule.name) })}
            text={t('removeText')}
            touches={['/schedules']}
            onRemoved={onClose}
          />
        )
      }
    >
      <NameFields />
      <div className="pair">
        <KeyField fixed={schedule !== undefined} />
        <Form.Item name="timezone" label={t('hours.timezone')} required>
          <Select showSearch options={zones} />
        </Form.Item>
      </div>
      <WeekGrid />
      <Exceptions />
      <MonthPreview />
    </RecordDrawer>
  )
}
