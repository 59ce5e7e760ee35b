/** What the console does on Weibo besides talking: announcements. */
import type { Request } from 'express'
import type { Route } from '../../gateway/api/route.ts'
import { items, route } from '../../gateway/api/route.ts'
import type { StaffMember } from '../../gateway/domain/staff.ts'
import type { Announcements, Publisher } from './announcements.ts'
import type { AnnouncementBody, WeiboFigures } from './schema.ts'
import { announcementBody, announcementsQuery, announcementView, weiboFigures } from './schema.ts'

export function weiboRoutes(
  announcements: Announcements,
  figures: (accountId: string) => Promise<WeiboFigures>,
): Route[] {
  return [
    route<{ accountId: string; limit: number }>({
      method: 'get',
      path: '/weibo/announcements',
      summary: 'Announcements of a Weibo account, newest first',
      tag: 'weibo',
      access: 'manageKnowledge',
      query: announcementsQuery as never,
      answers: items(announcementView),
      handle: async ({ query }) => ({
        items: await announcements.list(query.accountId, query.limit),
      }),
    }),
    route<Record<string, never>, AnnouncementBody>({
      method: 'post',
      path: '/weibo/announcements',
      summary: 'Publish an announcement on Weibo, with the page it leads to',
      tag: 'weibo',
      access: 'manageKnowledge',
      body: announcementBody,
      answers: announcementView,
      handle: async ({ body, member, request }) =>
        announcements.create(body, publisher(member, request)),
    }),
    route({
      method: 'post',
      path: '/weibo/announcements/:id/publish',
      summary: 'Publish one again that failed',
      tag: 'weibo',
      access: 'manageKnowledge',
      answers: announcementView,
      handle: async ({ params, member, request }) =>
        announcements.publishAgain(params.id!, publisher(member, request)),
    }),
    route({
      method: 'get',
      path: '/weibo/accounts/:accountId/figures',
      summary: 'What was counted of a Weibo account',
      tag: 'weibo',
      access: 'manageAccounts',
      answers: weiboFigures,
      handle: async ({ params }) => figures(params.accountId!),
    }),
  ]
}

const publisher = (member: StaffMember, request: Request): Publisher => ({
  id: member._id,
  name: member.displayName,
  ip: request.ip ?? '',
})
