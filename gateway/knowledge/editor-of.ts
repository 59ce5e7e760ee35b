import type { StaffMember } from '../domain/staff.ts'
import type { Editor } from './model.ts'

export const editorOf = ({ _id, displayName, role }: StaffMember): Editor => ({
  id: _id,
  name: displayName,
  role,
})
