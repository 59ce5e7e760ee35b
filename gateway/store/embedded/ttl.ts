import type { Collection } from './collection.ts'
import type { Engine } from './commands/command.ts'
import type { Index } from './indexes.ts'
import { findAll, prepareQuery } from './query.ts'

/** Documents removed in one transaction, so that a long list does not hold up other writes. */
const BATCH = 500

/** Remove what TTL indexes say has expired, at every interval (manual: "TTL Indexes"). */
export function startExpiry(engine: Engine, intervalMs: number): () => void {
  let running = false
  const timer = setInterval(() => {
    engine.cursors.forgetIdle()
    if (running) return
    running = true
    void expireAll(engine).finally(() => {
      running = false
    })
  }, intervalMs)
  timer.unref()
  return () => clearInterval(timer)
}

async function expireAll({ storage }: Engine): Promise<void> {
  for (const collection of [...storage.collections.values()]) {
    for (const index of [...collection.indexes]) {
      if (index.spec.expireAfterSeconds === undefined) continue
      while ((await storage.write(() => expireSome(collection, index))) === BATCH);
    }
  }
}

function expireSome(collection: Collection, index: Index): number {
  const { expireAfterSeconds = 0, partialFilterExpression, name } = index.spec
  if (!collection.indexes.includes(index) || !index.ready) return 0
  const expiredBefore = new Date(Date.now() - expireAfterSeconds * 1000)
  const filter = {
    $and: [{ [index.fields[0]!]: { $lt: expiredBefore } }, partialFilterExpression ?? {}],
  }
  const found = findAll(collection, prepareQuery(collection, { filter, hint: name, limit: BATCH }))
  for (const record of found) collection.remove(record)
  return found.length
}
