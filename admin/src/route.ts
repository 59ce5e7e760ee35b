/** An address of the console: what stands after the `#`. */
export interface Route {
  /** `/tickets/42` */
  path: string
  /** `['tickets', '42']`, decoded */
  segments: string[]
  query: URLSearchParams
}

export function parseHash(hash: string): Route {
  const bare = hash.replace(/^#/, '')
  const at = bare.indexOf('?')
  const path = at < 0 ? bare : bare.slice(0, at)
  const segments = path.split('/').filter(Boolean).map(decoded)
  return {
    path: `/${segments.join('/')}`,
    segments,
    query: new URLSearchParams(at < 0 ? '' : bare.slice(at + 1)),
  }
}

/** A link cut off in the middle of a `%E5…` must not break the page. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
