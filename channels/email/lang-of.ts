/** The language to begin with: what they wrote in where it is plain to see, else the account's. */
export function langOf(text: string, accountLang: string): string {
  const start = text.slice(0, 2_000)
  const han = start.match(/\p{Script=Han}/gu)?.length ?? 0
  const latin = start.match(/[A-Za-z]/g)?.length ?? 0
  if (/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(start)) return accountLang
  if (han * 3 >= latin) return han ? 'zh-CN' : accountLang
  return latin >= 12 ? 'en' : accountLang
}
