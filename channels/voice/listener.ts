/**
 * Listens for one answer: keys, or speech where a model is installed. The ladder of barge-in: a key cuts the
 * prompt; speech pauses it; a recognised word cuts it; where no word follows, the prompt goes on.
 */
import type { Expecting } from '../../gateway/domain/conversation.ts'
import type { AsrProvider, AsrStream } from '../../media/asr/asr.ts'
import type { Leg } from '../../media/media.ts'
import { collectKey } from './collect-keys.ts'
import type { Speaker } from './speaker.ts'

/** A caller dials ahead at most that far. */
const MAX_AHEAD = 32
/** After that long without a word, what made us pause was no speech. */
const FALSE_START_MS = 2000
/** What was said just before it was recognised as speech, which takes up to 300 ms: taps of 100 ms. */
const PRE_ROLL = 5
const END_SILENCE_MS = 600
const MAX_UTTERANCE_MS = 15_000

export type Answer = Extract<Expecting, { kind: 'answer' }>

export type Heard =
  | { by: 'keys'; digits: string }
  | { by: 'speech'; nbest: { text: string; confidence: number }[] }
  | { by: 'silence' }

export interface ListenerOptions {
  leg: () => Leg
  speaker: Speaker
  asr: AsrProvider
  onHeard: (heard: Heard, expecting: Answer) => void
  onError: (error: unknown) => void
}

export class Listener {
  private expecting: Answer | undefined
  private digits = ''
  private ahead = ''
  private timer: NodeJS.Timeout | undefined
  private falseStart: NodeJS.Timeout | undefined
  private stream: AsrStream | undefined
  private talking = false
  private recent: Int16Array[] = []
  private readonly options: ListenerOptions

  constructor(options: ListenerOptions) {
    this.options = options
  }

  /** Listens for this answer from now on; until then keys are kept for it. */
  expect(expecting: Answer, locale: string): void {
    this.stop()
    this.expecting = expecting
    this.listenToSpeech(expecting, locale)
    const { speaker } = this.options
    void speaker.quiet().then(() => {
      if (this.expecting === expecting && !this.digits && !this.talking) this.awaitAnswer(expecting)
    })
    const ahead = this.ahead
    this.ahead = ''
    if (expecting.bargeIn && !expecting.whileWaiting) for (const key of ahead) this.key(key)
  }

  /** A key was pressed. */
  key(key: string): void {
    const { expecting } = this
    if (!expecting) {
      this.ahead = (this.ahead + key).slice(-MAX_AHEAD)
      return
    }
    const { speaker } = this.options
    if (!expecting.keys || (speaker.speaking && !expecting.bargeIn)) return
    speaker.cut()
    clearTimeout(this.timer)
    const collected = collectKey(this.digits, key, expecting.keys)
    this.digits = collected.digits
    if (collected.done) return this.heard({ by: 'keys', digits: collected.digits })
    this.timer = setTimeout(() => this.heard({ by: 'keys', digits: this.digits }), collected.waitMs)
  }

  /** What was dialled ahead was meant for something else. */
  forget(): void {
    this.ahead = ''
  }

  stop(): void {
    clearTimeout(this.timer)
    clearTimeout(this.falseStart)
    this.expecting = undefined
    this.digits = ''
    this.talking = false
    this.recent = []
    this.closeStream()
  }

  private awaitAnswer(expecting: Answer): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.heard({ by: 'silence' }), expecting.timeoutMs)
  }

  private heard(heard: Heard): void {
    const { expecting } = this
    if (!expecting) return
    this.stop()
    this.options.onHeard(heard, expecting)
  }

  private listenToSpeech(expecting: Answer, locale: string): void {
    const { asr, leg, onError } = this.options
    // a model for Chinese understands zh-CN
    const model = asr.locales().find((known) => locale === known || locale.startsWith(`${known}-`))
    if (!expecting.speech || !model) return
    try {
      const stream = asr.open({
        locale: model,
        ...(!expecting.speech.open && { phrases: expecting.speech.hints }),
        endSilenceMs: END_SILENCE_MS,
        maxMs: MAX_UTTERANCE_MS,
      })
      this.stream = stream
      stream.onPartial = (text) => this.partial(text)
      stream.onFinal = ({ nbest }) => this.final(nbest, expecting)
      stream.onLost = () => {
        this.closeStream()
        this.goOn(expecting)
      }
    } catch (error) {
      // no recogniser: keys are left
      onError(error)
      return
    }
    const on = leg()
    on.onSpeech = (speaking) => this.speech(speaking, expecting)
    on.onAudio = (pcm) => this.audio(pcm)
    on.detectSpeech(true)
    on.tap(true)
  }

  private speech(speaking: boolean, expecting: Answer): void {
    const { speaker } = this.options
    if (this.expecting !== expecting) return
    if (!speaking) {
      if (this.talking) this.stream?.finish()
      return
    }
    if (speaker.speaking && !expecting.bargeIn) return
    this.talking = true
    clearTimeout(this.timer)
    if (speaker.speaking) {
      speaker.pause()
      clearTimeout(this.falseStart)
      this.falseStart = setTimeout(() => this.goOn(expecting), FALSE_START_MS)
    }
    for (const pcm of this.recent.splice(0)) this.stream?.write(pcm)
  }

  private audio(pcm: Int16Array): void {
    if (this.talking) this.stream?.write(pcm)
    else {
      this.recent.push(pcm)
      if (this.recent.length > PRE_ROLL) this.recent.shift()
    }
  }

  private partial(text: string): void {
    if (!text.trim()) return
    clearTimeout(this.falseStart)
    this.options.speaker.cut()
  }

  private final(nbest: { text: string; confidence: number }[], expecting: Answer): void {
    const words = nbest.filter(({ text }) => text.trim())
    if (words.length) return this.heard({ by: 'speech', nbest: words })
    this.goOn(expecting)
  }

  /** It was no speech after all. */
  private goOn(expecting: Answer): void {
    if (this.expecting !== expecting) return
    const { speaker } = this.options
    this.talking = false
    speaker.resume()
    if (!speaker.speaking && !this.digits) this.awaitAnswer(expecting)
  }

  private closeStream(): void {
    const { stream } = this
    if (!stream) return
    this.stream = undefined
    stream.close()
    const leg = this.options.leg()
    leg.onSpeech = undefined
    leg.onAudio = undefined
    leg.tap(false)
    leg.detectSpeech(false)
  }
}
