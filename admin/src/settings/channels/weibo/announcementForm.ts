import type { AnnouncementBody } from '../../../../../channels/weibo/schema.ts'

const langs = ['zh-CN', 'en'] as const
type Lang = (typeof langs)[number]

export interface AnnouncementValues {
  text: string
  page: Record<Lang, { title: string; body: string }>
  pictureId: string
}

export const noAnnouncement: AnnouncementValues = {
  text: '',
  page: { 'zh-CN': { title: '', body: '' }, en: { title: '', body: '' } },
  pictureId: '',
}

/** A language in which nothing was written has no page. Pure. */
export function announcementOf(
  { text, page, pictureId }: AnnouncementValues,
  accountId: string,
  clientId: string,
): AnnouncementBody {
  const written = langs.filter((lang) => page[lang].title.trim() || page[lang].body.trim())
  return {
    ...{ accountId, clientId, text },
    page: Object.fromEntries(written.map((lang) => [lang, page[lang]])),
    ...(pictureId && { pictureId }),
  }
}
