import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import { localDate } from '../domain/local-time.ts'
import { fail } from '../errors.ts'
import { categoryRoutes } from './category-routes.ts'
import { editorOf } from './editor-of.ts'
import { Entries } from './entries.ts'
import { importRoutes } from './import/routes.ts'
import type { Knowledge } from './knowledge.ts'
import { missRoutes } from './miss-routes.ts'
import type { StoredEntry } from './model.ts'
import { KnowledgeModel } from './model.ts'
import type { EntryPatch } from './revise.ts'
import {
  addVariantsBody,
  alikeBody,
  alikeView,
  bulkKnowledgeBody,
  changeView,
  createKnowledgeBody,
  knowledgeHitView,
  knowledgeView,
  listKnowledgeQuery,
  searchKnowledgeQuery,
  undoBody,
  updateKnowledgeBody,
} from './schema.ts'
import { synonymRoutes } from './synonym-routes.ts'
import { changeViewOf, entryView } from './views.ts'

const TRIAL_HITS = 5

export interface KnowledgeRoutesOptions {
  knowledge: Knowledge
  now: () => number
  timezone: string
}

export function knowledgeRoutes({ knowledge, now, timezone }: KnowledgeRoutesOptions): Route[] {
  const entries = new Entries({ now, changed: (ids) => knowledge.changed(ids) })
  const today = () => localDate(now(), timezone)
  return [
    route({
      method: 'get',
      path: '/knowledge',
      tag: 'Knowledge',
      summary: 'Entries, or those with these words, of this category, in this state',
      access: 'session',
      query: listKnowledgeQuery,
      answers: items(knowledgeView),
      async handle({ query }) {
        const { category, state, limit, offset } = query
        const stored = await KnowledgeModel.find(
          { removedAt: { $exists: state === 'removed' }, ...(category && { category }) },
          { history: 0 },
        )
          .sort({ category: 1, _id: 1 })
          .lean<StoredEntry[]>()
        const words = query.q?.trim().toLowerCase()
        const day = today()
        const found = stored.filter(
          (entry) => hasWords(entry, words) && isInState(entry, state, day),
        )
        const items = found.slice(offset, offset + limit).map(entryView)
        return { items, total: found.length }
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
      async handle({ body, member }) {
        const { note, ...fields } = body
        return entryView(
          await entries.create(fields as EntryPatch, editorOf(member), note ? { note } : {}),
        )
      },
    }),
    route({
      method: 'patch',
      path: '/knowledge/:id',
      tag: 'Knowledge',
      summary: 'Change an entry; callers are told the new wording once it is approved',
      access: 'manageKnowledge',
      body: updateKnowledgeBody,
      answers: knowledgeView,
      async handle({ params, body, member }) {
        const { version, note, ...patch } = body
        const by = editorOf(member)
        return entryView(
          await entries.change(params.id!, version, patch as EntryPatch, by, { note }),
        )
      },
    }),
    route({
      method: 'delete',
      path: '/knowledge/:id',
      tag: 'Knowledge',
      summary: 'Take an entry out; it can be put back from its history',
      access: 'manageKnowledge',
      async handle({ params, member }) {
        if (!(await entries.remove([params.id!], editorOf(member)))) fail('NOT_FOUND')
      },
    }),
    route({
      method: 'post',
      path: '/knowledge/bulk',
      tag: 'Knowledge',
      summary: 'The same change to many entries',
      access: 'manageKnowledge',
      body: bulkKnowledgeBody,
      async handle({ body, member }) {
        const by = editorOf(member)
        if (body.do === 'remove') return { changed: await entries.remove(body.ids, by) }
        const note = 'note' in body ? body.note : undefined
        return { changed: await entries.changeMany(body.ids, bulkPatch(body), by, note) }
      },
    }),
    route({
      method: 'get',
      path: '/knowledge/:id/history',
      tag: 'Knowledge',
      summary: 'Who changed what, newest first, with what stood before',
      access: 'manageKnowledge',
      answers: items(changeView),
      handle: async ({ params }) => ({
        items: (await entries.history(params.id!)).map(changeViewOf),
      }),
    }),
    route({
      method: 'post',
      path: '/knowledge/:id/undo',
      tag: 'Knowledge',
      summary: 'Make it what it was before the change that made this version',
      access: 'manageKnowledge',
      body: undoBody,
      answers: knowledgeView,
      handle: async ({ params, body, member }) =>
        entryView(await entries.undo(params.id!, body.version, editorOf(member))),
    }),
    route({
      method: 'post',
      path: '/knowledge/:id/variants',
      tag: 'Knowledge',
      summary: 'More wordings of its question',
      access: 'manageKnowledge',
      body: addVariantsBody,
      answers: knowledgeView,
      handle: async ({ params, body, member }) =>
        entryView(await entries.addVariants(params.id!, body.lang, body.texts, editorOf(member))),
    }),
    route({
      method: 'post',
      path: '/knowledge/alike',
      tag: 'Knowledge',
      summary: 'Entries that answer the same question',
      access: 'manageKnowledge',
      body: alikeBody,
      answers: items(alikeView),
      handle: async ({ body }) => ({ items: knowledge.alike(body) }),
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
    ...missRoutes(knowledge),
    ...categoryRoutes(),
    ...synonymRoutes(knowledge),
    ...importRoutes(knowledge, entries),
  ]
}

function hasWords(entry: StoredEntry, words: string | undefined): boolean {
  if (!words) return true
  const { question, variants, answer, keywords } = entry
  return JSON.stringify([question, variants, answer, keywords]).toLowerCase().includes(words)
}

type State = (typeof listKnowledgeQuery)['shape']['state']['_zod']['output']

function isInState(entry: StoredEntry, state: State, today: string): boolean {
  switch (state) {
    case undefined:
    case 'removed':
      return true
    case 'approved':
      return entry.approved
    case 'draft':
      return !entry.approved && !entry.live
    case 'waiting':
      return !entry.approved && entry.live !== undefined
    case 'expired':
      return entry.validUntil !== undefined && entry.validUntil < today
  }
}

function bulkPatch(
  body: Exclude<(typeof bulkKnowledgeBody)['_zod']['output'], { do: 'remove' }>,
): EntryPatch {
  switch (body.do) {
    case 'approve':
      return { approved: true }
    case 'withdraw':
      return { approved: false }
    case 'category':
      return { category: body.category }
    case 'source':
      return { source: body.source }
    case 'validity': {
      const { validFrom, validUntil } = body
      return {
        ...(validFrom !== undefined && { validFrom }),
        ...(validUntil !== undefined && { validUntil }),
      }
    }
  }
}
