import type { BlockDescription } from '../description.ts'
import { exitNames, inputField, promptField, retryField, setField } from './described-fields.ts'

export const askDescription: BlockDescription = {
  name: { zh: '询问', en: 'Ask' },
  help: {
    zh: '问一件事(姓名、人数、日期、电话……),把回答存起来。',
    en: 'Asks for one thing (a name, a number, a date, a phone …) and stores the answer.',
  },
  group: 'ask',
  initial: { prompt: {}, slot: { type: 'text' }, set: 'answer' },
  fields: [
    promptField({ zh: '怎么问', en: 'The question' }, { required: true }),
    {
      path: 'slot',
      kind: 'slot',
      label: { zh: '要什么样的回答', en: 'Kind of answer' },
      required: true,
    },
    setField({ zh: '存到变量', en: 'Store in' }, { required: true }),
    {
      path: 'skipIfSet',
      kind: 'switch',
      label: { zh: '已经知道就不再问', en: 'Do not ask what is known already' },
    },
    promptField(
      { zh: '读出来核对', en: 'Read the answer back' },
      {
        path: 'confirm',
        help: {
          zh: '填了就会先核对再存,可以写 {{变量}}。“是请按1,不是请按2”会自动加上。',
          en: 'If given, the answer is confirmed before it is stored. Keys for yes and no are added by themselves.',
        },
      },
    ),
    retryField(['noInput', 'noMatch', 'invalid']),
    inputField,
  ],
  exits: { next: exitNames.next, noMatch: exitNames.noMatch, noInput: exitNames.noInput },
  channels: {
    voice: {
      works: 'yes',
      does: {
        zh: '播报问题,听按键或说话;日期按 1003,金额 150*50,数字按 # 结束。图片和文件在电话里发不了。',
        en: 'Says the question and listens for keys or speech; dates are keyed as 1003, amounts as 150*50, numbers end with #. Pictures and files cannot be sent by telephone.',
      },
    },
    written: {
      works: 'yes',
      does: {
        zh: '发出问题,等对方打字、点选,或发送图片、位置。',
        en: 'Sends the question; the person writes, taps, or sends a picture or a place.',
      },
    },
    sms: {
      works: 'yes',
      does: {
        zh: '发出问题,等对方回短信;收不到图片和位置。',
        en: 'Sends the question and waits for a text message; pictures and places cannot come.',
      },
    },
  },
}
