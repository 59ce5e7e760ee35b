import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import type { Intents } from './intents.ts'
import type { IntentSet, IntentVersion, Unsorted } from './model.ts'
import { IntentSetModel, IntentVersionModel, UnsortedModel } from './model.ts'
import type { IntentSetDetail, IntentSetView } from './schema.ts'
import {
  addExamplesBody,
  createIntentSetBody,
  dismissUnsortedBody,
  evaluationView,
  intentScoreView,
  intentSetDetail,
  intentSetView,
  intentVersionView,
  rollbackBody,
  trainBody,
  tryBody,
  unsortedView,
  updateIntentSetBody,
} from './schema.ts'

const UNSORTED_SHOWN = 200
const tag = 'Intents'
const access = 'manageKnowledge'

export function intentRoutes(intents: Intents): Route[] {
  const head = async (set: IntentSet) => ({
    id: set._id,
    name: set.name,
    version: set.version,
    ...(set.live !== undefined && { live: set.live }),
    changed: await intents.isChanged(set),
    updatedAtMs: set.updatedAt.getTime(),
  })
  const view = async (set: IntentSet): Promise<IntentSetView> => ({
    ...(await head(set)),
    intents: set.intents.map(({ id, name, examples }) => ({
      ...{ id, name },
      examples: Object.values(examples).flat().length,
    })),
  })
  const detail = async (set: IntentSet): Promise<IntentSetDetail> => ({
    ...(await head(set)),
    intents: set.intents,
  })
  return [
    route({
      method: 'get',
      path: '/intents',
      tag,
      summary: 'Sets of intents flows may name, with the names of their intents',
      access: 'session',
      answers: items(intentSetView),
      async handle() {
        const sets = await IntentSetModel.find().sort({ _id: 1 }).lean<IntentSet[]>()
        return { items: await Promise.all(sets.map(view)) }
      },
    }),
    route({
      method: 'post',
      path: '/intents',
      tag,
      summary: 'Add a set of intents',
      access,
      body: createIntentSetBody,
      answers: intentSetDetail,
      handle: async ({ body }) => detail(await intents.create(body.id, body.name)),
    }),
    route({
      method: 'get',
      path: '/intents/:id',
      tag,
      summary: 'The draft of a set, with all examples',
      access,
      answers: intentSetDetail,
      handle: async ({ params }) => detail(await intents.find(params.id!)),
    }),
    route({
      method: 'patch',
      path: '/intents/:id',
      tag,
      summary: 'Change the draft; callers meet it once it is trained',
      access,
      body: updateIntentSetBody,
      answers: intentSetDetail,
      async handle({ params, body }) {
        const { version, name, intents: list } = body
        const fields = { ...(name && { name }), ...(list && { intents: list }) }
        return detail(await intents.change(params.id!, version, fields))
      },
    }),
    route({
      method: 'delete',
      path: '/intents/:id',
      tag,
      summary: 'Remove a set no flow names',
      access,
      handle: ({ params }) => intents.remove(params.id!),
    }),
    route({
      method: 'post',
      path: '/intents/:id/examples',
      tag,
      summary: 'Real wordings as examples of an intent',
      access,
      body: addExamplesBody,
      answers: intentSetDetail,
      handle: async ({ params, body }) =>
        detail(await intents.addExamples(params.id!, body.intent, body.lang, body.texts)),
    }),
    route({
      method: 'get',
      path: '/intents/:id/evaluation',
      tag,
      summary: 'How the draft sorts wording it has not seen: each fifth held out in turn',
      access,
      answers: evaluationView,
      handle: ({ params }) => intents.evaluate(params.id!),
    }),
    route({
      method: 'post',
      path: '/intents/:id/train',
      tag,
      summary: 'Freeze the draft as the next version; callers meet it from now on',
      access,
      body: trainBody,
      answers: intentVersionView,
      async handle({ params, body, member }) {
        const version = await intents.train(params.id!, member.displayName, body.note)
        return versionView(version, version.number)
      },
    }),
    route({
      method: 'get',
      path: '/intents/:id/versions',
      tag,
      summary: 'Trained versions, newest first',
      access,
      answers: items(intentVersionView),
      async handle({ params }) {
        const { live } = await intents.find(params.id!)
        const versions = await IntentVersionModel.find({ setId: params.id! })
          .sort({ number: -1 })
          .lean<IntentVersion[]>()
        return { items: versions.map((version) => versionView(version, live)) }
      },
    }),
    route({
      method: 'post',
      path: '/intents/:id/rollback',
      tag,
      summary: 'Point callers to an earlier version',
      access,
      body: rollbackBody,
      handle: ({ params, body }) => intents.rollBack(params.id!, body.number),
    }),
    route({
      method: 'post',
      path: '/intents/:id/try',
      tag,
      summary: 'As the draft would sort these words',
      access,
      body: tryBody,
      answers: items(intentScoreView),
      async handle({ params, body }) {
        const scores = await intents.try(params.id!, body.text, body.lang)
        const names = new Map((await intents.find(params.id!)).intents.map((each) => [each.id, each.name])) // prettier-ignore
        return {
          items: scores.slice(0, 5).map(({ intent, score }) => ({
            ...{ intent, score },
            name: names.get(intent) ?? { zh: intent, en: intent },
          })),
        }
      },
    }),
    route({
      method: 'get',
      path: '/intents/:id/unsorted',
      tag,
      summary: 'What callers said and no intent was likely for, most often said first',
      access,
      answers: items(unsortedView),
      async handle({ params }) {
        const found = await UnsortedModel.find({ setId: params.id!, dismissed: { $ne: true } })
          .sort({ count: -1, lastAt: -1 })
          .limit(UNSORTED_SHOWN)
          .lean<Unsorted[]>()
        return {
          items: found.map(({ _id, text, lang, count, lastAt, likeliest }) => ({
            ...{ id: _id, text, lang, count, lastAtMs: lastAt.getTime() },
            ...(likeliest && { likeliest }),
          })),
        }
      },
    }),
    route({
      method: 'post',
      path: '/intents/:id/unsorted/dismiss',
      tag,
      summary: 'Off the list for good: no matter of ours',
      access,
      body: dismissUnsortedBody,
      async handle({ params, body }) {
        await UnsortedModel.updateMany(
          { setId: params.id!, _id: { $in: body.ids } },
          { $set: { dismissed: true } },
        )
      },
    }),
  ]
}

const versionView = (version: IntentVersion, live: number | undefined) => ({
  number: version.number,
  atMs: version.at.getTime(),
  by: version.by,
  note: version.note,
  live: version.number === live,
  examples: version.intents.flatMap(({ examples }) => Object.values(examples).flat()).length,
  figures: version.figures,
})
