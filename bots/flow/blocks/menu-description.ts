import type { BlockDescription } from '../description.ts'
import { exitNames, inputField, promptField, retryField, setField } from './described-fields.ts'
import { offersChoices } from './described-channels.ts'

export const menuDescription: BlockDescription = {
  name: { zh: '菜单', en: 'Menu' },
  help: {
    zh: '给出几个选项,按对方选的走不同的路。',
    en: 'Offers choices and takes the way of the one chosen.',
  },
  group: 'ask',
  initial: {
    prompt: {},
    choices: [
      { id: 'choice1', dtmf: '1', label: {} },
      { id: 'choice2', dtmf: '2', label: {} },
    ],
  },
  fields: [
    promptField({ zh: '开场怎么说', en: 'What is said first' }, { required: true }),
    {
      path: 'choices',
      kind: 'choices',
      label: { zh: '选项', en: 'Choices' },
      help: {
        zh: '电话里最多 6 个,再多就分成两层。',
        en: 'At most 6 for the ear; split longer menus.',
      },
      required: true,
    },
    setField({ zh: '把选择存到变量', en: 'Store the choice in' }, { advanced: true }),
    promptField(
      { zh: '没听清时核对', en: 'Read back when unsure' },
      {
        path: 'confirm',
        help: {
          zh: '语音识别把握不大时先问一句,{{heard}} 是听到的选项。',
          en: 'Asked first when speech was unsure; {{heard}} is the choice heard.',
        },
        advanced: true,
      },
    ),
    retryField(),
    inputField,
  ],
  exits: { noMatch: exitNames.noMatch, noInput: exitNames.noInput, other: exitNames.other },
  channels: offersChoices,
}
