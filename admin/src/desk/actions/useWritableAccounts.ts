import type { WritableAccountView } from '../../../../gateway/accounts/schema.ts'
import { useItems } from '../../records/useItems.ts'
import { useSession } from '../../session/useSession.ts'

const none: WritableAccountView[] = []

/** Accounts one may write from to somebody who has not written there. */
export function useWritableAccounts(): WritableAccountView[] {
  const { can } = useSession()
  const accounts = useItems<WritableAccountView>(
    '/accounts/writable',
    {},
    { enabled: can('serve') },
  )
  return accounts.data ?? none
}
