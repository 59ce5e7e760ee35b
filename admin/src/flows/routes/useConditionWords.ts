import type { FlowRoutesView, RouteConditions } from '../../../../gateway/flow-routes/schema.ts'
import { useName, useT } from '../../i18n/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useLabels } from '../../records/useLabels.ts'
import { clockOf } from '../../settings/hours/week.ts'

/** Conditions as a person would tell them, one sentence each. */
export function useConditionWords(view: FlowRoutesView): (when: RouteConditions) => string[] {
  const t = useT('flows/routes')
  const labels = useLabels()
  const name = useName()
  const { dateTime, list } = useFormat()
  return (when) => {
    const { channels, accounts, numbers, langs, keywords, scenes, schedule, times } = when
    const told: (string | undefined)[] = [
      channels && t('condition.channels', { what: list(channels.map(labels.channel)) }),
      accounts &&
        t('condition.accounts', {
          what: list(accounts.map((id) => view.accounts.find((a) => a.id === id)?.name ?? id)),
        }),
      numbers && t('condition.numbers', { what: list(numbers) }),
      langs && t('condition.langs', { what: list(langs.map(labels.lang)) }),
      keywords && t('condition.keywords', { what: list(keywords) }),
      scenes && t('condition.scenes', { what: list(scenes) }),
      schedule &&
        t('condition.schedule', {
          name: name(view.schedules.find(({ id }) => id === schedule.id)?.name) || schedule.id,
          what: list(schedule.is.map((state) => t(`hours.${state}`))),
        }),
      times &&
        t('condition.times', {
          days: times.days ? list(times.days.map((day) => t(`days.${day}`))) : t('everyDay'),
          from: clockOf(times.fromMinute),
          to: clockOf(times.toMinute),
        }),
      when.fromMs === undefined ? undefined : t('condition.from', { at: dateTime(when.fromMs) }),
      when.untilMs === undefined ? undefined : t('condition.until', { at: dateTime(when.untilMs) }),
      when.percent === undefined ? undefined : t('condition.percent', { percent: when.percent }),
    ]
    const sentences = told.filter((each) => each !== undefined)
    return sentences.length > 0 ? sentences : [t('everybody')]
  }
}
