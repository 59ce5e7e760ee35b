/** Takes a voicemail after the tone, and tells the conversation what became of it, whichever way it ends. */
import type { Expecting } from '../../gateway/domain/conversation.ts'
import type { Leg, PlaySource } from '../../media/media.ts'
import type { Call } from './call.ts'
import { leaveVoicemail } from './voicemail.ts'
import type { VoiceOptions } from './voice-options.ts'

const BEEP: PlaySource = { tone: { hz: [1000], onMs: 400, offMs: 0, level: 0.3 } }

export class MessageTaker {
  private finishing: (() => Promise<void>) | undefined
  private readonly call: Call
  private readonly options: VoiceOptions

  constructor(call: Call, options: VoiceOptions) {
    this.call = call
    this.options = options
  }

  /** @param still the flow waits for this message, and somebody is there to leave it */
  async take(
    leg: Leg,
    wanted: Extract<Expecting, { kind: 'voicemail' }>,
    still: () => boolean,
  ): Promise<void> {
    const { call } = this
    // a key, or the end of the call, is not lost while the tone sounds and the recording is being set up
    let ended = false
    const beforeItRuns = async () => void (ended = true)
    this.finishing = beforeItRuns
    const lost = (error: unknown) => {
      this.options.onError(error)
      if (still()) call.tell({ kind: 'notStored' })
    }
    try {
      await leg.play(BEEP).ended
      if (!still()) return
      if (ended) return call.tell({ kind: 'silence' })
      const message = await leaveVoicemail(call, leg, wanted, this.options)
      this.finishing = async () => {
        this.finishing = undefined
        try {
          const parts = await message.stop()
          if (parts) await call.receive({ kind: 'message', parts })
          else if (still()) call.tell({ kind: 'silence' })
        } catch (error) {
          lost(error)
        }
      }
      void message.full.then(() => this.finish())
      if (ended || !still()) await this.finish()
    } catch (error) {
      lost(error)
    } finally {
      if (this.finishing === beforeItRuns) this.finishing = undefined
    }
  }

  /** What was said up to now is the message. Never rejects. */
  async finish(): Promise<void> {
    await this.finishing?.()
  }
}
