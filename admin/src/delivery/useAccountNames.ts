import type { AccountView } from '../../../gateway/accounts/schema.ts'
import { useItems } from '../records/useItems.ts'
import { useSession } from '../session/useSession.ts'

/** What accounts are called; whoever may not see their settings reads their ids. */
export function useAccountNames(): (id: string) => string {
  const { can } = useSession()
  const accounts = useItems<AccountView>('/accounts', {}, { enabled: can('manageAccounts') })
  return (id) => accounts.data?.find((account) => account.id === id)?.name ?? id
}
