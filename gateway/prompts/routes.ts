import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import { peaksOf } from '../../media/prompts/peaks.ts'
import { MAX_DOCUMENT_BYTES } from '../documents/limits.ts'
import { readDocument } from '../documents/read-document.ts'
import { fail } from '../errors.ts'
import type { Files } from '../files/files.ts'
import { MAX_FILE_BYTES, safeName } from '../files/files.ts'
import { readBounded, receiveUpload } from '../http/receive-upload.ts'
import { sendWav } from '../http/send-wav.ts'
import { MAX_PASSAGES, passagesOf, secondsOf } from './passages.ts'
import type { Prompts } from './prompts.ts'
import { readingListCsv, readingListHtml } from './reading-list.ts'
import {
  assignBody,
  assignedView,
  audioQuery,
  listedRecordingView,
  listPromptsQuery,
  peaksQuery,
  peaksView,
  placedDocumentView,
  placeDocumentBody,
  previewBody,
  promptRecordingView,
  promptView,
  readDocumentView,
  readingListQuery,
  recordPromptBody,
  voicePromptBody,
  voicesQuery,
  voiceView,
} from './schema.ts'
import { tuneRoutes } from './tune-routes.ts'
import { z } from 'zod'

const tag = 'Prompts'
const access = 'manageFlows'

