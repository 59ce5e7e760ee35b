/** Languages as their speakers write them. */
export const ownNames: Record<string, string | undefined> = {
  'zh-CN': '中文',
  'zh-TW': '繁體中文',
  yue: '粵語',
  en: 'English',
  ja: '日本語',
  ko: '한국어',
  fr: 'Français',
  de: 'Deutsch',
  es: 'Español',
  ru: 'Русский',
  th: 'ไทย',
}
