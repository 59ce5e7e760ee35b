import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Alert, Button, Form } from 'antd'
import { useState } from 'react'
import { monthWeeks, scheduleDay } from '../../../../gateway/domain/schedule-day.ts'
import { useT } from '../../i18n/index.ts'
import { localDate } from '../../records/localDate.ts'
import { scheduleOf } from './scheduleForm.ts'
import type { ScheduleValues } from './scheduleForm.ts'
import { holidayYears } from './seeded.ts'
import { weekOrder, writtenPeriods } from './week.ts'

/** A month as the schedule would have it, with what is typed at the moment. */
export function MonthPreview() {
  const t = useT('settings')
  const own = useT('settings/hours')
  const form = Form.useFormInstance<ScheduleValues>()
  const values = Form.useWatch([], form) as Partial<ScheduleValues> | undefined
  const [today] = useState(() => localDate(Date.now()))
  const [shown, show] = useState(() => ({
    year: Number(today.slice(0, 4)),
    month: Number(today.slice(5, 7)),
  }))
  const schedule = scheduleOf(values ?? {})
  const { year, month } = shown
  const go = (by: number) => {
    const at = new Date(Date.UTC(year, month - 1 + by, 1))
    show({ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1 })
  }
  const add = (date: string) =>
    form.setFieldValue('exceptions', [
      ...((form.getFieldValue('exceptions') as unknown[] | undefined) ?? []),
      { date, kind: 'holiday', periods: '', name: '' },
    ])
  const isMissing = !holidayYears(schedule).includes(year)
  return (
    <section className="part" aria-label={own('preview')}>
      <h3>{own('preview')}</h3>
      <p className="quiet">{own('previewHint')}</p>
      {isMissing && <Alert type="warning" showIcon title={own('yearMissing', { year })} />}
      <div className="month-bar">
        <Button
          type="text"
          icon={<LeftOutlined aria-hidden />}
          aria-label={own('before')}
          onClick={() => go(-1)}
        />
        <b aria-live="polite">
          {year}-{String(month).padStart(2, '0')}
        </b>
        <Button
          type="text"
          icon={<RightOutlined aria-hidden />}
          aria-label={own('after')}
          onClick={() => go(1)}
        />
      </div>
      <table className="month">
        <thead>
          <tr>
            {weekOrder.map((day) => (
              <th key={day} scope="col">
                {t(`hours.days.${day}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {monthWeeks(year, month).map((week, at) => (
            <tr key={at}>
              {week.map((date, column) => {
                if (date === undefined) return <td key={column} />
                const { periods, exception } = scheduleDay(schedule, date, weekOrder[column]!)
                const hours = writtenPeriods(periods) || t('hours.closed')
                const kind = exception?.kind ?? (periods.length > 0 ? 'open' : 'closed')
                const content = (
                  <>
                    <span className="month-date">{Number(date.slice(8))}</span>
                    {exception && (
                      <span className="month-name">
                        {exception.name ?? t(`hours.kinds.${exception.kind}`)}
                      </span>
                    )}
                    <span className="month-hours">{hours}</span>
                  </>
                )
                return (
                  <td
                    key={column}
                    className={`month-${kind}`}
                    {...(date === today && { 'aria-current': 'date' as const })}
                  >
                    {exception ? (
                      content
                    ) : (
                      <button
                        type="button"
                        aria-label={own('addDay', { date, hours })}
                        onClick={() => add(date)}
                      >
                        {content}
                      </button>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
