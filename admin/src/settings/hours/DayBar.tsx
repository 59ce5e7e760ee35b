import { barOf, readPeriods } from './week.ts'

/** The day from midnight to midnight, so that a gap or a slip is seen at a glance. */
export function DayBar({ hours }: { hours: string }) {
  const read = readPeriods(hours)
  const periods = read.ok ? read.periods : []
  return (
    <div className="day-bar" aria-hidden>
      {periods.map((period) => {
        const { left, width } = barOf(period)
        return <span key={period.fromMinute} style={{ left: `${left}%`, width: `${width}%` }} />
      })}
    </div>
  )
}
