import type { BlockDescription } from '../description.ts'
import {
  builtInWords,
  exitNames,
  inputField,
  promptField,
  retryField,
  setField,
} from './described-fields.ts'

export const verifyPhoneDescription: BlockDescription = {
  name: { zh: '验证手机号', en: 'Prove a phone' },
  help: {
    zh: '给手机发短信验证码,证明号码是本人的。',
    en: 'Proves a number by a code in a short message.',
  },
  group: 'act',
  initial: {},
  fields: [
    {
      path: 'number',
      kind: 'value',
      label: { zh: '要验证的号码', en: 'Number to prove' },
      help: {
        zh: '留空用来电号码,没有就用联系人的号码,再没有就询问。',
        en: 'Left empty: the caller’s number, else that of the contact, else it is asked for.',
      },
    },
    setField({ zh: '验证过的号码存到变量', en: 'Store the proven number in' }),
    promptField(
      { zh: '请对方输入验证码', en: 'Ask for the code' },
      {
        help: {
          zh: '留空用系统自带的说法。可以写 {{number|mask}};按1重发,按2换号码。',
          en: 'Left empty: built-in words. May name {{number|mask}}; key 1 sends again, key 2 takes another number.',
        },
      },
    ),
    promptField(
      { zh: '不知道号码时怎么问', en: 'Asked when no number is known' },
      { path: 'ask', help: builtInWords, advanced: true },
    ),
    retryField(['noInput', 'noMatch', 'invalid']),
    inputField,
  ],
  exits: {
    verified: { zh: '验证通过', en: 'Proven' },
    failed: { zh: '验证没通过', en: 'Not proven' },
    unavailable: { zh: '短信发不出', en: 'Nothing can be sent' },
    noMatch: exitNames.noMatch,
    noInput: exitNames.noInput,
  },
  channels: {
    voice: {
      works: 'yes',
      does: {
        zh: '给来电号码发短信,请对方按键或说出 6 位验证码。',
        en: 'Texts the caller’s number; the six digits are keyed in or said.',
      },
    },
    written: {
      works: 'yes',
      does: {
        zh: '给对方的手机发短信,请对方回复 6 位验证码。',
        en: 'Texts the person’s mobile and asks for the six digits.',
      },
    },
  },
}
