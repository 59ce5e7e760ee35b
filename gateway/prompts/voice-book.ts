/** Which voices flows may name: known once the engines are, which is after the flows. */
import type { Speech } from '../../media/tts/tts.ts'

export class VoiceBook {
  private speech: Pick<Speech, 'knownVoices'> | undefined

  open(speech: Pick<Speech, 'knownVoices'>): void {
    this.speech = speech
  }

  /** undefined: not to be checked against, an engine has not told its voices */
  async known(): Promise<{ id: string; locale: string }[] | undefined> {
    return this.speech?.knownVoices()
  }
}
