const DAY_MS = 86_400_000
/** no holiday is longer, and a slip in the year adds no thousand days */
const MOST_DAYS = 60

/** Every date from one to the other, both included; undefined when they are no such pair. */
export function datesBetween(from: string, to: string): string[] | undefined {
  const [first, last] = [Date.parse(from), Date.parse(to)]
  const days = (last - first) / DAY_MS
  if (!(days >= 0 && days < MOST_DAYS)) return undefined
  return Array.from({ length: days + 1 }, (_, at) =>
    new Date(first + at * DAY_MS).toISOString().slice(0, 10),
  )
}
