import type { BlockDescription } from '../description.ts'
import { exitNames, inputField, promptField, retryField } from './described-fields.ts'
import { offersChoices } from './described-channels.ts'

export const languageDescription: BlockDescription = {
  name: { zh: '选择语言', en: 'Language' },
  help: {
    zh: '让对方选择语言,之后都用这种语言。',
    en: 'Lets the person choose the language spoken from then on.',
  },
  group: 'ask',
  initial: {
    prompt: {},
    choices: [
      { lang: 'zh-CN', dtmf: '1', label: '中文' },
      { lang: 'en', dtmf: '2', label: 'English' },
    ],
  },
  fields: [
    promptField(
      { zh: '开场怎么说', en: 'What is said first' },
      {
        required: true,
        help: {
          zh: '电话里每种语言会用自己的话报出按键。',
          en: 'By telephone each language is offered in its own words.',
        },
      },
    ),
    { path: 'choices', kind: 'languages', label: { zh: '语言', en: 'Languages' }, required: true },
    {
      path: 'first',
      kind: 'switch',
      label: { zh: '从刚才的文字看出语言', en: 'Tell the language from what was written last' },
      help: {
        zh: '需要连接“说了别的”。',
        en: 'Needs the exit “Said something else”.',
      },
      advanced: true,
    },
    retryField(),
    inputField,
  ],
  exits: {
    next: exitNames.next,
    noMatch: exitNames.noMatch,
    noInput: exitNames.noInput,
    other: exitNames.other,
  },
  channels: offersChoices,
}
