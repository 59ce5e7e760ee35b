import type { BlockDescription } from '../description.ts'
import { exitNames, inputField, promptField, retryField, setField } from './described-fields.ts'
import { offersChoices } from './described-channels.ts'

export const surveyDescription: BlockDescription = {
  name: { zh: '满意度', en: 'Survey' },
  help: {
    zh: '请对方打分,还可以留一句话。',
    en: 'Asks for a score and, if wanted, a comment.',
  },
  group: 'ask',
  initial: {
    survey: 'satisfaction',
    prompt: {},
    scale: [
      { dtmf: '1', score: 5, label: { 'zh-CN': '满意', en: 'Satisfied' } },
      { dtmf: '2', score: 3, label: { 'zh-CN': '一般', en: 'Fair' } },
      { dtmf: '3', score: 1, label: { 'zh-CN': '不满意', en: 'Dissatisfied' } },
    ],
  },
  fields: [
    promptField({ zh: '怎么问', en: 'The question' }, { required: true }),
    { path: 'scale', kind: 'scale', label: { zh: '分数', en: 'Scores' }, required: true },
    promptField(
      { zh: '打分后请对方留言', en: 'Ask for a comment' },
      { path: 'comment', help: { zh: '留空就不问。', en: 'Left empty, none is asked for.' } },
    ),
    {
      path: 'survey',
      kind: 'text',
      label: { zh: '调查名称', en: 'Name of the survey' },
      help: {
        zh: '报表按它汇总,同一项调查用同一个名称。',
        en: 'Reports count by it; use the same name for the same survey.',
      },
      required: true,
    },
    setField({ zh: '分数存到变量', en: 'Store the score in' }, { advanced: true }),
    setField(
      { zh: '留言存到变量', en: 'Store the comment in' },
      { path: 'setComment', advanced: true },
    ),
    retryField(),
    inputField,
  ],
  exits: { next: exitNames.next, noMatch: exitNames.noMatch, noInput: exitNames.noInput },
  channels: offersChoices,
}
