/** What the gateway and the process that holds espeak tell each other, over Node's IPC channel. */

export interface Utterance {
  /** normalised text: words, no digits that matter, no markup */
  text: string
  locale: string
  /** an espeak voice; default by locale */
  voice?: string
  /** 0.5 … 2 */
  rate: number
}

export type ToEspeak =
  ({ do: 'say'; id: number; maxAudioMs: number } & Utterance) | { do: 'cancel'; id: number }

export type FromEspeak =
  | { ready: true }
  /** PCM16, 8 kHz */
  | { id: number; audio: Int16Array }
  | { id: number; end: true }
  | { id: number; error: string }
