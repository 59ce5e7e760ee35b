import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import type { Contacts } from '../contacts/contacts.ts'
import type { StaffMember } from '../domain/staff.ts'
import { may } from '../domain/staff.ts'
import { fail } from '../errors.ts'
import { accessesOf, mayHear } from './access.ts'
import { findRecordings } from './find.ts'
import { peaksOf } from '../../media/prompts/peaks.ts'
import type { Recording, RecordingAccess } from './recording.ts'
import type { Recordings } from './recordings.ts'
import type { RecordingAccessView, RecordingView } from './schema.ts'
import {
  audioQuery,
  listRecordingsQuery,
  peaksQuery,
  peaksView,
  recordingAccessView,
  recordingView,
} from './schema.ts'
import { sendAudio } from './send-audio.ts'

export interface RecordingRoutesOptions {
  recordings: Recordings
  contacts: Contacts
  now: () => number
}

export function recordingRoutes({ recordings, contacts, now }: RecordingRoutesOptions): Route[] {
  const view = async (recording: Recording): Promise<RecordingView> => {
    const contact = await contacts.get(recording.contactId)
    const { _id, startedAt, endedAt, file: _file, legId: _legId, ...fields } = recording
    return {
      ...fields,
      id: _id,
      ...(contact && { contactId: contact._id }),
      ...(contact?.name && { contactName: contact.name }),
      startedAtMs: startedAt.getTime(),
      ...(endedAt && { endedAtMs: endedAt.getTime() }),
    }
  }
  const heardBy = async (id: string, member: StaffMember) => {
    const recording = (await recordings.get(id)) ?? fail('NOT_FOUND')
    if (!(await mayHear(member, recording))) fail('FORBIDDEN')
    return recording
  }
  return [
    route({
      method: 'get',
      path: '/recordings',
      tag: 'Recordings',
      summary: 'Newest first; agents find those they talked in',
      access: 'session',
      query: listRecordingsQuery,
      answers: items(recordingView),
      async handle({ query, member }) {
        if (!may(member.role, 'serve') && !may(member.role, 'listenRecordings')) fail('FORBIDDEN')
        return {
          items: await Promise.all((await findRecordings(query, member, contacts)).map(view)),
        }
      },
    }),
    route({
      method: 'get',
      path: '/recordings/:id',
      tag: 'Recordings',
      summary: 'One recording',
      access: 'session',
      answers: recordingView,
      handle: async ({ params, member }) => view(await heardBy(params.id!, member)),
    }),
    route({
      method: 'get',
      path: '/recordings/:id/audio',
      tag: 'Recordings',
      summary: 'WAV, whole or by Range; each listening and download is logged',
      access: 'session',
      query: audioQuery,
      async handle({ params, query, member, request, response }) {
        const recording = await heardBy(params.id!, member)
        const download = query.download === '1'
        const about = { recordings, recording, member, download, nowMs: now() }
        await sendAudio({ ...about, request, response })
      },
    }),
    route({
      method: 'get',
      path: '/recordings/:id/peaks',
      tag: 'Recordings',
      summary: 'Its shape, for drawing',
      access: 'session',
      query: peaksQuery,
      answers: peaksView,
      async handle({ params, query, member }) {
        const recording = await heardBy(params.id!, member)
        return (
          (await peaksOf(recordings.fileOf(recording), query.buckets)) ?? fail('RECORDING_GONE')
        )
      },
    }),
    route({
      method: 'get',
      path: '/recordings/:id/access',
      tag: 'Recordings',
      summary: 'Who heard or downloaded it, newest first',
      access: 'listenRecordings',
      answers: items(recordingAccessView),
      async handle({ params }) {
        if (!(await recordings.get(params.id!))) fail('NOT_FOUND')
        return { items: (await accessesOf(params.id!)).map(accessView) }
      },
    }),
  ]
}

function accessView({
  _id,
  at,
  lastAt,
  recordingId: _,
  ...fields
}: RecordingAccess): RecordingAccessView {
  return { ...fields, id: _id, atMs: at.getTime(), lastAtMs: lastAt.getTime() }
}
