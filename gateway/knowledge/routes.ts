import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import type { Bus } from '../bus/bus.ts'
import { fail } from '../errors.ts'
import { newId } from '../store/id.ts'
import type { Knowledge } from './knowledge.ts'
import type { Miss, StoredEntry } from './model.ts'
import { KnowledgeModel, MissModel } from './model.ts'
import {
  createKnowledgeBody,
  knowledgeHitView,
  knowledgeView,
  listKnowledgeQuery,
  missView,
  searchKnowledgeQuery,
  updateKnowledgeBody,
} from './schema.ts'
import type { KnowledgeView } from './schema.ts'

const MISSES_SHOWN = 200
const TRIAL_HITS = 5

export function knowledgeRoutes(knowledge: Knowledge, bus: Bus, now: () => number): Route[] {
  const changed = () => bus.publish('knowledge', {})
  return [
    route({
      method: 'get',
      path: '/knowledge',
      tag: 'Knowledge',
      summary: 'All entries, or those with these words or of this category',
      access: 'session',
      query: listKnowledgeQuery,
      answers: items(knowledgeView),
      async handle({ query }) {
        const stored = await KnowledgeModel.find(query.category ? { category: query.category } : {})
          .sort({ category: 1, _id: 1 })
          .lean<StoredEntry[]>()
        const words = query.q?.trim().toLowerCase()
        const fits = (entry: StoredEntry) =>
          !words ||
          JSON.stringify([entry.question, entry.variants, entry.answer])
            .toLowerCase()
            .includes(words)
        return { items: stored.filter(fits).map(view) }
      },
    }),
    route({
      method: 'post',
      path: '/knowledge',
      tag: 'Knowledge',
      summary: 'Add an entry',
      access: 'manageKnowledge',
      body: createKnowledgeBody,
      answers: knowledgeView,
      async handle({ body }) {
        const entry: StoredEntry = { ...body, _id: newId(), version: 1, updatedAt: new Date(now()) }
        await KnowledgeModel.create(entry)
        changed()
        return view(entry)
      },
    }),
    route({
      method: 'patch',
      path: '/knowledge/:id',
      tag: 'Knowledge',
      summary: 'Change an entry; visitors get the new answer at once',
      access: 'manageKnowledge',
      body: updateKnowledgeBody,
      answers: knowledgeView,
      async handle({ params, body }) {
        const { version, ...fields } = body
        const removed = Object.entries(fields).filter(([, value]) => value === null)
        const set = Object.entries(fields).filter(([, value]) => value !== null)
        const entry = await KnowledgeModel.findOneAndUpdate(
          { _id: params.id, version },
          {
            $set: { ...Object.fromEntries(set), updatedAt: new Date(now()) },
            ...(removed.length && {
              $unset: Object.fromEntries(removed.map(([field]) => [field, ''])),
            }),
            $inc: { version: 1 },
          },
          { returnDocument: 'after' },
        ).lean<StoredEntry>()
        if (!entry)
          fail((await KnowledgeModel.exists({ _id: params.id })) ? 'CONFLICT' : 'NOT_FOUND')
        changed()
        return view(entry)
      },
    }),
    route({
      method: 'delete',
      path: '/knowledge/:id',
      tag: 'Knowledge',
      summary: 'Remove an entry',
      access: 'manageKnowledge',
      async handle({ params }) {
        const { deletedCount } = await KnowledgeModel.deleteOne({ _id: params.id })
        if (!deletedCount) fail('NOT_FOUND')
        changed()
      },
    }),
    route({
      method: 'get',
      path: '/knowledge/search',
      tag: 'Knowledge',
      summary: 'Try a question, also on entries not approved yet',
      access: 'session',
      query: searchKnowledgeQuery,
      answers: items(knowledgeHitView),
      handle: async ({ query }) => ({
        items: knowledge
          .try(query.q, query.lang, TRIAL_HITS)
          .map(({ id, question, answer, score }) => ({ id, question, answer, score })),
      }),
    }),
    route({
      method: 'get',
      path: '/knowledge/misses',
      tag: 'Knowledge',
      summary: 'What people asked and nobody answered, most asked first',
      access: 'manageKnowledge',
      answers: items(missView),
      handle: async () => ({
        items: (
          await MissModel.find().sort({ count: -1, lastAt: -1 }).limit(MISSES_SHOWN).lean<Miss[]>()
        ).map(({ _id, text, lang, count, lastAt }) => ({
          id: _id,
          text,
          lang,
          count,
          lastAtMs: lastAt.getTime(),
        })),
      }),
    }),
    route({
      method: 'delete',
      path: '/knowledge/misses/:id',
      tag: 'Knowledge',
      summary: 'Take a question off the list: answered by now, or not worth an entry',
      access: 'manageKnowledge',
      async handle({ params }) {
        const { deletedCount } = await MissModel.deleteOne({ _id: params.id })
        if (!deletedCount) fail('NOT_FOUND')
      },
    }),
  ]
}

function view(stored: StoredEntry): KnowledgeView {
  const { _id, updatedAt: _updatedAt, keywords: _keywords, variants, ...entry } = stored
  return { ...entry, variants: variants ?? {}, id: _id }
}
