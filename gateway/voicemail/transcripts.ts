/** Writes down in the background what callers left, where their language is understood. */
import { YiluError } from '../errors.ts'
import type { Voicemail } from './voicemail.ts'

export interface TranscriptsOptions {
  /** @throws NO_SPEECH_MODEL */
  transcribe: (file: string, locale: string) => Promise<string>
  /** where its recording lies, and the language the caller was served in; undefined: there is none any more */
  find: (voicemail: Voicemail) => Promise<{ file: string; locale: string } | undefined>
  store: (voicemailId: string, transcript: string) => Promise<void>
  onError: (error: unknown) => void
}

/** One after the other: whoever reads it later can wait, callers who speak now cannot. */
export class Transcripts {
  private last = Promise.resolve()
  private stopped = false
  private readonly options: TranscriptsOptions

  constructor(options: TranscriptsOptions) {
    this.options = options
  }

  /** Returns at once. */
  add(voicemail: Voicemail): void {
    if (voicemail.transcript !== undefined) return
    this.last = this.last.then(() => this.write(voicemail))
  }

  stop(): void {
    this.stopped = true
  }

  private async write(voicemail: Voicemail): Promise<void> {
    if (this.stopped) return
    const { find, transcribe, store, onError } = this.options
    try {
      const found = await find(voicemail)
      const text = found && (await transcribe(found.file, found.locale))
      if (text) await store(voicemail._id, text)
    } catch (error) {
      // no model is no fault; it is heard instead of read
      const noModel = error instanceof YiluError && error.code === 'NO_SPEECH_MODEL'
      if (!noModel && !this.stopped) onError(error)
    }
  }
}
