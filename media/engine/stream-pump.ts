/** 2 s: enough for a source that stutters, little enough that stopping it wastes nothing worth keeping. */
const AHEAD_SAMPLES = 16_000

export interface StreamPump {
  /** so many samples were played: more may be fetched */
  consumed(samples: number): void
  /** nobody listens any more: the source is told to return */
  stop(): void
}

/**
 * Fetches chunks of a stream that is still being made and hands on copies, never more than two seconds (and
 * the chunk that goes over them) ahead of what has been played.
 */
export function pumpStream(
  stream: AsyncIterable<Int16Array>,
  to: { chunk: (pcm: Int16Array) => void; end: (failed: boolean) => void },
): StreamPump {
  let ahead = 0
  let isStopped = false
  let wake: (() => void) | undefined

  const iterator = stream[Symbol.asyncIterator]()
  const fetch = async () => {
    while (!isStopped) {
      const next = await iterator.next()
      if (next.done || isStopped) return
      if (!next.value.length) continue
      ahead += next.value.length
      to.chunk(next.value.slice())
      while (ahead >= AHEAD_SAMPLES && !isStopped) {
        await new Promise<void>((resolve) => (wake = resolve))
      }
    }
  }
  // begins once the playback is known to the worker
  queueMicrotask(() => {
    fetch().then(
      () => !isStopped && to.end(false),
      () => !isStopped && to.end(true),
    )
  })
  return {
    consumed(samples) {
      ahead -= samples
      if (ahead < AHEAD_SAMPLES) wake?.()
    },
    stop() {
      if (isStopped) return
      isStopped = true
      wake?.()
      Promise.resolve(iterator.return?.()).catch(() => undefined)
    },
  }
}
