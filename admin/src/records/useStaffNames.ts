import type { StaffView } from '../../../gateway/staff/schema.ts'
import { useSession } from '../session/useSession.ts'
import { useItems } from './useItems.ts'

interface StaffNames {
  nameOf(id: string): string
  options: { value: string; label: string }[]
}

/** Names of colleagues. Who may not see the list at least finds their own name in it. */
export function useStaffNames(): StaffNames {
  const { me, can } = useSession()
  const { data } = useItems<Pick<StaffView, 'id' | 'displayName' | 'disabled'>>(
    '/staff',
    {},
    can('manageStaff'),
  )
  const staff = data ?? [{ id: me.id, displayName: me.name, disabled: false }]
  return {
    nameOf: (id) => staff.find((member) => member.id === id)?.displayName ?? id,
    options: staff
      .filter((member) => !member.disabled)
      .map((member) => ({ value: member.id, label: member.displayName })),
  }
}
