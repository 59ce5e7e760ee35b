import type { Prompt } from './schema.ts'

/** Said when a flow breaks, unless the flow brings its own: silence is never an answer. */
export const handoverApology: Prompt = {
  'zh-CN': { text: '抱歉,服务出了点问题,正在为您转接人工。' },
  en: { text: 'Sorry, something went wrong on our side. We are connecting you to a person.' },
  ja: { text: '申し訳ございません。問題が発生しました。担当者におつなぎします。' },
  ko: { text: '죄송합니다. 문제가 발생했습니다. 상담원에게 연결해 드리겠습니다.' },
}

/** Said when the place where the person stood no longer exists in the flow. */
export const lostApology: Prompt = {
  'zh-CN': { text: '抱歉,我们的服务刚刚更新,请您重新选择。' },
  en: { text: 'Sorry, our service has just been updated. Please start again.' },
  ja: { text: '申し訳ございません。サービスが更新されました。もう一度お選びください。' },
  ko: { text: '죄송합니다. 서비스가 업데이트되었습니다. 다시 선택해 주세요.' },
}
