import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import { MAX_DOCUMENT_BYTES } from '../documents/limits.ts'
import { readDocument } from '../documents/read-document.ts'
import { readBounded, receiveUpload } from '../http/receive-upload.ts'
import type { SourceCatalog } from './catalog.ts'
import {
  createSourceBody,
  sourceDetail,
  sourceView,
  tableSettings,
  trySourceBody,
  trySourceView,
  updateSourceBody,
} from './schema.ts'
import { tableOf } from './table-of-document.ts'

export function sourceRoutes(catalog: SourceCatalog): Route[] {
  return [
    route({
      method: 'get',
      path: '/sources',
      tag: 'Data sources',
      summary:
        'What flows may query: parameters, fields of the answer, how each fares and where it is used',
      access: 'manageFlows',
      answers: items(sourceView),
      handle: async () => ({ items: await catalog.list() }),
    }),
    route({
      method: 'get',
      path: '/sources/:id',
      tag: 'Data sources',
      summary: 'One source with its settings, without its secret',
      access: 'manageFlows',
      answers: sourceDetail,
      handle: ({ params }) => Promise.resolve(catalog.detail(params.id!)),
    }),
    route({
      method: 'post',
      path: '/sources',
      tag: 'Data sources',
      summary: 'Add a source, or put one in place of a bundled one by its id',
      access: 'manageFlows',
      body: createSourceBody,
      answers: sourceDetail,
      handle: ({ body, member }) => catalog.create(body, member.displayName),
    }),
    route({
      method: 'put',
      path: '/sources/:id',
      tag: 'Data sources',
      summary: 'Change a source; a secret left out stays as it is, unless it would go elsewhere',
      access: 'manageFlows',
      body: updateSourceBody,
      answers: sourceDetail,
      handle: ({ params, body, member }) => catalog.update(params.id!, body, member.displayName),
    }),
    route({
      method: 'delete',
      path: '/sources/:id',
      tag: 'Data sources',
      summary: 'Remove a source that no flow asks; a bundled one comes back in its place',
      access: 'manageFlows',
      handle: ({ params }) => catalog.remove(params.id!),
    }),
    route({
      method: 'post',
      path: '/sources/try',
      tag: 'Data sources',
      summary: 'Ask once with settings that need not be saved; a failure is answered in words',
      access: 'manageFlows',
      body: trySourceBody,
      answers: trySourceView,
      handle: ({ body }) => catalog.try(body),
    }),
    route({
      method: 'post',
      path: '/sources/table',
      tag: 'Data sources',
      summary: 'Read a table (.csv, .xlsx) whose first row names its columns; nothing is stored',
      access: 'manageFlows',
      upload: 'file',
      answers: tableSettings,
      async handle({ request }) {
        const { bytes, name } = await receiveUpload(
          request,
          MAX_DOCUMENT_BYTES,
          async (stream, fileName) => ({
            bytes: await readBounded(stream, MAX_DOCUMENT_BYTES, 'DOCUMENT_TOO_LARGE'),
            name: fileName,
          }),
        )
        return tableOf(await readDocument(bytes, name))
      },
    }),
  ]
}
