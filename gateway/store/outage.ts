/** The store could not be reached: nothing is wrong with what was asked, and it is worth asking again. */
const outages = new Set([
  'MongoServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoNotConnectedError',
  'MongoPoolClearedError',
  'PoolClearedOnNetworkError',
  'MongoWaitQueueTimeoutError',
])

/** A write to a server that ends at this moment fails with the socket's own error, not with the driver's. */
const broken = new Set(['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ENOENT'])

export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { name, message, cause } = error
  const { code, syscall } = error as NodeJS.ErrnoException
  return (
    outages.has(name) ||
    // ENOENT of a file is another matter
    (broken.has(String(code)) && ['connect', 'read', 'write'].includes(syscall ?? '')) ||
    /^(read|write|connect) E[A-Z]+|^connection \d+ to \S+ closed$/.test(message) ||
    isOutage(cause)
  )
}
