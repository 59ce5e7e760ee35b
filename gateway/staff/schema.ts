import { z } from 'zod'
import { roles } from '../domain/staff.ts'

export const signInBody = z.object({
  userName: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(200),
})
export const changePasswordBody = z.object({
  current: z.string().max(200),
  next: z.string().min(1).max(200),
})

export const meView = z.object({
  id: z.string(),
  userName: z.string(),
  name: z.string(),
  role: z.enum(roles as ['administrator', 'teamLeader', 'agent', 'content']),
  lang: z.string(),
  permissions: z.array(z.string()),
  mustChangePassword: z.boolean(),
})

const fields = {
  displayName: z.string().trim().min(1).max(64),
  role: z.enum(['administrator', 'teamLeader', 'agent', 'content']),
  skills: z.record(z.string().max(64), z.number().int().min(1).max(5)),
  queueIds: z.array(z.string().max(64)).max(200),
  chatCapacity: z.number().int().min(0).max(50),
  lang: z.enum(['zh-CN', 'en']),
  disabled: z.boolean(),
}

export const staffView = z.object({
  id: z.string(),
  userName: z.string(),
  ...fields,
  version: z.number(),
})
export type StaffView = z.infer<typeof staffView>

/** A new member gets a one-time password, shown once in the answer. */
export const createStaffBody = z.object({
  userName: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9._-]{2,64}$/),
  displayName: fields.displayName,
  role: fields.role,
  skills: fields.skills.default({}),
  queueIds: fields.queueIds.default([]),
  chatCapacity: fields.chatCapacity.default(3),
  lang: fields.lang.default('zh-CN'),
})
export const oneTimePasswordView = z.object({ id: z.string(), oneTimePassword: z.string() })

/** `version` is the one the change was based on; a newer one answers CONFLICT. */
export const updateStaffBody = z.object(fields).partial().extend({ version: z.number().int() })
