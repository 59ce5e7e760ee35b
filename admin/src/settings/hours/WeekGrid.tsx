import { Button, Form, Tooltip } from 'antd'
import { useT } from '../../i18n/index.ts'
import { DayBar } from './DayBar.tsx'
import { PeriodsInput } from './PeriodsInput.tsx'
import { weekOrder } from './week.ts'

const MONDAY = 1
const WORKDAYS = [2, 3, 4, 5]

/** Seven days, Monday first: hours in writing and as a bar. */
export function WeekGrid() {
  const t = useT('settings')
  const form = Form.useFormInstance()
  const week: unknown = Form.useWatch('week')
  const hours = (day: number) => (Array.isArray(week) ? String(week[day] ?? '') : '')
  const copyDown = () => {
    for (const day of WORKDAYS) form.setFieldValue(['week', day], hours(MONDAY))
  }
  return (
    <section className="part">
      <h3>{t('hours.week')}</h3>
      <p className="quiet">
        {t('hours.weekHint')}{' '}
        <Tooltip title={t('hours.copyDownText')}>
          <Button size="small" onClick={copyDown}>
            {t('hours.copyDown')}
          </Button>
        </Tooltip>
      </p>
      <div className="week">
        {weekOrder.map((day) => (
          <div key={day} className="day">
            <span>{t(`hours.days.${day}`)}</span>
            <div>
              <Form.Item name={['week', day]} noStyle>
                <PeriodsInput label={t(`hours.days.${day}`)} placeholder={t('hours.closed')} />
              </Form.Item>
            </div>
            <DayBar hours={hours(day)} />
          </div>
        ))}
      </div>
    </section>
  )
}
