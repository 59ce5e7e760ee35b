/**
 * The wait before the next try, in milliseconds.
 * @param times how often the first wait has been doubled
 */
export function doublingWaitMs(firstMs: number, times: number, longestMs: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(times, 20))
}
