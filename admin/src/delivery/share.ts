import type { OutboxSummaryView } from '../../../gateway/accounts/schema.ts'

export const counted = ['waiting', 'dead', 'deadInbox'] as const
export type Counted = (typeof counted)[number]

/** All accounts together. Pure. */
export function totals(summary: OutboxSummaryView[]): Record<Counted, number> {
  const sum = (field: Counted) => summary.reduce((total, each) => total + each[field], 0)
  return { waiting: sum('waiting'), dead: sum('dead'), deadInbox: sum('deadInbox') }
}

/** How wide each count is drawn, in percent of the account with the most. Pure. */
export function widths(
  summary: OutboxSummaryView[],
): (OutboxSummaryView & { percent: Record<Counted, number> })[] {
  const size = (each: OutboxSummaryView) => counted.reduce((sum, field) => sum + each[field], 0)
  const most = Math.max(1, ...summary.map(size))
  return summary
    .toSorted((a, b) => size(b) - size(a))
    .map((each) => {
      const percent = (field: Counted) => Math.round((each[field] / most) * 1000) / 10
      return {
        ...each,
        percent: {
          waiting: percent('waiting'),
          dead: percent('dead'),
          deadInbox: percent('deadInbox'),
        },
      }
    })
}
