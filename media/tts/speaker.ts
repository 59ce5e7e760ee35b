import { readFile } from 'node:fs/promises'
import { YiluError } from '../../gateway/errors.ts'
import type { Sound } from './cache-key.ts'
import { cacheKey } from './cache-key.ts'
import { pcmOf } from './pcm-of.ts'
import { NORMALISER_VERSION } from './normalise/normalise.ts'
import type { Link, ProviderChain } from './provider-chain.ts'
import { speakBy } from './provider-chain.ts'
import type { Kept, SpeechCache } from './speech-cache.ts'
import { Take } from './take.ts'
import type { SpeechRequest } from './tts.ts'

/** A text that is being spoken, and the file it becomes. */
export interface Flight {
  take: Take
  /** rejects with TTS_DOWN, or where the file could not be written; undefined for what is personal */
  kept: Promise<Kept | undefined>
}

/**
 * Finds texts that are spoken already and has the others spoken, each once however many ask. For every
 * provider in order: what it said before, else it itself; so a voice that is gone is never heard again, and
 * a better one that is back is not kept waiting by what the other said meanwhile.
 */
export class Speaker {
  private readonly chain: ProviderChain
  private readonly cache: SpeechCache
  private readonly onError: (error: unknown) => void
  private readonly flights = new Map<string, Flight>()
  private readonly running = new Set<AbortController>()

  constructor(chain: ProviderChain, cache: SpeechCache, onError: (error: unknown) => void) {
    this.chain = chain
    this.cache = cache
    this.onError = onError
  }

  async find(request: SpeechRequest): Promise<Kept | undefined> {
    if (request.personal) return undefined
    for (const link of this.chain.linksFor(request)) {
      const kept = await this.cache.find(cacheKey(soundOf(link, request)))
      if (kept) return kept
      if (link.breaker.ready()) return undefined
    }
    return undefined
  }

  /** @param request its text normalised */
  flight(request: SpeechRequest): Flight {
    const { text, locale, voice, rate, personal } = request
    const name = JSON.stringify([text, locale, voice, rate, personal])
    const running = this.flights.get(name)
    if (running) return running
    const take = new Take()
    const ended = new AbortController()
    // whatever is personal is of use to this call alone
    if (personal) take.onDeserted = () => ended.abort(new Error('nobody listens any more'))
    this.running.add(ended)
    const kept = this.speak(request, take, ended.signal).finally(() => {
      this.flights.delete(name)
      this.running.delete(ended)
    })
    kept.catch(() => undefined)
    const flight = { take, kept }
    this.flights.set(name, flight)
    return flight
  }

  /** Ends what is being spoken; resolves when no file is being written any more. */
  async stop(): Promise<void> {
    for (const flight of this.running) flight.abort(new Error('speech is stopped'))
    await Promise.allSettled([...this.flights.values()].map(({ kept }) => kept))
  }

  private async speak(request: SpeechRequest, take: Take, signal: AbortSignal) {
    const reasons: string[] = []
    for (const link of this.willing(request)) {
      const sound = soundOf(link, request)
      const key = cacheKey(sound)
      try {
        const before = request.personal ? undefined : await this.cache.find(key)
        if (before) {
          take.push(pcmOf(await readFile(before.file)))
          take.end()
          return before
        }
        await speakBy(link, request, signal, (frame) => take.push(frame))
      } catch (error) {
        if (signal.aborted) break
        take.restart()
        this.onError(error)
        reasons.push(error instanceof Error ? error.message : String(error))
        continue
      }
      take.end()
      return request.personal ? undefined : await this.keep(key, take, sound)
    }
    const down = new YiluError('TTS_DOWN', reasons.length ? { reasons } : undefined)
    take.fail(down)
    throw down
  }

  /** Those that are not resting; when all are, the last is asked all the same: silence helps nobody. */
  private willing(request: SpeechRequest): Link[] {
    const links = this.chain.linksFor(request)
    const ready = links.filter(({ breaker }) => breaker.ready())
    return ready.length ? ready : links.slice(-1)
  }

  private async keep(key: string, take: Take, sound: Sound): Promise<Kept> {
    try {
      return await this.cache.keep(key, take.result(), sound)
    } catch (error) {
      // who listens has heard it all; who wanted the file is told
      this.onError(error)
      throw error
    }
  }
}

const soundOf = ({ provider, voice }: Link, { locale, rate = 1, text }: SpeechRequest): Sound => ({
  provider: provider.id,
  version: provider.version,
  voice,
  locale,
  rate,
  normaliser: NORMALISER_VERSION,
  text,
})
