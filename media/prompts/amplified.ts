import { pcmOf } from '../tts/pcm-of.ts'
import { writeWavHeader } from './wav-header.ts'

/** A WAV file of PCM16, mono, 8 kHz, louder or softer; what would be too loud is cut off. */
export function amplified(wav: Buffer, gain: number): Buffer {
  if (gain === 1) return wav
  const pcm = pcmOf(wav).map((sample) =>
    Math.max(-32_768, Math.min(32_767, Math.round(sample * gain))),
  )
  return Buffer.concat([writeWavHeader(1, 8000, pcm.byteLength), Buffer.from(pcm.buffer)])
}
