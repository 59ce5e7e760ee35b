import type { StaffView } from '../../../../gateway/staff/schema.ts'

/** What a form edits of a member. */
export type UserValues = Omit<StaffView, 'id' | 'version'>

export const userValues = (member: StaffView | undefined): UserValues => ({
  userName: member?.userName ?? '',
  displayName: member?.displayName ?? '',
  role: member?.role ?? 'agent',
  skills: member?.skills ?? {},
  queueIds: member?.queueIds ?? [],
  chatCapacity: member?.chatCapacity ?? 3,
  lang: member?.lang ?? 'zh-CN',
  disabled: member?.disabled ?? false,
})
