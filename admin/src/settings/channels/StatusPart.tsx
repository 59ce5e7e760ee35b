import type { AccountView } from '../../../../gateway/accounts/schema.ts'
import { Callbacks } from './Callbacks.tsx'
import { CheckButton } from './CheckButton.tsx'
import { HealthPanel } from './health/HealthPanel.tsx'

/** How an account fares, a test, and where its provider calls us. */
export function StatusPart({ account }: { account: AccountView }) {
  return (
    <>
      <CheckButton account={account} />
      {account.health && <HealthPanel health={account.health} channel={account.channel} />}
      <Callbacks callbacks={account.callbacks ?? []} />
    </>
  )
}
