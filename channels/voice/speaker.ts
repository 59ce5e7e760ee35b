/** Says one thing after the other to a leg. While one is heard the next is being made. */
import type { Leg, Playback, PlaySource } from '../../media/media.ts'

export interface SpeakerOptions {
  leg: () => Leg
  onError: (error: unknown) => void
}

interface Line {
  source: Promise<PlaySource | undefined>
  said: (how: Said) => void
}

/** cut: interrupted, by the caller or because things went on */
export type Said = 'heard' | 'cut'

export class Speaker {
  private lines: Line[] = []
  private now: { playback: Playback; line: Line } | undefined
  private running = false
  private last: Promise<Said> = Promise.resolve('heard')
  private open = false
  private readonly options: SpeakerOptions

  constructor(options: SpeakerOptions) {
    this.options = options
  }

  /** The other end listens now; what was said before it did is said now. */
  begin(): void {
    this.open = true
    void this.run()
  }

  get speaking(): boolean {
    return this.lines.length > 0 || this.now !== undefined
  }

  /** Adds something to say. A source that cannot be made is left out: the call goes on. */
  say(source: Promise<PlaySource>): Promise<Said> {
    this.last = new Promise((said) => {
      const safe = source.catch((error: unknown) => {
        this.options.onError(error)
        return undefined
      })
      this.lines.push({ source: safe, said })
    })
    void this.run()
    return this.last
  }

  /** Resolves when all that has been said so far was heard or cut. */
  quiet(): Promise<Said> {
    return this.last
  }

  /** Silent at once; what was still to be said is not said any more. */
  cut(): void {
    const lines = this.lines.splice(0)
    this.now?.playback.stop()
    for (const { said } of lines) said('cut')
  }

  pause(): void {
    this.now?.playback.pause()
  }

  resume(): void {
    this.now?.playback.resume()
  }

  private async run(): Promise<void> {
    if (this.running || !this.open) return
    this.running = true
    while (this.lines.length) {
      const line = this.lines[0]!
      const source = await line.source
      // cut while it was being made
      if (this.lines[0] !== line) continue
      this.lines.shift()
      if (!source) {
        line.said('heard')
        continue
      }
      const playback = this.options.leg().play(source)
      this.now = { playback, line }
      const end = await playback.ended
      this.now = undefined
      line.said(end === 'finished' || end === 'failed' ? 'heard' : 'cut')
    }
    this.running = false
  }
}
