/** Announcements on Weibo, as the console writes and sees them. */
import { z } from 'zod'
import { weiboLength } from './text-length.ts'

/** The console counts as the server does. */
export { weiboLength }

/** of a post, in 汉字 */
export const MAX_POST_LENGTH = 140
/** The address of the page is put after the text: a blank and a link, counted as Weibo counts them. */
export const MAX_ANNOUNCEMENT_LENGTH = MAX_POST_LENGTH - 11
/** Weibo takes JPEG, GIF and PNG below 5 MB. */
export const MAX_PICTURE_BYTES = 5 * 1024 * 1024

const page = z.object({
  title: z.string().trim().min(1).max(60),
  /** plain text, blank lines between paragraphs */
  body: z.string().trim().min(1).max(10_000),
})

export const announcementBody = z.object({
  accountId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  /** of the console's own making: sent twice, it is one announcement */
  clientId: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
  /** what is read on Weibo itself */
  text: z
    .string()
    .trim()
    .min(1)
    .refine((text) => weiboLength(text) <= MAX_ANNOUNCEMENT_LENGTH, {
      message: `at most ${MAX_ANNOUNCEMENT_LENGTH} 汉字, with the link of the page 140`,
    })
    .refine((text) => !/#[^#]+#/.test(text), { message: 'no #话题# in a shared post' }),
  /** what the link in it leads to, in one language or both */
  page: z
    .object({ 'zh-CN': page.optional(), en: page.optional() })
    .refine((pages) => pages['zh-CN'] ?? pages.en, { message: 'one language at least' }),
  /** POST /uploads; JPEG, GIF or PNG below 5 MB */
  pictureId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
})
export type AnnouncementBody = z.infer<typeof announcementBody>

export const announcementsQuery = z.object({
  accountId: z.string().max(64),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

export const announcementView = z.object({
  id: z.string(),
  accountId: z.string(),
  text: z.string(),
  page: z.object({ 'zh-CN': page.optional(), en: page.optional() }),
  pictureUrl: z.string().optional(),
  /** unknown: Weibo did not answer; look there before it is published again */
  state: z.enum(['publishing', 'published', 'failed', 'unknown']),
  /** the public page */
  pageUrl: z.string(),
  /** the post itself */
  postUrl: z.string().optional(),
  /** Weibo's code, or ours */
  error: z.string().optional(),
  by: z.string(),
  createdAtMs: z.number(),
  publishedAtMs: z.number().optional(),
})
export type AnnouncementView = z.infer<typeof announcementView>

/** GET /weibo/accounts/:accountId/figures */
export const weiboFigures = z.object({
  /** messages that were the same as one before in every letter and second: a repeat, or said twice */
  possibleDuplicates: z.number(),
  lastPossibleDuplicateMs: z.number().optional(),
})
export type WeiboFigures = z.infer<typeof weiboFigures>
