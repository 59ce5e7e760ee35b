import { Alert, App, Button } from 'antd'
import type { ScheduleView } from '../../../../gateway/routing/schema.ts'
import { api } from '../../api/client.ts'
import { useErrorToast } from '../../api/useErrorToast.ts'
import { useName, useT } from '../../i18n/index.ts'
import { useAction } from '../../records/useAction.ts'
import { useNow } from '../../records/useNow.ts'
import { holidayYears, yearsWithoutHolidays } from './seeded.ts'

/** Says which hours would answer on New Year's Day as on any other, with the button that mends it. */
export function MissingHolidays({ schedules }: { schedules: ScheduleView[] }) {
  const t = useT('settings')
  const name = useName()
  const { message } = App.useApp()
  const showError = useErrorToast()
  const nowMs = useNow(3_600_000)
  const seed = useAction(
    ({ id, year }: { id: string; year: number }) =>
      api.post<ScheduleView>(`/schedules/${id}/holidays`, { year }),
    ['/schedules'],
  )
  const start = (id: string, year: number) =>
    seed.mutate(
      { id, year },
      {
        onSuccess: (schedule) =>
          holidayYears(schedule).includes(year)
            ? void message.success(t('hours.seeded', { year }))
            : void message.warning(t('hours.seedNothing', { year }), 8),
        onError: showError,
      },
    )
  const missing = schedules.flatMap((schedule) =>
    // hours around the clock all year have no use for holidays
    schedule.week.every((day) => day.some((p) => p.fromMinute === 0 && p.toMinute === 1440))
      ? []
      : yearsWithoutHolidays(schedule, nowMs).map((year) => ({ schedule, year })),
  )
  return (
    <div className="notices">
      {missing.map(({ schedule, year }) => (
        <Alert
          key={`${schedule.id} ${year}`}
          type="warning"
          showIcon
          title={t('hours.missing', { name: name(schedule.name), year })}
          action={
            <Button
              size="small"
              loading={seed.isPending && seed.variables?.id === schedule.id}
              onClick={() => start(schedule.id, year)}
            >
              {t('hours.seed', { year })}
            </Button>
          }
        />
      ))}
    </div>
  )
}
