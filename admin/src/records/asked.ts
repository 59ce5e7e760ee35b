/** What the screens need to know of a question to the server, however it was asked. */
export interface Asked<T> {
  data: T | undefined
  error: unknown
  refetch(): Promise<unknown>
}
