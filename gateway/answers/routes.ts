import type { Route } from '../api/route.ts'
import { route } from '../api/route.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { Answers } from './answers.ts'
import type { AnswerSettingsView, TryAnswerView } from './schema.ts'
import {
  answerSettingsView,
  putAnswerSettingsBody,
  tryAnswerBody,
  tryAnswerView,
} from './schema.ts'

const TRIED = 3
const tag = 'Answers'

export function answerRoutes(answers: Answers, knowledge: Knowledge): Route[] {
  const view = (): AnswerSettingsView => {
    const { _id, sealedKey, ...settings } = answers.settings
    return { ...settings, keySet: sealedKey !== undefined, counts: answers.counts }
  }
  return [
    route({
      method: 'get',
      path: '/answers/settings',
      tag,
      summary: 'The model that words answers, without its key',
      access: 'manageKnowledge',
      answers: answerSettingsView,
      handle: () => Promise.resolve(view()),
    }),
    route({
      method: 'put',
      path: '/answers/settings',
      tag,
      summary: 'Set, switch on or off; the key goes in and never comes out',
      access: 'manageAccounts',
      body: putAnswerSettingsBody,
      answers: answerSettingsView,
      async handle({ body }) {
        const { key, ...settings } = body
        await answers.put(settings, key)
        return view()
      },
    }),
    route({
      method: 'post',
      path: '/answers/try',
      tag,
      summary: 'Ask as a caller would: passages, what the model wrote, which check refused it',
      access: 'manageKnowledge',
      body: tryAnswerBody,
      answers: tryAnswerView,
      async handle({ body }): Promise<TryAnswerView> {
        const hits = knowledge.search(body.text, body.lang, TRIED)
        const began = performance.now()
        const { passages, asked, raw, hindrance, detail, told } = await answers.attempt(
          body.text,
          body.lang,
          hits,
        )
        const stored = passages[0]?.answer
        return {
          passages: passages.map((passage) => ({
            ...passage,
            score: hits.find(({ id }) => id === passage.id)!.score,
          })),
          asked,
          ...(raw !== undefined && { raw }),
          ...(hindrance && { refusal: hindrance }),
          ...(detail && { detail }),
          ...((told ?? stored) !== undefined && { told: told ?? stored }),
          by: told !== undefined ? 'model' : stored !== undefined ? 'stored' : 'nobody',
          ms: Math.round(performance.now() - began),
        }
      },
    }),
  ]
}
