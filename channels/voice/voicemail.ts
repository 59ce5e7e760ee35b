/** A message left by a caller: recorded until a key, a long silence, the limit, or the end of the call. */
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Expecting } from '../../gateway/domain/conversation.ts'
import type { Part } from '../../gateway/domain/message.ts'
import type { Leg } from '../../media/media.ts'
import type { Call } from './call.ts'
import type { VoiceOptions } from './voice-options.ts'

/** Whoever says nothing for that long has said everything. */
const SILENCE_MS = 6000

export interface VoicemailInProgress {
  /** the message is as long as it may be, or nothing more comes */
  full: Promise<void>
  /**
   * @returns the message as parts of a conversation, or undefined when there was none
   * @throws whatever kept it from being stored
   */
  stop(): Promise<Part[] | undefined>
}

export async function leaveVoicemail(
  call: Call,
  leg: Leg,
  { mailbox, maxSeconds, minSeconds }: Extract<Expecting, { kind: 'voicemail' }>,
  { recordings, voicemail, saveFile, now }: VoiceOptions,
): Promise<VoicemailInProgress> {
  const conversation = call.conversation!
  const about = { conversationId: conversation._id, contactId: conversation.contactId }
  const { number } = call.about.call
  const { id, file } = await recordings.begin({
    ...about,
    kind: 'voicemail',
    ...(number && { number }),
  })
  const recording = await call.room
    .record(file, { left: [leg.id], right: [] })
    .catch(async (error: unknown) => {
      await recordings.finish(id, { durationMs: 0, bytes: 0, agentIds: [] })
      throw error
    })
  const startedMs = now()
  let timers: NodeJS.Timeout[] = []
  let spoke = false
  let endedBySilence = false
  const full = new Promise<void>((resolve) => {
    const wentQuiet = () => {
      endedBySilence = true
      resolve()
    }
    recording.onFailed = () => resolve()
    const limit = setTimeout(resolve, maxSeconds * 1000)
    timers = [limit, setTimeout(wentQuiet, SILENCE_MS)]
    leg.detectSpeech(true)
    leg.onSpeech = (speaking) => {
      spoke ||= speaking
      clearTimeout(timers[1])
      if (!speaking) timers[1] = setTimeout(wentQuiet, SILENCE_MS)
    }
  })
  return {
    full,
    async stop() {
      for (const timer of timers) clearTimeout(timer)
      leg.onSpeech = undefined
      leg.detectSpeech(false)
      const lastedMs = now() - startedMs - (endedBySilence ? SILENCE_MS : 0)
      const length = await recording.stop()
      await recordings.finish(id, { ...length, agentIds: [] })
      const seconds = Math.round(lastedMs / 1000)
      // who ends it by key or by hanging up meant it; silence without a word before it is no message
      if (seconds < minSeconds || (endedBySilence && !spoke)) return undefined
      const stored = await saveFile(Readable.from(await readFile(file)), 'voicemail.wav')
      await voicemail.leave({
        ...about,
        mailbox,
        recordingId: id,
        seconds,
        ...(number && { number }),
      })
      const { _id: blobId, name, mime, bytes } = stored
      return [{ type: 'media', kind: 'audio', blobId, name, mime, bytes, seconds }]
    },
  }
}
