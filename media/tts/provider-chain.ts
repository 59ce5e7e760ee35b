import type { BreakerState } from '../../gateway/domain/circuit-breaker.ts'
import { CircuitBreaker } from '../../gateway/domain/circuit-breaker.ts'
import { Refusal } from './refusal.ts'
import { silence } from './silence.ts'
import type { SpeechRequest, TtsProvider } from './tts.ts'

/** A provider that may be asked for this request, the best first. */
export interface Link {
  provider: TtsProvider
  voice: string
  breaker: CircuitBreaker
}

/** Providers in order of preference, each with what is known of its health. */
export class ProviderChain {
  private readonly silent: Link
  private readonly providers: { provider: TtsProvider; breaker: CircuitBreaker }[]

  constructor(providers: TtsProvider[], now: () => number) {
    this.providers = providers.map((provider) => ({ provider, breaker: new CircuitBreaker(now) }))
    this.silent = { provider: silence, voice: 'silence', breaker: new CircuitBreaker(now) }
  }

  /** those that speak the language; who has the voice that is asked for goes first */
  linksFor({ text, locale, voice }: SpeechRequest): Link[] {
    if (!/[\p{L}\p{N}]/u.test(text)) return [this.silent]
    const links = this.providers.flatMap(({ provider, breaker }): Link[] => {
      const found = provider.voiceFor(locale, voice)
      return found ? [{ provider, breaker, voice: found }] : []
    })
    const has = (link: Link) => Number(link.voice === voice)
    return links.sort((one, other) => has(other) - has(one))
  }

  status(): { id: string; state: BreakerState; lastError?: string }[] {
    return this.providers.map(({ provider, breaker }) => ({
      id: provider.id,
      state: breaker.state(),
      ...(breaker.lastError ? { lastError: breaker.lastError } : {}),
    }))
  }
}

/**
 * Lets one provider speak, and remembers how it went.
 * @throws what the provider threw; the signal's reason when it was aborted
 */
export async function speakBy(
  { provider, breaker, voice }: Link,
  request: SpeechRequest,
  signal: AbortSignal,
  onFrame: (frame: Int16Array) => void,
): Promise<void> {
  breaker.begin()
  try {
    let samples = 0
    for await (const frame of provider.synthesize({ ...request, voice }, signal)) {
      if (frame.length) onFrame(frame)
      samples += frame.length
    }
    if (!samples) throw new Error(`${provider.id} said nothing`)
    breaker.succeeded()
  } catch (error) {
    if (signal.aborted || error instanceof Refusal) breaker.unknown(error)
    else breaker.failed(error)
    throw error
  }
}
