import type { AccountKindView, AccountView } from '../../../../gateway/accounts/schema.ts'
import { useName } from '../../i18n/index.ts'
import { useItems } from '../../records/useItems.ts'

/** How an account fares changes by itself, so it is asked again while somebody looks. */
const EVERY_MS = 4000

export function useAccounts() {
  return useItems<AccountView>('/accounts', {}, { everyMs: EVERY_MS })
}

/** The kinds of accounts that can be added, and what each is called. */
export function useKinds() {
  const say = useName()
  const { data: kinds } = useItems<AccountKindView>('/accounts/kinds')
  const find = (kind: string | undefined) => kinds?.find((each) => each.kind === kind)
  return { kinds: kinds ?? [], find, nameOf: (kind: string) => say(find(kind)?.name) || kind }
}
