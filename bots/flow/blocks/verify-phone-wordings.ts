/** What a verifyPhone block says where the flow brings no words of its own. */
import type { Prompt } from '../schema.ts'

export const whichMobile: Prompt = {
  'zh-CN': {
    text: '请输入您的手机号码,我们会发一条验证码短信。境外号码请加国家代码。',
    speak: '请输入您的手机号码,按井号键结束,我们会发一条验证码短信。',
  },
  en: {
    text: 'Which mobile number is yours? We will send a code to it. Please add the country code if it is not Chinese.',
    speak: 'Please key in your mobile number and end with the hash key. We will send a code to it.',
  },
  ja: {
    text: '携帯電話番号をお知らせください。確認コードを SMS でお送りします。',
    speak: '携帯電話番号を入力し、最後にシャープを押してください。確認コードをお送りします。',
  },
  ko: {
    text: '휴대전화 번호를 알려 주세요. 인증번호를 문자로 보내 드립니다.',
    speak: '휴대전화 번호를 누르고 우물정자를 눌러 주세요. 인증번호를 보내 드립니다.',
  },
}

export const enterCode: Prompt = {
  'zh-CN': {
    text: '6 位验证码已发送到 {{number|mask}},请输入短信中的验证码。',
    speak: '验证码短信已经发出,请输入短信中的六位数字。',
  },
  en: {
    text: 'A 6-digit code is on its way to {{number|mask}}. Please enter it here.',
    speak: 'We have sent you a text message. Please key in its six digits.',
  },
  ja: {
    text: '{{number|mask}} に 6 桁の確認コードを送りました。コードを入力してください。',
    speak: '確認コードをお送りしました。六桁の数字を入力してください。',
  },
  ko: {
    text: '{{number|mask}} 번호로 6자리 인증번호를 보냈습니다. 인증번호를 입력해 주세요.',
    speak: '인증번호를 보냈습니다. 여섯 자리 숫자를 눌러 주세요.',
  },
}

export const wrongCode: Prompt = {
  'zh-CN': { text: '验证码不对,请核对短信后再输入一次。' },
  en: { text: 'That is not the code. Please check the message and enter it again.' },
  ja: { text: 'コードが違います。もう一度入力してください。' },
  ko: { text: '인증번호가 맞지 않습니다. 다시 입력해 주세요.' },
}

export const codeExpired: Prompt = {
  'zh-CN': { text: '这个验证码已失效,请选择重新发送。' },
  en: { text: 'This code no longer counts. Please have a new one sent.' },
  ja: { text: 'このコードは無効になりました。再送信してください。' },
  ko: { text: '이 인증번호는 더 이상 유효하지 않습니다. 다시 보내기를 선택해 주세요.' },
}

export const codeSentJustNow: Prompt = {
  'zh-CN': { text: '刚才已经发过验证码了,请先查看短信,输入收到的 6 位数字;一分钟后可以重发。' },
  en: {
    text: 'A code was sent just now. Please look for the message and enter its 6 digits; another can be sent in a minute.',
  },
  ja: { text: '確認コードは送信済みです。SMS をご確認ください。1 分後に再送信できます。' },
  ko: { text: '인증번호를 방금 보냈습니다. 문자를 확인해 주세요. 1분 후 다시 보낼 수 있습니다.' },
}

export const noTextMessages: Prompt = {
  'zh-CN': { text: '这个号码收不到短信,请提供一个手机号码。' },
  en: { text: 'That number takes no text messages. Please give a mobile number.' },
  ja: { text: 'この番号では SMS を受信できません。携帯電話番号をお知らせください。' },
  ko: { text: '이 번호로는 문자를 받을 수 없습니다. 휴대전화 번호를 알려 주세요.' },
}
