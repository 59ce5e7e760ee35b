import type { BlockDescription } from '../description.ts'
import { UNCHOSEN } from '../description.ts'
import { promptField } from './described-fields.ts'

export const transferDescription: BlockDescription = {
  name: { zh: '转接电话', en: 'Transfer call' },
  help: {
    zh: '把电话接到另一个号码或分机,通话结束后继续。',
    en: 'Puts the call through to a number or an extension, and goes on afterwards.',
  },
  group: 'people',
  initial: { to: { kind: 'number', value: UNCHOSEN } },
  fields: [
    {
      path: 'to.kind',
      kind: 'select',
      options: [
        { value: 'number', label: { zh: '外线号码', en: 'Telephone number' } },
        { value: 'extension', label: { zh: '分机', en: 'Extension' } },
      ],
      label: { zh: '接到哪里', en: 'Put through to' },
      required: true,
    },
    {
      path: 'to.value',
      kind: 'template',
      label: { zh: '号码', en: 'Number' },
      help: {
        zh: '只写数字,国外号码以 + 开头;也可以写 {{变量}}。',
        en: 'Digits only, with + before a country code; may be a {{variable}}.',
      },
      required: true,
    },
    promptField(
      { zh: '转接前说', en: 'Said before' },
      { help: { zh: '可以写 {{number}}。', en: 'May name {{number}}.' } },
    ),
    {
      path: 'ringSeconds',
      kind: 'number',
      min: 5,
      max: 120,
      unit: { zh: '秒', en: 's' },
      label: { zh: '振铃多久', en: 'Ring for' },
      help: { zh: '留空为 30 秒。', en: 'Left empty: 30 seconds.' },
      advanced: true,
    },
  ],
  exits: {
    next: { zh: '通话结束', en: 'They have talked' },
    failed: { zh: '没有接通', en: 'Not put through' },
    busy: { zh: '对方占线', en: 'Line busy' },
    noAnswer: { zh: '无人接听', en: 'Nobody answers' },
    noCall: { zh: '不在电话里时', en: 'When writing, not calling' },
  },
  channels: {
    voice: {
      works: 'yes',
      does: {
        zh: '振铃、接通;通话时机器人不出声。',
        en: 'Rings and connects; the bot is silent while the two talk.',
      },
    },
    written: {
      works: 'other',
      does: {
        zh: '不能转接:把外线号码告诉对方(分机不说),走“不在电话里时”。',
        en: 'Cannot connect anybody: tells the number (not an extension) and leaves by “When writing, not calling”.',
      },
    },
  },
}
