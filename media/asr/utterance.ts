import { WebSocket } from 'ws'
import type { Heard } from './answer.ts'
import { joinSegments, readAnswer } from './answer.ts'

export interface UtteranceEvents {
  /** words so far; `settled` when the recogniser took them for a whole utterance */
  words(text: string, settled: boolean): void
  final(nbest: Heard[]): void
  lost(reason: string): void
}

export interface Utterance {
  write(pcm: Int16Array): void
  /** no more sound: `final` follows */
  finish(): void
  /** nothing is told afterwards */
  close(): void
}

const RATE = 8000
const CONNECT_MS = 3_000
/** after the last sound */
const FINAL_MS = 5_000
/** five seconds in chunks of 100 ms: the recogniser cannot keep up, its words come too late for a talk */
const MAX_UNANSWERED = 50
const MAX_ANSWER_BYTES = 256 * 1024
/** vosk-server compares the whole text with this, spaces and all */
const END_OF_SOUND = '{"eof" : 1}'

/** One utterance is one connection of the vosk-server protocol, to our own process or to a server elsewhere. */
export function createUtterance(
  url: string,
  phrases: string[],
  events: UtteranceEvents,
): Utterance {
  const socket = new WebSocket(url, {
    handshakeTimeout: CONNECT_MS,
    maxPayload: MAX_ANSWER_BYTES,
    perMessageDeflate: false,
  })
  const early: (string | Buffer)[] = []
  const segments: Heard[][] = []
  let unanswered = 0
  let finishing: NodeJS.Timeout | undefined
  let over = false

  function send(message: string | Buffer): void {
    if (socket.readyState === WebSocket.OPEN) socket.send(message)
    else if (socket.readyState === WebSocket.CONNECTING) early.push(message)
  }
  function end(): boolean {
    const first = !over
    over = true
    clearTimeout(finishing)
    socket.terminate()
    return first
  }
  function lose(reason: string): void {
    if (end()) events.lost(reason)
  }
  function said(partial = ''): string {
    const soFar = joinSegments(segments)[0]?.text ?? ''
    return [soFar, partial].filter(Boolean).join(' ')
  }
  function take(json: string): void {
    const answer = readAnswer(json)
    unanswered--
    if ('partial' in answer) {
      events.words(said(answer.partial), false)
      return
    }
    if (answer.nbest.length > 0) segments.push(answer.nbest)
    if (!finishing) events.words(said(), true)
    // every chunk has an answer of its own; the last of them answers the end
    else if (unanswered <= 0 && end()) events.final(joinSegments(segments))
  }

  socket.once('open', () => {
    const config = {
      sample_rate: RATE,
      words: true,
      max_alternatives: 3,
      ...(phrases.length > 0 && { phrase_list: phrases }),
    }
    socket.send(JSON.stringify({ config }))
    for (const message of early.splice(0)) socket.send(message)
  })
  socket.on('message', (data) => {
    if (over) return
    try {
      take((data as Buffer).toString('utf8'))
    } catch {
      lose('the answer is not one of a vosk-server')
    }
  })
  // a 'close' follows each 'error'
  let failure = ''
  socket.on('error', (error) => (failure = error.message))
  socket.on('close', (code, reason) => {
    lose(failure || reason.toString() || `the recogniser left (${code})`)
  })

  return {
    write(pcm) {
      if (over || finishing) return
      if (++unanswered > MAX_UNANSWERED) return lose('the recogniser cannot keep up')
      send(littleEndian(pcm))
    },
    finish() {
      if (over || finishing) return
      finishing = setTimeout(() => lose('the recogniser does not answer'), FINAL_MS)
      unanswered++
      send(END_OF_SOUND)
    },
    close() {
      end()
    },
  }
}

/** A copy: the engine uses its buffer again. All machines Node runs on are little-endian. */
function littleEndian(pcm: Int16Array): Buffer {
  return Buffer.from(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength))
}
