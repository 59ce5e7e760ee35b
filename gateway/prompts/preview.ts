/** A text as callers would hear it, with another voice, speed and volume if wished. */
import { readFile } from 'node:fs/promises'
import { forTheEar } from '../../bots/flow/for-the-ear.ts'
import { amplified } from '../../media/prompts/amplified.ts'
import type { Speech } from '../../media/tts/tts.ts'
import { fail, YiluError } from '../errors.ts'
import type { PreviewBody } from './schema.ts'

/** one person listens to so many texts a minute */
const PER_MINUTE = 30
const MINUTE_MS = 60_000
const MAX_PEOPLE = 1000

/** A variable is heard as what stands for it. */
const STANDS_FOR: Record<string, string> = { zh: '某某', ja: '何々', ko: '아무개' }

export class Previews {
  private readonly speech: Pick<Speech, 'render'>
  private readonly now: () => number
  private readonly asked = new Map<string, number[]>()

  constructor(options: { speech: Pick<Speech, 'render'>; now: () => number }) {
    this.speech = options.speech
    this.now = options.now
  }

  /** @returns a WAV file, PCM16 mono 8 kHz. @throws RATE_LIMITED, TTS_DOWN, TOO_LARGE */
  async render(wish: PreviewBody, staffId: string): Promise<Buffer> {
    this.count(staffId)
    const { lang, voice, speed, volume = 1 } = wish
    const unknown = STANDS_FOR[lang.split('-')[0]!] ?? 'something'
    const text = forTheEar(wish.text.replace(/\{\{[^{}]*\}\}/g, unknown), lang)
    try {
      const { file } = await this.speech.render({
        ...{ text, locale: lang },
        ...(voice !== undefined && { voice }),
        ...(speed !== undefined && { rate: speed }),
      })
      return amplified(await readFile(file), volume)
    } catch (error) {
      if (error instanceof YiluError) throw error
      return fail('TTS_DOWN')
    }
  }

  private count(staffId: string): void {
    const now = this.now()
    const recent = (this.asked.get(staffId) ?? []).filter((atMs) => atMs > now - MINUTE_MS)
    if (recent.length >= PER_MINUTE) fail('RATE_LIMITED', { perMinute: PER_MINUTE })
    this.asked.delete(staffId)
    this.asked.set(staffId, [...recent, now])
    if (this.asked.size > MAX_PEOPLE) this.asked.delete(this.asked.keys().next().value!)
  }
}
