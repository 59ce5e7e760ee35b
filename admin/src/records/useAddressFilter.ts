import { navigate, useRoute } from '../router.tsx'

/** The filter of a list lives in the address, so that a link to it can be sent and Back works. */
export function useAddressFilter<Name extends string>(
  path: string,
  names: readonly Name[],
): [Partial<Record<Name, string>>, (change: Partial<Record<Name, string>>) => void] {
  const { query } = useRoute()
  const filter: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const value = query.get(name)
    if (value) filter[name] = value
  }
  return [
    filter,
    (change) => navigate(`${path}${searchOf({ ...filter, ...change })}`, { replace: true }),
  ]
}

/** `?name=value…` of what is set, or nothing. */
export function searchOf(filter: Readonly<Record<string, string | undefined>>): string {
  const search = new URLSearchParams(
    Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1])),
  ).toString()
  return search && `?${search}`
}
