import { setTimeout as rest } from 'node:timers/promises'
import type { AsrProvider } from './asr.ts'

/** 100 ms at 8 kHz, as from a leg */
const CHUNK = 800
/** three times as fast as it was spoken: callers who speak at this moment need the recogniser too */
const PACE_MS = 33
const END_SILENCE_MS = 800
const MAX_UTTERANCE_MS = 30_000
const FINAL_WITHIN_MS = 10_000
const QUIET = new Int16Array(CHUNK)

/**
 * What is said in a recording, its utterances one a line; empty where nothing was understood.
 * @param pcm PCM16, 8 kHz
 * @throws YiluError NO_SPEECH_MODEL; Error when the recogniser is lost or has more to do than it can
 */
export async function transcribe(
  asr: Pick<AsrProvider, 'open'>,
  pcm: Int16Array,
  locale: string,
): Promise<string> {
  const stream = asr.open({ locale, endSilenceMs: END_SILENCE_MS, maxMs: MAX_UTTERANCE_MS })
  const lines: string[] = []
  let lost: string | undefined
  let last: (() => void) | undefined
  stream.onLost = (reason) => {
    lost = reason
    last?.()
  }
  stream.onFinal = ({ nbest }) => {
    const text = nbest[0]?.text.trim()
    if (text) lines.push(text)
    last?.()
  }
  try {
    // the recording may end in the middle of a word: the quiet behind it ends the utterance
    const end = pcm.length + (END_SILENCE_MS / 100 + 4) * CHUNK
    for (let at = 0; at < end && !lost; at += CHUNK) {
      stream.write(at < pcm.length ? pcm.subarray(at, at + CHUNK) : QUIET)
      await rest(PACE_MS)
    }
    const ended = new Promise<void>((resolve) => (last = resolve))
    stream.finish()
    await Promise.race([ended, rest(FINAL_WITHIN_MS, undefined, { ref: false })])
    if (lost) throw new Error(lost)
    return lines.join('\n')
  } finally {
    stream.close()
  }
}
