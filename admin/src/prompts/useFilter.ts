import { navigate, useRoute } from '../router.tsx'

const names = ['q', 'flowId', 'lang', 'state', 'mediaId'] as const
export type Filter = Partial<Record<(typeof names)[number], string>>

/** The filter lives in the address, so that a link to a list can be sent and Back works. */
export function useFilter(): [Filter, (change: Filter) => void] {
  const { query } = useRoute()
  const filter: Filter = Object.fromEntries(
    names.flatMap((name) => {
      const value = query.get(name)
      return value ? [[name, value]] : []
    }),
  )
  const set = (change: Filter) => {
    const entries = Object.entries({ ...filter, ...change }).filter(([, value]) => value)
    const search = new URLSearchParams(entries as [string, string][]).toString()
    navigate(`/prompts/list${search && `?${search}`}`, { replace: true })
  }
  return [filter, set]
}
