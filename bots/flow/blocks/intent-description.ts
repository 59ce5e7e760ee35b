import type { BlockDescription } from '../description.ts'
import { UNCHOSEN } from '../description.ts'
import { exitNames, inputField, promptField, retryField, setField } from './described-fields.ts'

export const intentDescription: BlockDescription = {
  name: { zh: '意图识别', en: 'Intent' },
  help: {
    zh: '听懂对方想办什么事,走对应的路;拿不准就给出三个。',
    en: 'Sorts what was said into intents; offers the best three if unsure.',
  },
  group: 'ask',
  initial: { classifier: UNCHOSEN, minScore: 0.3, sureScore: 0.6, intents: [] },
  fields: [
    {
      path: 'classifier',
      kind: 'reference',
      to: 'classifier',
      label: { zh: '意图库', en: 'Classifier' },
      required: true,
    },
    promptField({ zh: '怎么问', en: 'The question' }),
    {
      path: 'first',
      kind: 'switch',
      label: { zh: '先用刚才说的话', en: 'Take what was said last' },
    },
    {
      path: 'intents',
      kind: 'intents',
      label: { zh: '意图', en: 'Intents' },
      help: { zh: '每个意图一个出口。', en: 'Each has an exit of its own.' },
      required: true,
    },
    {
      path: 'minScore',
      kind: 'number',
      min: 0,
      max: 1,
      step: 0.05,
      label: { zh: '低于此把握就当没听懂', en: 'Believe nothing below' },
      required: true,
    },
    {
      path: 'sureScore',
      kind: 'number',
      min: 0,
      max: 1,
      step: 0.05,
      label: { zh: '低于此把握先给选项', en: 'Offer choices below' },
    },
    promptField(
      { zh: '拿不准时怎么问', en: 'What is asked when unsure' },
      {
        path: 'offer',
        help: {
          zh: '{{offers}} 是“1 门票、2 天气”这样的列表;意图要有名称才会列出。',
          en: '{{offers}} reads “1 Tickets, 2 Weather”; only intents with a label are offered.',
        },
      },
    ),
    setField({ zh: '原话存到变量', en: 'Store the words in' }, { advanced: true }),
    retryField(),
    inputField,
  ],
  exits: { noMatch: exitNames.noMatch, noInput: exitNames.noInput, error: exitNames.error },
  channels: {
    voice: {
      works: 'yes',
      does: {
        zh: '需要语音识别;没有安装时只能按键,请给菜单留一条路。',
        en: 'Needs speech recognition; where there is none, callers have only keys, so leave them a menu.',
      },
    },
    written: {
      works: 'yes',
      does: {
        zh: '按对方打的字识别;拿不准时列出三个供点选。',
        en: 'Sorts what is written; offers three to tap when unsure.',
      },
    },
  },
}
