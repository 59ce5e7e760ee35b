import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Route } from '../api/route.ts'
import { items, route } from '../api/route.ts'
import type { Me } from '../desk/protocol.ts'
import type { StaffMember } from '../domain/staff.ts'
import { fail } from '../errors.ts'
import { StaffModel } from './model.ts'
import {
  changePasswordBody,
  createStaffBody,
  meView,
  oneTimePasswordView,
  signInBody,
  staffView,
  updateStaffBody,
} from './schema.ts'
import type { StaffView } from './schema.ts'
import type { Staff } from './staff.ts'

/** How the door keeps the session; the cookie itself is http's business. */
export interface SessionCookie {
  read(request: Request): string | undefined
  set(request: Request, response: Response, token: string): void
  clear(response: Response): void
}

export function staffRoutes(
  staff: Staff,
  cookie: SessionCookie,
  me: (member: StaffMember) => Me,
): Route[] {
  return [
    route({
      method: 'post',
      path: '/session',
      tag: 'Session',
      summary: 'Sign in',
      access: 'public',
      body: signInBody,
      answers: meView,
      async handle({ body, request, response }) {
        const { token, member } = await staff.signIn(body.userName, body.password)
        cookie.set(request, response, token)
        return me(member)
      },
    }),
    route({
      method: 'get',
      path: '/session',
      tag: 'Session',
      summary: 'Who is signed in',
      access: 'session',
      answers: meView,
      handle: async ({ member }) => me(member),
    }),
    route({
      method: 'delete',
      path: '/session',
      tag: 'Session',
      summary: 'Sign out',
      access: 'session',
      async handle({ request, response }) {
        await staff.signOut(cookie.read(request)!)
        cookie.clear(response)
      },
    }),
    route({
      method: 'post',
      path: '/session/password',
      tag: 'Session',
      summary: 'Change the own password; other browsers are signed out',
      access: 'session',
      body: changePasswordBody,
      async handle({ body, member, request }) {
        await staff.changePassword(member, body.current, body.next, cookie.read(request)!)
      },
    }),
    route({
      method: 'get',
      path: '/staff',
      tag: 'Staff',
      summary: 'All members',
      access: 'manageStaff',
      answers: items(staffView),
      handle: async () => ({
        items: (await StaffModel.find().sort({ userName: 1 }).lean<StaffMember[]>()).map(view),
      }),
    }),
    route({
      method: 'post',
      path: '/staff',
      tag: 'Staff',
      summary: 'Add a member; the one-time password is shown this once',
      access: 'manageStaff',
      body: createStaffBody,
      answers: oneTimePasswordView,
      handle: ({ body }) => staff.create(body),
    }),
    route({
      method: 'patch',
      path: '/staff/:id',
      tag: 'Staff',
      summary: 'Change a member',
      access: 'manageStaff',
      body: updateStaffBody,
      answers: staffView,
      async handle({ params, body }) {
        const { version, chatCapacity, ...fields } = body
        const capacity = chatCapacity === undefined ? {} : { capacity: { chat: chatCapacity } }
        return view(await staff.update(params.id!, version, { ...fields, ...capacity }))
      },
    }),
    route({
      method: 'post',
      path: '/staff/:id/password-reset',
      tag: 'Staff',
      summary: 'Give a new one-time password and sign the member out everywhere',
      access: 'manageStaff',
      body: z.object({}),
      answers: oneTimePasswordView,
      handle: ({ params }) => staff.resetPassword(params.id ?? fail('NOT_FOUND')),
    }),
  ]
}

function view(member: StaffMember): StaffView {
  return {
    id: member._id,
    userName: member.userName,
    displayName: member.displayName,
    role: member.role,
    skills: member.skills,
    queueIds: member.queueIds,
    chatCapacity: member.capacity.chat,
    lang: member.lang as StaffView['lang'],
    disabled: member.disabled,
    version: member.version,
  }
}
