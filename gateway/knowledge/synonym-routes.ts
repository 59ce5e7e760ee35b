import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import type { Knowledge } from './knowledge.ts'
import type { StoredSynonyms } from './model.ts'
import type { SynonymsView } from './schema.ts'
import { createSynonymsBody, synonymsView, updateSynonymsBody } from './schema.ts'
import { changeSynonyms, createSynonyms, listSynonyms, removeSynonyms } from './synonyms.ts'

export function synonymRoutes(knowledge: Knowledge): Route[] {
  return [
    route({
      method: 'get',
      path: '/knowledge/synonyms',
      tag: 'Knowledge',
      summary: 'Groups of words that mean the same',
      access: 'session',
      answers: items(synonymsView),
      handle: async () => ({ items: (await listSynonyms()).map(view) }),
    }),
    route({
      method: 'post',
      path: '/knowledge/synonyms',
      tag: 'Knowledge',
      summary: 'Add a group; the search uses it at once',
      access: 'manageKnowledge',
      body: createSynonymsBody,
      answers: synonymsView,
      async handle({ body }) {
        const group = await createSynonyms(body.words)
        await knowledge.changed()
        return view(group)
      },
    }),
    route({
      method: 'patch',
      path: '/knowledge/synonyms/:id',
      tag: 'Knowledge',
      summary: 'Change a group',
      access: 'manageKnowledge',
      body: updateSynonymsBody,
      answers: synonymsView,
      async handle({ params, body }) {
        const group = await changeSynonyms(params.id!, body.version, body.words)
        await knowledge.changed()
        return view(group)
      },
    }),
    route({
      method: 'delete',
      path: '/knowledge/synonyms/:id',
      tag: 'Knowledge',
      summary: 'Remove a group',
      access: 'manageKnowledge',
      async handle({ params }) {
        await removeSynonyms(params.id!)
        await knowledge.changed()
      },
    }),
  ]
}

const view = ({ _id, ...group }: StoredSynonyms): SynonymsView => ({ id: _id, ...group })
