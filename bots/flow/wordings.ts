/** What the engine says by itself where a flow brings no words of its own. */
import type { Prompt } from './schema.ts'

export const nothingRecorded: Prompt = {
  'zh-CN': { text: '抱歉,没有录到您的留言。' },
  en: { text: 'Sorry, no message was recorded.' },
  ja: { text: '申し訳ございません。伝言を録音できませんでした。' },
  ko: { text: '죄송합니다. 메시지가 녹음되지 않았습니다.' },
}

/** Asks which number to call; by telephone it can be keyed in. */
export const whichNumber: Prompt = {
  'zh-CN': {
    text: '请留下接听回电的号码,国外号码请加国家代码。',
    speak: '请输入接听回电的号码,按井号键结束,也可以直接说出来。',
  },
  en: {
    text: 'Which number should we call? Please add the country code if it is not Chinese.',
    speak: 'Please key in the number we should call and end with the hash key, or simply say it.',
  },
  ja: {
    text: '折り返し先の電話番号をお知らせください。',
    speak: '折り返し先の電話番号を入力し、最後にシャープを押してください。',
  },
  ko: {
    text: '전화 드릴 번호를 알려 주세요.',
    speak: '전화 드릴 번호를 누르고 우물정자를 눌러 주세요.',
  },
}

export const incompleteNumber: Prompt = {
  'zh-CN': { text: '这个号码好像不完整,请再来一次。' },
  en: { text: 'That number looks incomplete. Please give it again.' },
  ja: { text: '番号が正しくないようです。もう一度お願いします。' },
  ko: { text: '번호가 올바르지 않은 것 같습니다. 다시 알려 주세요.' },
}

/** Reads a number back that was heard, not keyed in. */
export const isThisTheNumber: Prompt = {
  'zh-CN': { text: '您的号码是 {{number|digits}},对吗?' },
  en: { text: 'The number is {{number|digits}}, right?' },
  ja: { text: '番号は {{number|digits}} でよろしいですか?' },
  ko: { text: '번호가 {{number|digits}} 맞습니까?' },
}

export const callbackNoted: Prompt = {
  'zh-CN': {
    text: '已登记回电 {{number|mask}},坐席有空就会打给您。',
    speak: '已为您登记回电,坐席有空就会打给您。请保持电话畅通,再见。',
  },
  en: {
    text: 'Noted: an agent will call {{number|mask}} as soon as one is free.',
    speak: 'Your call-back is noted. An agent will call you as soon as one is free. Goodbye.',
  },
  ja: {
    text: '折り返しのお電話を承りました。',
    speak: '折り返しのお電話を承りました。失礼いたします。',
  },
  ko: {
    text: '전화 예약이 접수되었습니다.',
    speak: '전화 예약이 접수되었습니다. 안녕히 계세요.',
  },
}

/** The number itself, for those who write and must dial it themselves. */
export const numberToDial: Prompt = {
  'zh-CN': { text: '电话:{{number}}' },
  en: { text: 'Telephone: {{number}}' },
  ja: { text: '電話:{{number}}' },
  ko: { text: '전화: {{number}}' },
}

/** A serial number is written down while it is heard, so it comes twice. */
export const onceMore: Prompt = {
  'zh-CN': { text: '再重复一遍:{{serial}}。' },
  en: { text: 'Once more: {{serial}}.' },
  ja: { text: 'もう一度申し上げます。{{serial}}。' },
  ko: { text: '다시 말씀드립니다. {{serial}}.' },
}
