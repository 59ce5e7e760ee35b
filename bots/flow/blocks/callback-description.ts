import type { BlockDescription } from '../description.ts'
import { UNCHOSEN } from '../description.ts'
import {
  attachField,
  builtInWords,
  exitNames,
  inputField,
  priorityField,
  promptField,
  retryField,
  setField,
} from './described-fields.ts'

export const callbackDescription: BlockDescription = {
  name: { zh: '预约回电', en: 'Call back' },
  help: {
    zh: '核对号码,排上队,轮到时由客服打回去。',
    en: 'Confirms a number and keeps a place in the queue; an agent calls back.',
  },
  group: 'people',
  initial: { queue: UNCHOSEN, prompt: {} },
  fields: [
    {
      path: 'queue',
      kind: 'reference',
      to: 'queue',
      label: { zh: '队列', en: 'Queue' },
      required: true,
    },
    promptField(
      { zh: '核对已知号码', en: 'Ask about the number known' },
      {
        required: true,
        help: {
          zh: '可以写 {{number|digits}}。“用这个号码请按1,换个号码请按2”会自动加上。',
          en: 'May name {{number|digits}}. Keys for this and for another number are added by themselves.',
        },
      },
    ),
    {
      path: 'number',
      kind: 'value',
      label: { zh: '回拨的号码', en: 'Number to call' },
      help: {
        zh: '留空用来电号码,没有就用联系人的号码。',
        en: 'Left empty: the caller’s number, else that of the contact.',
      },
      advanced: true,
    },
    promptField(
      { zh: '不知道号码时怎么问', en: 'Asked when no number is known' },
      { path: 'ask', help: builtInWords, advanced: true },
    ),
    promptField(
      { zh: '读出号码核对', en: 'Read the number back' },
      { path: 'confirm', help: builtInWords, advanced: true },
    ),
    promptField(
      { zh: '登记好后说', en: 'Said when registered' },
      { path: 'done', help: builtInWords, advanced: true },
    ),
    setField({ zh: '号码存到变量', en: 'Store the number in' }, { advanced: true }),
    {
      path: 'skills',
      kind: 'reference',
      to: 'skill',
      many: true,
      label: { zh: '需要的技能', en: 'Skills needed' },
      advanced: true,
    },
    priorityField,
    attachField,
    {
      path: 'maxWaitSeconds',
      kind: 'number',
      min: 1,
      unit: { zh: '秒', en: 's' },
      label: { zh: '最迟多久回电', en: 'Call within' },
      advanced: true,
    },
    retryField(['noInput', 'noMatch', 'invalid']),
    inputField,
  ],
  exits: {
    failed: { zh: '登记失败', en: 'Failed' },
    closed: exitNames.closed,
    timeout: exitNames.timeout,
    noMatch: exitNames.noMatch,
    noInput: exitNames.noInput,
    after: exitNames.after,
    returned: exitNames.returned,
    cancelled: exitNames.cancelled,
  },
  channels: {
    voice: {
      works: 'yes',
      does: {
        zh: '报出来电号码,按1确认,也可以另报号码;挂机后仍保留位置。',
        en: 'Names the caller’s number: key 1 takes it, another may be given. Hanging up keeps the place.',
      },
    },
    written: {
      works: 'yes',
      does: {
        zh: '问要打哪个号码,登记后由客服打过去。',
        en: 'Asks which number to call; an agent calls it.',
      },
    },
  },
}
