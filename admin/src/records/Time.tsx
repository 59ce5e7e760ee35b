import { useFormat } from '../i18n/useFormat.ts'

/** A moment, short to read and exact to machines and on hover. */
export function Time({ atMs }: { atMs: number }) {
  const format = useFormat()
  return (
    <time dateTime={new Date(atMs).toISOString()} title={format.dateTime(atMs)}>
      {format.short(atMs)}
    </time>
  )
}
