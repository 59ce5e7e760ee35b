/** What waits and fails changes by itself, so it is asked again while somebody looks. */
export const EVERY_MS = 5000
