import { useDeskState } from '../desk/useDesk.ts'
import { useSession } from '../session/useSession.ts'

interface StaffNames {
  nameOf(id: string): string
  options: { value: string; label: string }[]
}

/**
 * Names of colleagues who serve, from the desk's line: everyone who handles tickets has one, while
 * the list of staff is for administrators alone.
 */
export function useStaffNames(): StaffNames {
  const { me } = useSession()
  const agents = useDeskState((state) => state.agents)
  const names = new Map(Object.values(agents).map(({ id, name }) => [id, name]))
  if (!names.has(me.id)) names.set(me.id, me.name)
  return {
    nameOf: (id) => names.get(id) ?? id,
    options: [...names].map(([value, label]) => ({ value, label })),
  }
}
