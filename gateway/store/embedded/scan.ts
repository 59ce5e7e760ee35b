import type { Database } from 'lmdb'

const FIRST_CHUNK = 32
const LAST_CHUNK = 1024

/**
 * Keys of a range in order. They are fetched in growing chunks, and no LMDB cursor is open while the
 * caller holds one, so a scan may rest between two messages of a client without pinning old pages; it
 * then goes on after the last key it gave.
 */
export function* chunks(
  db: Database<Buffer, Buffer>,
  start: Buffer,
  end: Buffer,
  reverse: boolean,
): Generator<Buffer> {
  let from = reverse ? end : start
  const until = reverse ? start : end
  let last: Buffer | null = null
  for (let limit = FIRST_CHUNK; ; limit = Math.min(limit * 4, LAST_CHUNK)) {
    const keys: Buffer[] = [
      ...db.getKeys({
        start: from,
        end: until,
        reverse,
        limit,
        inclusiveEnd: reverse,
        exclusiveStart: last !== null || reverse,
      }),
    ]
    yield* keys
    if (keys.length < limit) return
    last = keys[keys.length - 1]!
    from = last
  }
}
