import type { Route } from '../../api/route.ts'
import { route } from '../../api/route.ts'
import { MAX_DOCUMENT_BYTES } from '../../documents/limits.ts'
import { readDocument } from '../../documents/read-document.ts'
import { safeName } from '../../files/files.ts'
import { readBounded, receiveUpload } from '../../http/receive-upload.ts'
import { listCategories } from '../categories.ts'
import { editorOf } from '../editor-of.ts'
import type { Entries } from '../entries.ts'
import type { Knowledge } from '../knowledge.ts'
import type { StoredEntry } from '../model.ts'
import { KnowledgeModel } from '../model.ts'
import type { Column } from './columns.ts'
import { exportCsv } from './export.ts'
import type { ImportedRow } from './imported-row.ts'
import { previewImport, takeIn } from './imports.ts'
import { importBody, importedView, importPreview, previewQuery } from './schema.ts'

export function importRoutes(knowledge: Knowledge, entries: Entries): Route[] {
  return [
    route({
      method: 'post',
      path: '/knowledge/import/preview',
      tag: 'Knowledge',
      summary: 'Read a document (.csv, .xlsx, .docx, .txt) and say what each row would make',
      access: 'manageKnowledge',
      upload: 'file',
      query: previewQuery,
      answers: importPreview,
      async handle({ request, query }) {
        const { bytes, name } = await receiveUpload(
          request,
          MAX_DOCUMENT_BYTES,
          async (stream, fileName) => ({
            bytes: await readBounded(stream, MAX_DOCUMENT_BYTES, 'DOCUMENT_TOO_LARGE'),
            name: safeName(fileName),
          }),
        )
        const columns = query.columns?.map((column) => (column || undefined) as Column | undefined)
        return previewImport(await readDocument(bytes, name), columns, knowledge)
      },
    }),
    route({
      method: 'post',
      path: '/knowledge/import',
      tag: 'Knowledge',
      summary: 'Take rows in as drafts; the same question in the same language is the same entry',
      access: 'manageKnowledge',
      body: importBody,
      answers: importedView,
      handle: ({ body, member }) => takeIn(body.rows as ImportedRow[], editorOf(member), entries),
    }),
    route({
      method: 'get',
      path: '/knowledge/export',
      tag: 'Knowledge',
      summary: 'All entries as CSV, which can be imported again',
      access: 'manageKnowledge',
      async handle({ response }) {
        const stored = await KnowledgeModel.find({ removedAt: { $exists: false } }, { history: 0 })
          .sort({ category: 1, _id: 1 })
          .lean<StoredEntry[]>()
        const file = exportCsv(stored, await listCategories())
        response.setHeader('Content-Disposition', 'attachment; filename="knowledge.csv"')
        response.type('text/csv; charset=utf-8').send(file)
      },
    }),
  ]
}