export function promptRoutes(prompts: Prompts, files: Files): Route[] {
  return [
    route({
      method: 'get',
      path: '/prompts',
      tag,
      summary:
        'Every wording of every flow: recorded, synthetic, recorded from another text, missing',
      access,
      query: listPromptsQuery,
      answers: items(promptView),
      handle: async ({ query }) => ({ items: await prompts.list(query) }),
    }),
    route({
      method: 'get',
      path: '/prompts/reading-list',
      tag,
      summary: 'What is to be recorded, as a table (CSV) or a page to print',
      access,
      query: readingListQuery,
      async handle({ query: { format, in: lang, ...query }, response }) {
        const listed = await prompts.list(query)
        if (format === 'csv') {
          response.attachment(`reading-list-${lang}.csv`)
          response.type('text/csv').send(readingListCsv(listed, lang))
          return
        }
        // escaped, and without any right all the same
        response.setHeader(
          'Content-Security-Policy',
          "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-modals",
        )
        response.type('text/html').send(readingListHtml(listed, lang))
      },
    }),
    route({
      method: 'get',
      path: '/prompts/voices',
      tag,
      summary:
        'Voices of the synthesis, of one language or all; a flow names them for a language (`voices`), a wording for itself',
      access,
      query: voicesQuery,
      answers: items(voiceView),
      handle: async ({ query }) => ({
        items: (await prompts.voices(query.lang)).map(({ id, name, locale, provider, sex }) => ({
          ...{ id, name, lang: locale, provider },
          ...(sex && { sex }),
        })),
      }),
    }),
    route({
      method: 'post',
      path: '/prompts/preview',
      tag,
      summary:
        'A text as callers hear it, by this voice at this speed (0.5–2): WAV, 8 kHz; 30 a minute',
      access,
      body: previewBody,
      async handle({ body, member, response }) {
        const wav = await prompts.previews.render(body, member._id)
        response.type('audio/wav').setHeader('Cache-Control', 'private, no-store').send(wav)
      },
    }),
    route({
      method: 'post',
      path: '/prompts/synthesised',
      tag,
      summary: 'Keep a text, spoken by this voice at this speed, as a recording',
      access,
      body: previewBody,
      answers: promptRecordingView,
      handle: ({ body, member }) => prompts.keep(body, member._id),
    }),
    route({
      method: 'get',
      path: '/prompts/recordings',
      tag,
      summary: 'Uploaded and kept recordings, newest first, and where each is used',
      access,
      answers: items(listedRecordingView),
      handle: async () => ({ items: await prompts.listRecordings() }),
    }),
    route({
      method: 'post',
      path: '/prompts/recordings',
      tag,
      summary:
        'Upload a recording (WAV, MP3, FLAC, Ogg, WebM, AMR; at most 10 MB, ten minutes); it becomes 8 kHz mono',
      access,
      upload: 'file',
      answers: promptRecordingView,
      async handle({ request, member }) {
        const by = member._id
        const stored = await receiveUpload(request, MAX_FILE_BYTES, (stream, name) =>
          files.put(stream, name, by),
        )
        return prompts.recordings.add(stored, 'upload', by)
      },
    }),
    route({
      method: 'get',
      path: '/prompts/recordings/:id/audio',
      tag,
      summary: 'A recording as callers hear it: WAV, whole or by Range',
      access,
      query: audioQuery,
      async handle({ params, query, request, response }) {
        const id = params.id!
        const file = await prompts.recordings.file(id, () => prompts.uses())
        const saveAs = query.download ? `prompt-${id.replace(/\W/g, '')}.wav` : undefined
        await sendWav({ file, request, response, ...(saveAs && { saveAs }) })
      },
    }),
    route({
      method: 'get',
      path: '/prompts/recordings/:id/peaks',
      tag,
      summary: 'The shape of a recording, to be drawn',
      access,
      query: peaksQuery,
      answers: peaksView,
      async handle({ params, query }) {
        const file = await prompts.recordings.file(params.id!, () => prompts.uses())
        return (await peaksOf(file, query.buckets)) ?? fail('RECORDING_GONE')
      },
    }),
    route({
      method: 'delete',
      path: '/prompts/recordings/:id',
      tag,
      summary: 'Remove a recording that no flow, version, tune or queue uses',
      access,
      handle: async ({ params }) => prompts.recordings.remove(params.id!, await prompts.uses()),
    }),
    route({
      method: 'put',
      path: '/prompts/recorded',
      tag,
      summary:
        'Put a recording on a wording of a draft, say that it still fits, or take it off (null)',
      access,
      body: recordPromptBody,
      answers: z.object({ draftVersion: z.number() }),
      handle: async ({ body: { mediaId, ...at }, member }) => ({
        draftVersion: await prompts.record(at, mediaId, member.displayName),
      }),
    }),
    route({
      method: 'put',
      path: '/prompts/voice',
      tag,
      summary:
        'Another voice or speed than its flow has, for one wording of a draft; what is left out is the flow’s again',
      access,
      body: voicePromptBody,
      answers: z.object({ draftVersion: z.number() }),
      handle: async ({ body: { voice, speed, ...at }, member }) => ({
        draftVersion: await prompts.voice(at, { voice, speed }, member.displayName),
      }),
    }),
    route({
      method: 'post',
      path: '/prompts/assign',
      tag,
      summary: 'Uploaded recordings named as in the reading list, each onto its prompt',
      access,
      body: assignBody,
      answers: items(assignedView),
      handle: async ({ body, member }) => ({
        items: await prompts.assign(body, member.displayName),
      }),
    }),
    route({
      method: 'post',
      path: '/prompts/documents',
      tag,
      summary:
        'Read a document (.docx, .xlsx, .csv, .txt, .md) and cut it into what is said in one go',
      access,
      upload: 'file',
      answers: readDocumentView,
      async handle({ request }) {
        const { bytes, name } = await receiveUpload(
          request,
          MAX_DOCUMENT_BYTES,
          async (stream, fileName) => ({
            bytes: await readBounded(stream, MAX_DOCUMENT_BYTES, 'DOCUMENT_TOO_LARGE'),
            name: safeName(fileName),
          }),
        )
        const read = await readDocument(bytes, name)
        const passages = passagesOf(read)
        if (passages.length > MAX_PASSAGES) {
          fail('DOCUMENT_TOO_LARGE', { passages: passages.length, maxPassages: MAX_PASSAGES })
        }
        const seconds = passages.reduce((sum, passage) => sum + secondsOf(passage), 0)
        return { name, kind: read.kind, passages, seconds }
      },
    }),
    route({
      method: 'post',
      path: '/prompts/documents/placed',
      tag,
      summary: 'One say block per passage into the draft of a flow',
      access,
      body: placeDocumentBody,
      answers: placedDocumentView,
      handle: ({ body, member }) => prompts.placeDocument(body, member.displayName),
    }),
    ...tuneRoutes(prompts.tunes),
  ]
}
