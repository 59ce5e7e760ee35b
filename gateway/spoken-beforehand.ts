/** Makes what flows say by telephone before anybody calls: at the start, and whenever one is published. */
import { setTimeout as rest } from 'node:timers/promises'
import type { PublishedFlow } from '../bots/flow/state.ts'
import { spokenTexts } from '../bots/flow/spoken-texts.ts'
import { voicedFlows } from '../bots/flow/voiced-flows.ts'
import type { Speech } from '../media/tts/tts.ts'
import type { Bus } from './bus/bus.ts'
import { recordingsOf } from './flows/references.ts'

/** callers go first: between two texts the voice is free for them */
const REST_MS = 20

export interface SpokenBeforehandOptions {
  bus: Bus
  speech: Pick<Speech, 'render'>
  /** brings an uploaded recording to the telephone's form */
  recordings: (mediaId: string) => Promise<unknown>
  flows: () => PublishedFlow[]
  onError: (error: unknown) => void
}

export class SpokenBeforehand {
  private running: Promise<void> | undefined
  private again = false
  private stopped = false
  private readonly options: SpokenBeforehandOptions

  constructor(options: SpokenBeforehandOptions) {
    this.options = options
    options.bus.subscribe('flows', () => this.begin())
  }

  stop(): void {
    this.stopped = true
  }

  begin(): void {
    this.again = true
    this.running ??= this.run().finally(() => (this.running = undefined))
  }

  private async run(): Promise<void> {
    const { speech, recordings, flows, onError } = this.options
    while (this.again) {
      this.again = false
      for (const mediaId of new Set(flows().flatMap(({ doc }) => recordingsOf(doc)))) {
        if (this.stopped) return
        // one that is gone, or no sound, is synthesised when it is needed; the others are made all the same
        await recordings(mediaId).catch(onError)
      }
      for (const { text, lang, voice, speed } of voicedFlows(flows()).flatMap(spokenTexts)) {
        if (this.stopped) return
        try {
          // what is in the cache already costs a look
          await speech.render({
            ...{ text, locale: lang },
            ...(voice && { voice }),
            ...(speed !== undefined && { rate: speed }),
          })
        } catch (error) {
          // at a stop the voice goes first; else it is said by the next provider when it is needed, and the
          // rest would fare no better now
          return this.stopped ? undefined : onError(error)
        }
        await rest(REST_MS)
      }
    }
  }
}
