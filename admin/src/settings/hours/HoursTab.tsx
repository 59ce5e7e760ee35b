import type { ScheduleView } from '../../../../gateway/routing/schema.ts'
import { useName, useT } from '../../i18n/index.ts'
import { Mark } from '../../records/Mark.tsx'
import { ListTab } from '../ListTab.tsx'
import { MissingHolidays } from './MissingHolidays.tsx'
import { ScheduleDrawer } from './ScheduleDrawer.tsx'
import { holidayYears } from './seeded.ts'
import { weekLines } from './week.ts'

export function HoursTab() {
  const t = useT('settings')
  const name = useName()
  return (
    <ListTab<ScheduleView>
      path="/schedules"
      name={t('tabs.hours')}
      hint={t('hours.hint')}
      empty={t('hours.empty')}
      width={820}
      notices={(schedules) => <MissingHolidays schedules={schedules} />}
      titleOf={(schedule) => name(schedule.name)}
      drawer={(schedule, close) => <ScheduleDrawer schedule={schedule} onClose={close} />}
      columns={[
        {
          title: t('hours.week'),
          dataIndex: 'week',
          render: (week: ScheduleView['week']) => (
            <div>
              {weekLines(week).map(([from, to, hours]) => (
                <div key={from} className={hours ? '' : 'quiet'}>
                  {t(`hours.days.${from}`)}
                  {to !== from && `–${t(`hours.days.${to}`)}`} {hours || t('hours.closed')}
                </div>
              ))}
            </div>
          ),
        },
        { title: t('hours.timezone'), dataIndex: 'timezone', width: 160 },
        {
          title: t('hours.years'),
          width: 160,
          render: (_, schedule) =>
            holidayYears(schedule).map((year) => <Mark key={year}>{year}</Mark>),
        },
      ]}
    />
  )
}
