import type { FlowRoute, RouteConditions } from '../../../../gateway/flow-routes/schema.ts'
import { newKey } from '../../settings/newKey.ts'
import { clockOf, minuteOf } from '../../settings/hours/week.ts'

/** A rule as its form holds it: every condition has a field, empty ones mean nothing. */
export interface RuleValues {
  name: string
  flowId: string
  channels: string[]
  accounts: string[]
  numbers: string[]
  langs: string[]
  keywords: string[]
  scenes: string[]
  scheduleId?: string | undefined
  scheduleIs: ('open' | 'closed' | 'holiday')[]
  days: number[]
  from: string
  to: string
  fromDate: string
  untilDate: string
  percent?: number | null | undefined
}

export function ruleValues(rule: FlowRoute | undefined): RuleValues {
  const when: RouteConditions = rule?.when ?? {}
  const { times, schedule } = when
  return {
    name: rule?.name ?? '',
    flowId: rule?.flowId ?? '',
    channels: when.channels ?? [],
    accounts: when.accounts ?? [],
    numbers: when.numbers ?? [],
    langs: when.langs ?? [],
    keywords: when.keywords ?? [],
    scenes: when.scenes ?? [],
    ...(schedule && { scheduleId: schedule.id }),
    scheduleIs: schedule?.is ?? ['closed', 'holiday'],
    days: times?.days ?? [],
    from: times ? clockOf(times.fromMinute) : '',
    to: times ? clockOf(times.toMinute) : '',
    fromDate: dateField(when.fromMs),
    untilDate: dateField(when.untilMs),
    percent: when.percent,
  }
}

/** The rule a form describes; what it cannot mean is left to the schema to refuse. */
export function ruleOf(values: RuleValues, before: FlowRoute | undefined): FlowRoute {
  const filled = <T>(list: T[]): T[] | undefined => (list.length > 0 ? list : undefined)
  const [fromMinute, toMinute] = [minuteOf(values.from), minuteOf(values.to)]
  const days = filled(values.days)
  const hasTimes = values.from !== '' || values.to !== '' || days !== undefined
  const when = {
    channels: filled(values.channels),
    accounts: filled(values.accounts),
    numbers: filled(values.numbers),
    langs: filled(values.langs),
    keywords: filled(values.keywords),
    scenes: filled(values.scenes),
    schedule: values.scheduleId ? { id: values.scheduleId, is: values.scheduleIs } : undefined,
    times: hasTimes ? { days, fromMinute: fromMinute ?? 0, toMinute: toMinute ?? 1440 } : undefined,
    fromMs: momentOf(values.fromDate),
    untilMs: momentOf(values.untilDate),
    percent: values.percent ?? undefined,
  }
  return {
    id: before?.id ?? newKey(),
    name: values.name.trim(),
    enabled: before?.enabled ?? true,
    // what is undefined would not survive the way to the server, and make the list seem changed
    when: JSON.parse(JSON.stringify(when)) as RouteConditions,
    flowId: values.flowId,
  }
}

/** of `<input type="datetime-local">`, in the time of the browser */
export function dateField(atMs: number | undefined): string {
  if (atMs === undefined) return ''
  const at = new Date(atMs)
  const local = new Date(atMs - at.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}

export function momentOf(field: string): number | undefined {
  const atMs = Date.parse(field)
  return Number.isNaN(atMs) ? undefined : atMs
}
