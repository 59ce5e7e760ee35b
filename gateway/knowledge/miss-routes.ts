import { createSynonyms } from '../../bots/nlu/synonyms.ts'
import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import { fail } from '../errors.ts'
import type { Knowledge } from './knowledge.ts'
import type { MissGroup } from './misses.ts'
import { dismissMisses, forgetMisses, openMisses } from './misses.ts'
import type { MissView } from './schema.ts'
import { missIdsBody, missView } from './schema.ts'

const GROUPS_SHOWN = 200
/** An entry further off than this is no help to whoever decides. */
const NEAR = 0.1

export function missRoutes(knowledge: Knowledge): Route[] {
  const view = ({ text, lang, count, lastAt, wordings }: MissGroup): MissView => {
    const nearest = knowledge.try(text, lang, 1).find(({ score }) => score >= NEAR)
    return {
      id: wordings[0]!._id,
      ...{ text, lang, count, lastAtMs: lastAt.getTime() },
      wordings: wordings.map((each) => ({ id: each._id, text: each.text, count: each.count })),
      ...(nearest && {
        nearest: { id: nearest.id, question: nearest.question, score: nearest.score },
      }),
    }
  }
  return [
    route({
      method: 'get',
      path: '/knowledge/misses',
      tag: 'Knowledge',
      summary: 'What people asked and nobody answered, similar wordings together, most asked first',
      access: 'manageKnowledge',
      answers: items(missView),
      async handle() {
        const synonyms = createSynonyms(knowledge.synonymGroups)
        const groups = await openMisses((text, lang) => knowledge.isWording(text, lang), synonyms)
        return { items: groups.slice(0, GROUPS_SHOWN).map(view) }
      },
    }),
    route({
      method: 'post',
      path: '/knowledge/misses/dismiss',
      tag: 'Knowledge',
      summary: 'No matter of ours: off the list, also when they are asked again',
      access: 'manageKnowledge',
      body: missIdsBody,
      handle: ({ body }) => dismissMisses(body.ids),
    }),
    route({
      method: 'delete',
      path: '/knowledge/misses/:id',
      tag: 'Knowledge',
      summary: 'Take a question off the list until it is asked again',
      access: 'manageKnowledge',
      async handle({ params }) {
        if (!(await forgetMisses([params.id!]))) fail('NOT_FOUND')
      },
    }),
  ]
}
