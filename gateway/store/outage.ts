/** The store could not be reached: nothing is wrong with what was asked, and it is worth asking again. */
const outages = new Set([
  'MongoServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoPoolClearedError',
  'PoolClearedOnNetworkError',
  'MongoWaitQueueTimeoutError',
])

export function isOutage(error: unknown): boolean {
  return outages.has((error as { name?: string } | undefined)?.name ?? '')
}
