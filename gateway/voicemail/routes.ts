import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import type { Contacts } from '../contacts/contacts.ts'
import { fail } from '../errors.ts'
import { peaksOf } from '../../media/prompts/peaks.ts'
import type { Recordings } from '../recordings/recordings.ts'
import { audioQuery, peaksQuery, peaksView } from '../recordings/schema.ts'
import { sendAudio } from '../recordings/send-audio.ts'
import { mailboxRoutes } from './mailbox-routes.ts'
import type { VoicemailView } from './schema.ts'
import {
  listVoicemailsQuery,
  updateVoicemailBody,
  voicemailSummaryView,
  voicemailView,
} from './schema.ts'
import type { Voicemail } from './voicemail.ts'
import type { Voicemails } from './voicemails.ts'

export interface VoicemailRoutesOptions {
  voicemails: Voicemails
  recordings: Recordings
  contacts: Contacts
  now: () => number
}

export function voicemailRoutes(options: VoicemailRoutesOptions): Route[] {
  const { voicemails, recordings, contacts, now } = options
  const view = async (voicemail: Voicemail): Promise<VoicemailView> => {
    const contact = await contacts.get(voicemail.contactId)
    const { _id, leftAt, recordingId, written, ...fields } = voicemail
    return {
      ...fields,
      ...(!written && { recordingId }),
      id: _id,
      ...(contact && { contactId: contact._id }),
      ...(contact?.name && { contactName: contact.name }),
      leftAtMs: leftAt.getTime(),
    }
  }
  const recordingOf = async ({ recordingId }: Voicemail) =>
    (await recordings.get(recordingId)) ?? fail('RECORDING_GONE')
  return [
    route({
      method: 'get',
      path: '/voicemails',
      tag: 'Voicemail',
      summary: 'Newest first, of the mailboxes one sees',
      access: 'serve',
      query: listVoicemailsQuery,
      answers: items(voicemailView),
      handle: async ({ query, member }) => ({
        items: await Promise.all((await voicemails.find(query, member)).map(view)),
      }),
    }),
    route({
      method: 'get',
      path: '/voicemails/summary',
      tag: 'Voicemail',
      summary: 'How many nobody has heard yet, per mailbox',
      access: 'serve',
      answers: voicemailSummaryView,
      handle: ({ member }) => voicemails.summary(member),
    }),
    route({
      method: 'get',
      path: '/voicemails/:id',
      tag: 'Voicemail',
      summary: 'One voicemail',
      access: 'serve',
      answers: voicemailView,
      async handle({ params, member }) {
        const voicemail = await voicemails.get(params.id!, member)
        // to read one in writing is to hear it
        if (!voicemail.written || voicemail.state !== 'new') return view(voicemail)
        await voicemails.heard(voicemail._id)
        return view({ ...voicemail, state: 'heard' })
      },
    }),
    route({
      method: 'patch',
      path: '/voicemails/:id',
      tag: 'Voicemail',
      summary: 'Mark it heard or done, give it to somebody, add a note',
      access: 'serve',
      body: updateVoicemailBody,
      answers: voicemailView,
      handle: async ({ params, body, member }) =>
        view(await voicemails.update(params.id!, body, member)),
    }),
    route({
      method: 'get',
      path: '/voicemails/:id/audio',
      tag: 'Voicemail',
      summary: 'WAV, whole or by Range; who listens is logged, and a new one counts as heard',
      access: 'serve',
      query: audioQuery,
      async handle({ params, query, member, request, response }) {
        const voicemail = await voicemails.get(params.id!, member)
        const recording = await recordingOf(voicemail)
        const download = query.download === '1'
        if (request.method !== 'HEAD') await voicemails.heard(voicemail._id)
        const about = { recordings, recording, member, download, nowMs: now() }
        await sendAudio({ ...about, request, response })
      },
    }),
    route({
      method: 'get',
      path: '/voicemails/:id/peaks',
      tag: 'Voicemail',
      summary: 'Its shape, for drawing',
      access: 'serve',
      query: peaksQuery,
      answers: peaksView,
      async handle({ params, query, member }) {
        const recording = await recordingOf(await voicemails.get(params.id!, member))
        const peaks = await peaksOf(recordings.fileOf(recording), query.buckets)
        if (!peaks) return fail('RECORDING_GONE')
        // nobody answers a message
        return { ...peaks, channels: peaks.channels.slice(0, 1) }
      },
    }),
    ...mailboxRoutes(voicemails),
  ]
}
