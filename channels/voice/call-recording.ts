/** The recording of a whole call: in stereo, paused where nobody may hear it later, told to the timeline at its end. */
import type { Conversation } from '../../gateway/domain/conversation.ts'
import type { Leg, Recording, Room } from '../../media/media.ts'
import type { VoiceOptions } from './voice-options.ts'

export interface CallRecordingOptions extends Pick<
  VoiceOptions,
  'recordings' | 'note' | 'now' | 'onError'
> {
  room: Room
  onChange: () => void
}

export class CallRecording {
  state: 'off' | 'on' | 'paused' = 'off'
  private readonly options: CallRecordingOptions
  private readonly pauses: { fromMs: number; toMs: number }[] = []
  private id: string | undefined
  private recording: Recording | undefined
  private startedAtMs = 0
  private pausedAtMs = 0
  private finished = false

  constructor(options: CallRecordingOptions) {
    this.options = options
  }

  /** The row is written first, so that there is no file without one; a call that is over by then leaves an empty row. */
  async begin(
    { _id: conversationId, contactId, queueId }: Conversation,
    number: string | undefined,
    legs: { kind: string; leg?: Leg }[],
  ): Promise<void> {
    const { recordings, room, now, onChange } = this.options
    const { id, file } = await recordings.begin({
      conversationId,
      contactId,
      kind: 'call',
      ...(number && { number }),
      ...(queueId && { queueId }),
    })
    const sides = { left: [] as string[], right: [] as string[] }
    for (const { kind, leg } of legs)
      if (leg) sides[kind === 'contact' ? 'left' : 'right'].push(leg.id)
    try {
      if (this.finished) return await this.nothing(id)
      this.recording = await room.record(file, sides)
    } catch (error) {
      await this.nothing(id)
      throw error
    }
    this.id = id
    this.startedAtMs = now()
    this.state = 'on'
    this.recording.onFailed = (reason) => {
      this.options.onError(new Error(`recording ${id} ended by itself: ${reason}`))
      this.state = 'off'
      onChange()
    }
    onChange()
  }

  add(side: 'left' | 'right', legId: string): void {
    this.recording?.add(side, legId)
  }

  pause(on: boolean): void {
    const { recording, options } = this
    if (!recording || this.state !== (on ? 'on' : 'paused')) return
    recording.pause(on)
    const atMs = options.now() - this.startedAtMs
    if (on) this.pausedAtMs = atMs
    else this.pauses.push({ fromMs: this.pausedAtMs, toMs: atMs })
    this.state = on ? 'paused' : 'on'
    options.onChange()
  }

  /** @param agentIds who was on the line */
  async finish(conversation: Conversation | undefined, agentIds: string[]): Promise<void> {
    this.finished = true
    const { recording, id, pauses, options } = this
    if (!recording || !id) return
    if (this.state === 'paused')
      pauses.push({ fromMs: this.pausedAtMs, toMs: options.now() - this.startedAtMs })
    this.recording = undefined
    this.state = 'off'
    const length = await recording.stop()
    const queueId = conversation?.queueId
    await options.recordings.finish(id, {
      ...length,
      agentIds,
      pauses,
      ...(queueId && { queueId }),
    })
    if (conversation)
      await options.note(conversation._id, 'recording', { id, durationMs: length.durationMs })
  }

  private async nothing(id: string): Promise<void> {
    await this.options.recordings.finish(id, { durationMs: 0, bytes: 0, agentIds: [] })
  }
}
