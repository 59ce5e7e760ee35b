import type { BlockDescription } from '../description.ts'
import { UNCHOSEN } from '../description.ts'
import { exitNames, inputField, promptField, retryField, setField } from './described-fields.ts'

export const faqDescription: BlockDescription = {
  name: { zh: '知识问答', en: 'Knowledge' },
  help: {
    zh: '从知识库里找答案,说给对方听。',
    en: 'Answers one question from a knowledge base.',
  },
  group: 'ask',
  initial: { knowledgeBase: UNCHOSEN, minScore: 0.3, first: true },
  fields: [
    {
      path: 'knowledgeBase',
      kind: 'reference',
      to: 'knowledgeBase',
      label: { zh: '知识库', en: 'Knowledge base' },
      required: true,
    },
    promptField({ zh: '怎么问', en: 'The question' }),
    {
      path: 'first',
      kind: 'switch',
      label: { zh: '先用刚才说的话', en: 'Take what was said last' },
      help: {
        zh: '对方在菜单里已经说出问题时,不再问一遍。',
        en: 'If the question was put at a menu already, it is not asked for again.',
      },
    },
    {
      path: 'minScore',
      kind: 'number',
      min: 0,
      step: 0.05,
      label: { zh: '至少多少分才回答', en: 'Answer from score' },
      required: true,
    },
    promptField(
      { zh: '拿不准时给出相近的问题', en: 'Offer close questions when unsure' },
      {
        path: 'offer',
        help: {
          zh: '例如:您是想问:。后面自动列出最接近的三个问题。',
          en: 'For instance: did you mean. The three closest questions follow by themselves.',
        },
      },
    ),
    {
      path: 'sureScore',
      kind: 'number',
      min: 0,
      step: 0.05,
      label: { zh: '文字渠道:低于此分先给选项', en: 'In writing: offer below score' },
      advanced: true,
    },
    {
      path: 'offerScore',
      kind: 'number',
      min: 0,
      step: 0.05,
      label: { zh: '相近问题的最低分', en: 'Offer from score' },
      advanced: true,
    },
    {
      path: 'top',
      kind: 'number',
      min: 1,
      max: 10,
      label: { zh: '最多取几条', en: 'Entries to look at' },
      advanced: true,
    },
    setField(
      { zh: '答案存到变量', en: 'Store the answer in' },
      {
        help: {
          zh: '含 id、question、answer、score。',
          en: 'It holds id, question, answer and score.',
        },
        advanced: true,
      },
    ),
    {
      path: 'sayAnswer',
      kind: 'switch',
      default: true,
      label: { zh: '把答案说出来', en: 'Say the answer' },
      help: { zh: '关掉就只存起来。', en: 'Off: it is only stored.' },
      advanced: true,
    },
    retryField(['noInput']),
    inputField,
  ],
  exits: {
    answered: { zh: '已回答', en: 'Answered' },
    noMatch: { zh: '没有答案', en: 'No answer found' },
    noInput: exitNames.noInput,
    error: exitNames.error,
  },
  channels: {
    voice: {
      works: 'yes',
      does: {
        zh: '需要语音识别。答案逐句念,最多约半分钟;相近的问题按键选。',
        en: 'Needs speech recognition. The answer is read sentence by sentence, at most half a minute; close questions are offered on keys.',
      },
    },
    written: {
      works: 'yes',
      does: {
        zh: '发送完整答案;拿不准时列出相近的问题供点选。',
        en: 'Sends the whole answer; close questions are offered when unsure.',
      },
    },
  },
}
