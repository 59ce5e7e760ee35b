/** What a caller hears while waiting: music, and every now and then the place in the queue. */
import type { Leg, PlaySource } from '../../media/media.ts'
import type { QueueVoice } from '../../gateway/domain/queue.ts'

const MUSIC_GAIN = 0.6
const DEFAULT_ANNOUNCE_SECONDS = 30
/** the first announcement comes soon, so that nobody wonders whether they are in a queue */
const FIRST_ANNOUNCE_MS = 4000

export interface Place {
  position: number
  estimatedWaitMs?: number
}

export interface WaitingLineOptions {
  leg: () => Leg
  voice: QueueVoice
  music: () => Promise<string[]>
  place: () => Place | undefined
  speak: (text: string) => Promise<PlaySource>
  lang: string
  onError: (error: unknown) => void
}

export class WaitingLine {
  private timer: NodeJS.Timeout | undefined
  private stopped = false
  private last: string | undefined
  private readonly options: WaitingLineOptions

  constructor(options: WaitingLineOptions) {
    this.options = options
    void this.start().catch(options.onError)
  }

  stop(): void {
    this.stopped = true
    clearTimeout(this.timer)
    this.options.leg().stopPlaying()
  }

  /** The contact came back on a new line. */
  resume(): void {
    void this.playMusic().catch(this.options.onError)
  }

  private async start(): Promise<void> {
    const { voice } = this.options
    await this.playMusic()
    if (this.stopped) return
    if (voice.announcePosition !== false || voice.announceWait !== false)
      this.timer = setTimeout(() => this.announce(), FIRST_ANNOUNCE_MS)
  }

  private async playMusic(): Promise<void> {
    const files = await this.options.music()
    if (!this.stopped) this.options.leg().play({ files }, { loop: true, gain: MUSIC_GAIN })
  }

  private announce(): void {
    const { voice, place, speak, leg, lang, onError } = this.options
    this.timer = setTimeout(
      () => this.announce(),
      (voice.announceEverySeconds ?? DEFAULT_ANNOUNCE_SECONDS) * 1000,
    )
    const now = place()
    const text = now && announcement(now, voice, lang)
    if (!text) return
    // the same again would only annoy; it is said every second time
    const repeated = text === this.last
    this.last = repeated ? undefined : text
    if (repeated) return
    void speak(text)
      .then((source) => {
        if (!this.stopped) leg().play(source, { over: true })
      })
      .catch(onError)
  }
}

/** The words of one announcement, or undefined when the queue wants none of it told. */
export function announcement(
  { position, estimatedWaitMs }: Place,
  { announcePosition = true, announceWait = true }: QueueVoice,
  lang: string,
): string | undefined {
  const minutes = estimatedWaitMs === undefined ? 0 : Math.ceil(estimatedWaitMs / 60_000)
  const zh = lang.startsWith('zh')
  const parts: string[] = []
  if (announcePosition)
    parts.push(
      zh ? `您前面还有${position - 1}位来电者` : `There are ${position - 1} callers before you`,
    )
  if (announceWait && minutes > 0)
    parts.push(
      zh
        ? `预计等待${minutes}分钟`
        : `the estimated wait is ${minutes} minute${minutes > 1 ? 's' : ''}`,
    )
  if (!parts.length) return undefined
  if (announcePosition && position === 1) parts[0] = zh ? '您是下一位' : 'You are next'
  return zh ? `${parts.join(',')},请稍候。` : `${parts.join(', ')}. Please hold.`
}
