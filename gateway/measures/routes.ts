import { z } from 'zod'
import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import { fail } from '../errors.ts'
import { csv } from './csv.ts'
import type { Measures } from './measures.ts'
import { WordsModel } from './model.ts'
import type { StoredWords } from './model.ts'
import type { BlockMeasures } from './schema.ts'
import { measuresQuery, measuresView, wordsQuery, wordsView } from './schema.ts'

const WORDS_SHOWN = 300

export function measureRoutes(measures: Measures): Route[] {
  return [
    route({
      method: 'get',
      path: '/flows/:id/measures',
      tag: 'Flows',
      summary: 'What callers did in a flow: figures per block, totals, and a series over time',
      access: 'manageFlows',
      query: measuresQuery,
      answers: measuresView,
      handle: ({ params, query }) => measures.read(params.id!, query),
    }),
    route({
      method: 'get',
      path: '/flows/:id/measures.csv',
      tag: 'Flows',
      summary: 'The figures per block as a table for spreadsheets',
      access: 'manageFlows',
      query: measuresQuery,
      answers: z.string(),
      async handle({ params, query, response }) {
        const { blocks } = await measures.read(params.id!, query)
        response
          .setHeader('content-type', 'text/csv; charset=utf-8')
          .setHeader('content-disposition', 'attachment; filename="measures.csv"')
          .send(csv([header, ...blocks.flatMap(lines)]))
      },
    }),
    route({
      method: 'get',
      path: '/flows/:id/measures/words',
      tag: 'Flows',
      summary: 'What was said where nothing matched, most often first; numbers are masked',
      access: 'manageFlows',
      query: wordsQuery,
      answers: items(wordsView),
      async handle({ params, query }) {
        await measures.flush()
        const found = await WordsModel.find({ flow: params.id, ...query })
          .sort({ count: -1, lastAt: -1 })
          .limit(WORDS_SHOWN)
          .lean<StoredWords[]>()
        return {
          items: found.map(({ _id, flow: _flow, flush: _flush, lastAt, ...words }) => ({
            ...words,
            id: _id,
            lastAtMs: lastAt.getTime(),
          })),
        }
      },
    }),
    route({
      method: 'delete',
      path: '/flows/:id/measures/words/:words',
      tag: 'Flows',
      summary: 'Take words off the list: understood by now, or not worth it',
      access: 'manageFlows',
      async handle({ params }) {
        const { deletedCount } = await WordsModel.deleteOne({ _id: params.words, flow: params.id })
        if (!deletedCount) fail('NOT_FOUND')
      },
    }),
  ]
}

const header = ['block', 'what', 'of', 'count']

function lines({ block, exits, marks, ...figures }: BlockMeasures): (string | number)[][] {
  return [
    ...Object.entries(figures).map(([name, count]) => [block, name, '', count]),
    ...Object.entries(exits).map(([port, count]) => [block, 'exit', port, count]),
    ...Object.entries(marks).flatMap(([name, labels]) =>
      Object.entries(labels).map(([label, count]) => [block, name, label, count]),
    ),
  ]
}
