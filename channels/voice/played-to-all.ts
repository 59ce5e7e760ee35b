/** What an agent plays into a call: a file, an earlier recording, a text read out. One at a time. */
import type { Leg, Playback, PlaySource } from '../../media/media.ts'

export class PlayedToAll {
  private playbacks: Playback[] = []
  private readonly onChange: () => void

  constructor(onChange: () => void) {
    this.onChange = onChange
  }

  get playing(): boolean {
    return this.playbacks.length > 0
  }

  /** Resolves when nobody hears it any more; what was played before ends. */
  async play(legs: Leg[], source: PlaySource): Promise<void> {
    this.stop()
    // a stream can be read once, and several legs are to hear it
    const sources = 'stream' in source ? copiesOf(source.stream, legs.length) : undefined
    const playbacks = legs.map((leg, at) => leg.play(sources ? { stream: sources[at]! } : source))
    this.playbacks = playbacks
    this.onChange()
    await Promise.all(playbacks.map(({ ended }) => ended))
    if (this.playbacks !== playbacks) return
    this.playbacks = []
    this.onChange()
  }

  stop(): void {
    for (const playback of this.playbacks) playback.stop()
  }
}

/** The same audio for several who each read at their own pace; what was read by one is kept for the others. */
function copiesOf(stream: AsyncIterable<Int16Array>, count: number): AsyncIterable<Int16Array>[] {
  const source = stream[Symbol.asyncIterator]()
  const read: Promise<IteratorResult<Int16Array>>[] = []
  async function* copy(): AsyncGenerator<Int16Array> {
    for (let at = 0; ; at++) {
      const { done, value } = await (read[at] ??= source.next())
      if (done) return
      yield value
    }
  }
  return Array.from({ length: count }, copy)
}
