/**
 * The language somebody speaks who writes this locale (BCP-47): engines call Mandarin cmn, and Hong Kong and Macau
 * speak Cantonese on the telephone whatever they write.
 */
export function spokenLanguage(locale: string): string {
  const tag = locale.toLowerCase()
  if (/^zh-(yue|(hant-)?(hk|mo))/.test(tag)) return 'yue'
  const family = tag.split('-')[0]!
  return family === 'cmn' ? 'zh' : family
}
