import { navigate, useRoute } from '../router.tsx'

const names = [
  'q',
  'kind',
  'queueId',
  'agentId',
  'contactId',
  'conversationId',
  'from',
  'to',
  'minSeconds',
] as const
/** `from` and `to` are dates where the reader is, YYYY-MM-DD; both days count. */
export type Filter = Partial<Record<(typeof names)[number], string>>

/** The filter lives in the address, so that a link to a list can be sent and Back works. */
export function useFilter(): [Filter, (change: Filter) => void, openId: string | undefined] {
  const { query, segments } = useRoute()
  const filter: Filter = Object.fromEntries(
    names.flatMap((name) => {
      const value = query.get(name)
      return value ? [[name, value]] : []
    }),
  )
  const set = (change: Filter) =>
    navigate(`/recordings${searchOf({ ...filter, ...change })}`, { replace: true })
  return [filter, set, segments[1]]
}

export function searchOf(filter: Filter): string {
  const search = new URLSearchParams(
    Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1])),
  ).toString()
  return search && `?${search}`
}
