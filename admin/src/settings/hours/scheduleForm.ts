import type { ScheduleView } from '../../../../gateway/routing/schema.ts'
import { readPeriods, writtenPeriods } from './week.ts'

/** Working hours as a form holds them: periods as people write them. */
export interface ScheduleValues {
  id: string
  name: { zh: string; en: string }
  timezone: string
  /** index 0 = Sunday */
  week: string[]
  exceptions: ExceptionValues[]
}

export interface ExceptionValues {
  date: string
  kind: 'holiday' | 'workday'
  periods: string
  name: string
}

const OFFICE = '09:00-12:00, 13:30-17:30'

export function scheduleValues(schedule: ScheduleView | undefined): ScheduleValues {
  if (!schedule)
    return {
      id: '',
      name: { zh: '', en: '' },
      timezone: 'Asia/Shanghai',
      week: ['', OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, ''],
      exceptions: [],
    }
  return {
    id: schedule.id,
    name: schedule.name,
    timezone: schedule.timezone,
    week: schedule.week.map(writtenPeriods),
    exceptions: schedule.exceptions
      .map(({ date, kind, periods, name }) => ({
        date,
        kind,
        periods: writtenPeriods(periods),
        name: name ?? '',
      }))
      .sort((a, b) => a.date.localeCompare(b.date)),
  }
}

/** What is sent; hours that cannot be read stay text, which the schema refuses at their place. */
export function scheduleBody({ exceptions, week, ...rest }: ScheduleValues): object {
  return {
    ...rest,
    week: week.map(periodsOrText),
    exceptions: exceptions
      .map(({ name, periods, ...exception }) => ({
        ...exception,
        periods: periodsOrText(periods),
        ...(name && { name }),
      }))
      .sort((a, b) => (a.date ?? '').localeCompare(b.date ?? '')),
  }
}

function periodsOrText(text: string): unknown {
  const read = readPeriods(text)
  return read.ok ? read.periods : text
}

/** What is typed, as far as it can be read, for the preview; the rest counts as closed. */
export function scheduleOf({
  week,
  exceptions,
}: Partial<ScheduleValues>): Pick<ScheduleView, 'week' | 'exceptions'> {
  const periods = (text: string | undefined) => {
    const read = readPeriods(text ?? '')
    return read.ok ? read.periods : []
  }
  return {
    week: Array.from({ length: 7 }, (_, day) => periods(week?.[day])),
    exceptions: (exceptions ?? []).flatMap((each: ExceptionValues | undefined) =>
      each?.date
        ? [
            {
              date: each.date,
              kind: each.kind,
              periods: periods(each.periods),
              ...(each.name && { name: each.name }),
            },
          ]
        : [],
    ),
  }
}
