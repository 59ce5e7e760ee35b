/**
 * The process that holds espeak. It is forked by `espeak/child.ts`, speaks `protocol.ts` over IPC, and ends
 * with its parent. Requests take turns piece by piece, and first those of whom nothing was heard yet.
 */
import type { FromEspeak, ToEspeak, Utterance } from './protocol.ts'
import type { Piece } from './pieces-of.ts'
import { piecesOf } from './pieces-of.ts'
import { createSynthesizer } from './synthesizer.ts'
import { voiceOf } from './voice-of.ts'

interface Job extends Utterance {
  id: number
  pieces: Piece[]
  samplesLeft: number
}

/** The first calls are ten times slower, until the engine has compiled what they use: nobody waits for these. */
const WARM_UP: [string, string][] = [
  ['zh-CN', '您好，欢迎致电旅游服务热线。'],
  ['en', 'Welcome to the tourist hotline.'],
]
const WARM_UP_ROUNDS = 4

const fresh: Job[] = []
const going: Job[] = []
const synthesizer = await createSynthesizer()
const tell = (message: FromEspeak) => process.send?.(message)

// Ctrl-C reaches the whole group; the gateway ends this process by letting go of it
process.on('SIGINT', () => undefined)
process.on('disconnect', () => process.exit(0))
process.on('message', (message: ToEspeak) => {
  if (message.do === 'cancel') {
    for (const jobs of [fresh, going]) {
      const index = jobs.findIndex(({ id }) => id === message.id)
      if (index >= 0) jobs.splice(index, 1)
    }
    return
  }
  const { id, text, maxAudioMs } = message
  if (fresh.length + going.length === 0) setImmediate(work)
  fresh.push({ ...message, id, pieces: piecesOf(text), samplesLeft: maxAudioMs * 8 })
})
tell({ ready: true })
setImmediate(warmUp, 0)

function work(): void {
  const job = fresh.shift() ?? going.shift()
  if (!job) return
  const piece = job.pieces.shift()
  try {
    if (piece) {
      speak(piece, job, (audio) => {
        tell({ id: job.id, audio })
        job.samplesLeft -= audio.length
        return job.samplesLeft <= 0
      })
    }
    if (job.pieces.length && job.samplesLeft > 0) going.push(job)
    else tell({ id: job.id, end: true })
  } catch (error) {
    tell({ id: job.id, error: String(error instanceof Error ? error.message : error) })
  }
  // not a loop: between two pieces new requests and cancels are read
  if (fresh.length + going.length) setImmediate(work)
}

function speak(piece: Piece, job: Utterance, onAudio: (pcm: Int16Array) => boolean): void {
  const voice = job.voice ?? voiceOf(job.locale)
  if (!voice) throw new Error(`espeak has no voice for ${job.locale}`)
  synthesizer.speak(piece, voice, job.rate, onAudio)
}

function warmUp(done: number): void {
  const [locale, text] = WARM_UP[done % WARM_UP.length]!
  speak({ text, pauseMs: 0 }, { text, locale, rate: 1 }, () => false)
  if (done + 1 < WARM_UP.length * WARM_UP_ROUNDS) setImmediate(warmUp, done + 1)
}
