/** Answers with the audio of a recording, whole or in part (RFC 9110 §14), and writes down who asked. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { StaffMember } from '../domain/staff.ts'
import { fail } from '../errors.ts'
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
  const file = recordings.fileOf(recording)
  const size = await sizeOf(file)
  if (!size) fail('RECORDING_GONE')
  const asked = request.range(size)
  response.setHeader('Accept-Ranges', 'bytes')
  if (asked === -1) {
    response.setHeader('Content-Range', `bytes */${size}`)
    response.status(416).end()
    return
  }
  // one range is sent as asked; several, or something unreadable, get the whole (§14.2)
  const range = Array.isArray(asked) && asked.type === 'bytes' && asked.length === 1 && asked[0]
  const { start, end } = range || { start: 0, end: size - 1 }
  const what = download ? 'download' : 'listen'
  if (request.method !== 'HEAD')
    await noteAccess(recording._id, member, what, request.ip ?? '', nowMs)
  if (range) {
    response.status(206)
    response.setHeader('Content-Range', `bytes ${start}-${end}/${size}`)
  }
  response.setHeader('Content-Type', 'audio/wav')
  response.setHeader('Content-Length', end - start + 1)
  // kept by no browser and no proxy: the next listening is to be seen, too
  response.setHeader('Cache-Control', 'private, no-store')
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
  if (download)
    response.setHeader('Content-Disposition', `attachment; filename="${nameOf(recording)}"`)
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  // whoever stops listening goes away in the middle
  await pipeline(createReadStream(file, { start, end }), response).catch(() => response.destroy())
}

/** 20261121T060000Z-call-<id>.wav: sorts by time, tells no number */
function nameOf({ _id, kind, startedAt }: Recording): string {
  const time = startedAt.toISOString().replace(/[-:]|\.\d+/g, '')
  return `${time}-${kind}-${_id}.wav`
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}
