/** Answers with the audio of a recording, whole or in part, and writes down who asked. */
import type { Request, Response } from 'express'
import type { StaffMember } from '../domain/staff.ts'
import { fail } from '../errors.ts'
import { sendWav } from '../http/send-wav.ts'
import { noteAccess } from './access.ts'
import type { Recording } from './recording.ts'
import type { Recordings } from './recordings.ts'

export interface AudioAnswer {
  recordings: Recordings
  recording: Recording
  member: StaffMember
  download: boolean
  nowMs: number
  request: Request
  response: Response
}

/** @throws RECORDING_GONE */
export async function sendAudio(answer: AudioAnswer): Promise<void> {
  const { recordings, recording, member, download, nowMs, request, response } = answer
  if (recording.state === 'deleted' || recording.state === 'broken') fail('RECORDING_GONE')
  await sendWav({
    file: recordings.fileOf(recording),
    request,
    response,
    ...(download && { saveAs: nameOf(recording) }),
    onSend: () =>
      noteAccess(recording._id, member, download ? 'download' : 'listen', request.ip ?? '', nowMs),
  })
}

/** 20261121T060000Z-call-<id>.wav: sorts by time, tells no number */
function nameOf({ _id, kind, startedAt }: Recording): string {
  const time = startedAt.toISOString().replace(/[-:]|\.\d+/g, '')
  return `${time}-${kind}-${_id}.wav`
}
