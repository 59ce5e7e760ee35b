import type { TtsProvider, Voice } from './tts.ts'

/** Engines get new voices a few times a year. */
const FRESH_MS = 10 * 60_000
/** One that does not answer is not asked again at every key somebody types in a flow. */
const AGAIN_MS = 30_000

export type ListedVoice = Voice & { provider: string }

interface Asked {
  atMs: number
  /** undefined: it did not answer, and never has */
  voices: Voice[] | undefined
  failed: boolean
}

/** The voices of all providers, asked for now and then: Google's answer takes up to 2.5 s. */
export class VoiceList {
  private readonly providers: TtsProvider[]
  private readonly now: () => number
  private readonly onError: (error: unknown) => void
  private readonly asked = new Map<string, Promise<Asked>>()

  constructor(providers: TtsProvider[], now: () => number, onError: (error: unknown) => void) {
    this.providers = providers
    this.now = now
    this.onError = onError
  }

  /** @returns in the order the providers are asked to speak; whole: every one of them has answered */
  async read(): Promise<{ voices: ListedVoice[]; whole: boolean }> {
    const lists = await Promise.all(
      this.providers.map(async (provider) => ({ provider, ...(await this.of(provider)) })),
    )
    return {
      voices: lists.flatMap(({ provider, voices = [] }) =>
        voices.map((voice) => ({ ...voice, provider: provider.id })),
      ),
      whole: lists.every(({ voices }) => voices !== undefined),
    }
  }

  private async of(provider: TtsProvider): Promise<Asked> {
    const before = await this.asked.get(provider.id)
    const fresh = before?.failed ? AGAIN_MS : FRESH_MS
    if (before && this.now() - before.atMs < fresh) return before
    const asking = this.ask(provider, before?.voices)
    this.asked.set(provider.id, asking)
    return asking
  }

  private async ask(provider: TtsProvider, before: Voice[] | undefined): Promise<Asked> {
    try {
      return { voices: await provider.voices(), atMs: this.now(), failed: false }
    } catch (error) {
      this.onError(error)
      return { voices: before, atMs: this.now(), failed: true }
    }
  }
}
