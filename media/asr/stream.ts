import { createEnergyGate, HANG_OVER_MS, power } from '../vad/energy-gate.ts'
import type { AsrOptions, AsrStream } from './asr.ts'
import { createEndpoint } from './endpoint.ts'
import { spokenPhrases } from './phrases.ts'
import type { Utterance } from './utterance.ts'
import { createUtterance } from './utterance.ts'

const FRAME = 160
const FRAME_MS = 20
/** sound from before the gate opened: words begin softly */
const RUN_UP_MS = 300

/**
 * A caller's speech as utterances, one `onFinal` each. Quiet is not sent: a listening leg where nobody speaks
 * costs the recogniser nothing.
 * @param url where the recogniser is now, or undefined while it is not
 * @param onOver the stream was closed or lost
 */
export function createAsrStream(
  options: AsrOptions,
  url: () => string | undefined,
  onOver: () => void,
): AsrStream {
  const phrases = spokenPhrases(options.phrases ?? [], options.locale)
  const gate = createEnergyGate()
  const finishing = new Set<Utterance>()
  let runUp: Int16Array[] = []
  let current: Utterance | undefined
  // the gate stays open for a while after the last sound; that while is quiet already
  const quietMs = Math.max(FRAME_MS, options.endSilenceMs - HANG_OVER_MS)
  let endpoint = createEndpoint(quietMs, options.maxMs)
  let sending = false
  let told = ''
  let over = false

  const stream: AsrStream = {
    write(pcm) {
      if (over) return
      listen()
      const loud = hear(pcm)
      if (!sending && !loud) return keep(pcm)
      if (!sending) {
        sending = true
        for (const chunk of runUp) current?.write(chunk)
        runUp = []
      }
      current?.write(pcm)
      decide()
    },
    finish() {
      // over already by itself: its words are on their way
      if (over || finishing.size > 0) return
      if (sending) end()
      // nothing was heard, which is an answer too; never before the caller of this goes on
      else queueMicrotask(() => !over && stream.onFinal?.({ nbest: [] }))
    },
    close: stop,
  }

  /** Connects ahead of the first word, and so notices a recogniser that dies while the caller is silent. */
  function listen(): void {
    if (current || over) return
    const address = url()
    if (!address) return lose('the recogniser is not running')
    const utterance = createUtterance(address, phrases, {
      words(text, settled) {
        if (utterance !== current) return
        endpoint.words(text, settled)
        if (text !== told && text) stream.onPartial?.(text)
        told = text
        decide()
      },
      final(nbest) {
        finishing.delete(utterance)
        stream.onFinal?.({ nbest })
      },
      lost: lose,
    })
    current = utterance
  }
  function hear(pcm: Int16Array): boolean {
    let loud = false
    for (let at = 0; at < pcm.length; at += FRAME) {
      const open = gate.open(power(pcm.subarray(at, at + FRAME)))
      endpoint.sound(FRAME_MS, open)
      loud ||= open
    }
    return loud
  }
  function keep(pcm: Int16Array): void {
    runUp.push(pcm.slice())
    const ms = (chunk: Int16Array) => (chunk.length / FRAME) * FRAME_MS
    let kept = runUp.reduce((sum, chunk) => sum + ms(chunk), 0)
    while (runUp.length > 1 && kept - ms(runUp[0]!) >= RUN_UP_MS) kept -= ms(runUp.shift()!)
  }
  function decide(): void {
    const verdict = endpoint.verdict()
    if (verdict === 'finish') end()
    // only no longer sent: words of a slow recogniser may still come
    else if (verdict === 'forget') sending = false
  }
  function end(): void {
    if (!current) return
    finishing.add(current)
    current.finish()
    current = undefined
    sending = false
    told = ''
    endpoint = createEndpoint(quietMs, options.maxMs)
  }
  function lose(reason: string): void {
    if (over) return
    stop()
    stream.onLost?.(reason)
  }
  function stop(): void {
    if (over) return
    over = true
    current?.close()
    for (const utterance of finishing) utterance.close()
    onOver()
  }

  // not before the caller has set its callbacks
  queueMicrotask(listen)
  return stream
}
