import type { AsrProvider, AsrStream } from '../../../media/asr/asr.ts'
import { frames } from '../vad/sounds.ts'

export type Outcome = { text: string; confidence: number } | { lost: string }

const CHUNK = 800

/** Speaks into a stream in chunks of 100 ms; others get their turn between them. */
export async function speak(stream: AsrStream, pcm: Int16Array): Promise<void> {
  for (const chunk of frames(pcm, CHUNK)) {
    stream.write(chunk)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Resolves with the first thing a stream ends in; an empty text where nothing was understood. */
export function outcome(stream: AsrStream): Promise<Outcome> {
  return new Promise((resolve) => {
    stream.onFinal = ({ nbest }) => resolve(nbest[0] ?? { text: '', confidence: 0 })
    stream.onLost = (lost) => resolve({ lost })
  })
}

/** One caller, one utterance. */
export async function understand(
  asr: AsrProvider,
  locale: string,
  pcm: Int16Array,
  phrases?: string[],
): Promise<Outcome> {
  const stream = asr.open({
    locale,
    endSilenceMs: 600,
    maxMs: 10_000,
    ...(phrases && { phrases }),
  })
  const heard = outcome(stream)
  await speak(stream, pcm)
  const result = await heard
  stream.close()
  return result
}
