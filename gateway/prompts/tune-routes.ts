import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import { createTuneBody, tuneView, updateTuneBody } from './schema.ts'
import type { Tunes } from './tunes.ts'

const tag = 'Prompts'

export function tuneRoutes(tunes: Tunes): Route[] {
  return [
    route({
      method: 'get',
      path: '/prompts/tunes',
      tag,
      summary: 'Hold music and ring-back tones, and where each is chosen',
      // queues and numbers choose among them
      access: 'session',
      answers: items(tuneView),
      handle: async () => ({ items: await tunes.list() }),
    }),
    route({
      method: 'post',
      path: '/prompts/tunes',
      tag,
      summary: 'Add hold music or a ring-back tone of one or more recordings',
      access: 'manageFlows',
      body: createTuneBody,
      answers: tuneView,
      handle: ({ body }) => tunes.create(body),
    }),
    route({
      method: 'patch',
      path: '/prompts/tunes/:id',
      tag,
      summary: 'Change its pieces or its name; who listens hears it from the next time on',
      access: 'manageFlows',
      body: updateTuneBody,
      answers: tuneView,
      handle: ({ params, body: { version, ...fields } }) =>
        tunes.update(params.id!, version, fields),
    }),
    route({
      method: 'delete',
      path: '/prompts/tunes/:id',
      tag,
      summary: 'Remove one that no queue and no number has chosen',
      access: 'manageFlows',
      handle: ({ params }) => tunes.remove(params.id!),
    }),
  ]
}
