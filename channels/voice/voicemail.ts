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
  /** @returns the message as parts of a conversation, or undefined when there was none */
  stop(): Promise<Part[] | undefined>
}

export async function leaveVoicemail(
  call: Call,
  leg: Leg,
  { mailbox, maxSeconds, minSeconds }: Extract<Expecting, { kind: 'voicemail' }>,
  { recordings, voicemail, saveFile, now }: VoiceOptions,
): Promise<VoicemailInProgress> {
  const conversation = call.conversation!
  const { number } = call.about.call
  const { id, file } = await recordings.begin({
    conversationId: conversation._id,
    contactId: conversation.contactId,
    kind: 'voicemail',
    ...(number && { number }),
  })
  const recording = await call.room.record(file, { left: [leg.id], right: [] })
  const startedMs = now()
  let timer: NodeJS.Timeout | undefined
  const full = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, maxSeconds * 1000)
    let quiet = setTimeout(resolve, SILENCE_MS)
    leg.detectSpeech(true)
    leg.onSpeech = (speaking) => {
      clearTimeout(quiet)
      if (!speaking) quiet = setTimeout(resolve, SILENCE_MS)
    }
  })
  return {
    full,
    async stop() {
      clearTimeout(timer)
      leg.onSpeech = undefined
      leg.detectSpeech(false)
      const length = await recording.stop()
      await recordings.finish(id, { ...length, agentIds: [] })
      const seconds = Math.round((now() - startedMs) / 1000)
      if (seconds < minSeconds) return undefined
      await voicemail.leave({
        mailbox,
        conversationId: conversation._id,
        contactId: conversation.contactId,
        recordingId: id,
        seconds,
        ...(number && { number }),
      })
      const stored = await saveFile(Readable.from(await readFile(file)), 'voicemail.wav')
      const { _id: blobId, name, mime, bytes } = stored
      return [{ type: 'media', kind: 'audio', blobId, name, mime, bytes, seconds }]
    },
  }
}
