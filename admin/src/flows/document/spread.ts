/**
 * Puts boxes on a line in their order, each as near to its wish as the gaps between them allow: the sum of the
 * squared movements is least (pool adjacent violators, the algorithm of isotonic regression).
 *
 * @param wishes where each box would like to begin
 * @returns where each begins, at least its size and the gap behind the one before it
 */
export function spread(wishes: readonly number[], sizes: readonly number[], gap: number): number[] {
  // as if every box had no size: then they must only not go back
  let used = 0
  const offsets = sizes.map((size) => {
    const offset = used
    used += size + gap
    return offset
  })
  const pools: { sum: number; count: number }[] = []
  wishes.forEach((wish, at) => {
    let pool = { sum: wish - offsets[at]!, count: 1 }
    for (
      let last = pools.at(-1);
      last && last.sum / last.count >= pool.sum / pool.count;
      last = pools.at(-1)
    ) {
      // prettier-ignore
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count }
      pools.pop()
    }
    pools.push(pool)
  })
  const starts = pools.flatMap(({ sum, count }) => Array<number>(count).fill(sum / count))
  return starts.map((start, at) => start + offsets[at]!)
}
