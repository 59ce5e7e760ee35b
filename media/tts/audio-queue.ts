/** What a producer says in its own time, for one consumer to wait for. */
export interface AudioQueue extends AsyncIterable<Int16Array> {
  push(pcm: Int16Array): void
  /** no more comes; with an error the consumer gets it after what came before */
  end(error?: Error): void
}

/** @param onReturn the consumer went away before the end */
export function createAudioQueue(onReturn: () => void): AudioQueue {
  const waiting: Int16Array[] = []
  let ended = false
  let failure: Error | undefined
  let wake: (() => void) | undefined

  async function* read(): AsyncGenerator<Int16Array, void, undefined> {
    try {
      for (;;) {
        const next = waiting.shift()
        if (next) yield next
        else if (failure) throw failure
        else if (ended) return
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      if (!ended) onReturn()
    }
  }
  const notify = () => {
    wake?.()
    wake = undefined
  }
  return {
    push(pcm) {
      if (ended) return
      waiting.push(pcm)
      notify()
    },
    end(error) {
      if (ended) return
      ended = true
      failure = error
      notify()
    },
    [Symbol.asyncIterator]: read,
  }
}
