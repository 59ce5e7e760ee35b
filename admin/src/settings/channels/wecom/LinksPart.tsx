import type { AccountView } from '../../../../../gateway/accounts/schema.ts'
import { ContactWay } from './ContactWay.tsx'
import { ServiceAccounts } from './ServiceAccounts.tsx'

/** Which service account is used, and links that open the chat with it. */
export function LinksPart({ account }: { account: AccountView }) {
  return (
    <>
      <ServiceAccounts account={account} />
      <ContactWay account={account} />
    </>
  )
}
