/** The public page an announcement leads to: one file of HTML, no script, readable on any telephone. */
import type { Announcement } from './model.ts'

export type PageLang = 'zh-CN' | 'en'

const words = {
  'zh-CN': { other: 'English', published: '发布于', by: '发布' },
  en: { other: '中文', published: 'Published', by: 'by' },
} as const

const style = `
:root{color-scheme:light dark}
body{margin:0;font:1.0625rem/1.7 system-ui,-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:42rem;margin:0 auto;padding:1.25rem 1rem 3rem}
h1{font-size:1.5rem;line-height:1.35;margin:0 0 .5rem;overflow-wrap:anywhere}
p{margin:0 0 1em;white-space:pre-line;overflow-wrap:anywhere}
.meta{opacity:.75;font-size:.9375rem}
img{display:block;max-width:100%;height:auto;border-radius:.5rem;margin:0 0 1.25rem}
nav{text-align:right;margin-bottom:.75rem}
a{color:inherit}
`

/** The hash of the style is in the policy, so nothing else on the page may style or run. */
export const announcementStyle = style

export interface PageOptions {
  lang: PageLang
  /** who publishes: the account's name */
  publisher: string
  pictureUrl?: string
  timeZone?: string
}

export function announcementPage(
  announcement: Pick<Announcement, 'page' | 'createdAt' | 'publishedAt'>,
  { lang, publisher, pictureUrl, timeZone = 'Asia/Shanghai' }: PageOptions,
): string {
  const shown = announcement.page[lang] ? lang : lang === 'en' ? 'zh-CN' : 'en'
  const { title, body } = announcement.page[shown]!
  const other = shown === 'en' ? 'zh-CN' : 'en'
  const text = words[shown]
  const at = announcement.publishedAt ?? announcement.createdAt
  const date = new Intl.DateTimeFormat(shown, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  }).format(at)
  const paragraphs = body
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`)
    .join('\n')
  const toOther = announcement.page[other]
    ? `<nav><a href="?lang=${other}" lang="${other}" hreflang="${other}">${text.other}</a></nav>`
    : ''
  const picture = pictureUrl ? `<img src="${escapeHtml(pictureUrl)}" alt="">` : ''
  return `<!doctype html>
<html lang="${shown}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${toOther}
<h1>${escapeHtml(title)}</h1>
<p class="meta">${escapeHtml(publisher)} · ${text.published} <time datetime="${at.toISOString()}">${date}</time></p>
${picture}
${paragraphs}
</main>
</body>
</html>
`
}

/** The language asked for in the address, else the first of the browser's that we have. */
export function pageLanguage(asked: unknown, accepted: string | undefined): PageLang {
  if (asked === 'zh-CN' || asked === 'en') return asked
  for (const each of (accepted ?? '').split(',')) {
    const tag = each.trim().toLowerCase()
    if (tag.startsWith('zh')) return 'zh-CN'
    if (tag.startsWith('en')) return 'en'
  }
  return 'zh-CN'
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}
