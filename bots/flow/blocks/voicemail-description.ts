import type { BlockDescription } from '../description.ts'
import { UNCHOSEN } from '../description.ts'
import { exitNames, inputField, promptField, retryField, setField } from './described-fields.ts'

export const voicemailDescription: BlockDescription = {
  name: { zh: '语音留言', en: 'Voicemail' },
  help: {
    zh: '请对方留言,放进语音信箱。',
    en: 'Takes a message for a mailbox.',
  },
  group: 'people',
  initial: { mailbox: UNCHOSEN, prompt: {} },
  fields: [
    {
      path: 'mailbox',
      kind: 'reference',
      to: 'mailbox',
      label: { zh: '信箱', en: 'Mailbox' },
      required: true,
    },
    promptField(
      { zh: '请对方留言', en: 'What is said first' },
      { required: true, help: { zh: '按 # 结束录音。', en: '# ends the recording.' } },
    ),
    {
      path: 'maxSeconds',
      kind: 'number',
      min: 5,
      max: 600,
      unit: { zh: '秒', en: 's' },
      label: { zh: '最长', en: 'At most' },
      help: { zh: '留空为 120 秒。', en: 'Left empty: 120 seconds.' },
    },
    {
      path: 'minSeconds',
      kind: 'number',
      min: 0,
      max: 30,
      unit: { zh: '秒', en: 's' },
      label: { zh: '最短', en: 'At least' },
      help: {
        zh: '更短就请对方再说一遍;留空为 2 秒。',
        en: 'What is shorter is asked for again. Left empty: 2 seconds.',
      },
      advanced: true,
    },
    setField({ zh: '留言存到变量', en: 'Store the message in' }, { advanced: true }),
    retryField(['noInput', 'noMatch', 'invalid']),
    inputField,
  ],
  exits: {
    next: exitNames.next,
    noInput: { zh: '没有留言', en: 'No message left' },
    failed: { zh: '没能保存', en: 'Could not be kept' },
  },
  channels: {
    voice: {
      works: 'yes',
      does: {
        zh: '“滴”声后录音,按 # 或挂机结束。',
        en: 'Records after a tone, until # or hanging up.',
      },
    },
    written: {
      works: 'other',
      does: {
        zh: '不录音:把对方写的文字或语音消息放进同一个信箱。',
        en: 'Records nothing: what the person writes or sends goes into the same mailbox.',
      },
    },
  },
}
