/** What a short message with a code says, where the account may send any text. */
export function codeText(code: string, lang: string): string {
  return lang.startsWith('zh')
    ? `您的验证码是 ${code},5 分钟内有效。请只告诉本热线,不要转发给别人。`
    : `Your code is ${code}, valid for 5 minutes. Give it to this hotline only; forward it to nobody.`
}
