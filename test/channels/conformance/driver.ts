/** What the table of situations needs to play one channel: its provider, and a contact who writes there. */
import type { Gate } from '../../harness/gate.ts'
import type { ChannelScene } from '../scene.ts'

/** Why a situation does not arise there. */
export interface NotHere {
  not: string
}

export interface Driver {
  /** of account; the account has it as its id */
  readonly kind: string
  /** a program that is not installed */
  readonly missing?: string | undefined
  /** the way to the provider; its own end where the provider calls us only */
  gate?: Gate
  /** before any connection stands */
  load?(): Promise<void>
  open(scene: ChannelScene): Promise<void>
  close(): Promise<void>
  /** The contact writes; resolves when we have acknowledged it. @returns brings the very same once more */
  say(text: string): Promise<() => Promise<unknown>>
  /** every text the contact was shown */
  shown(): string[]
  /** where free words are not sent: the text the provider approved */
  approved?: { providerId: string; text: string; key: string }

  /**
   * brings it more than once where the provider repeats only what it has no answer to, and the same words after
   * the answer are new ones
   */
  repeated?(text: string): Promise<unknown>
  /** brings a long text whole, its parts in the wrong order; elsewhere an old message comes again after a new one */
  reversed?(text: string): Promise<unknown>
  /** more than any of them sends; checks the answer, where there is one */
  oversize: (() => Promise<void>) | NotHere
  /** brings the text as a stranger would; checks that it is refused */
  forge: ((text: string) => Promise<void>) | NotHere
  providerDown: 'gate' | NotHere
  /** what we hold is no longer good; `renew`: what a person does about it */
  expireToken: { expire(): void; renew?(): Promise<unknown> } | NotHere
  /** for the provider alone, or by something we are told */
  closeWindow: (() => unknown) | NotHere
  /** The provider takes no more for now. 'fails': until the contact writes; 'sent': in seconds; 'waits': longer than a test */
  useUpQuota: { refuse(): void; then: 'fails' | 'sent' | 'waits' } | NotHere
  answerLost: 'gate' | NotHere
}

/** Where a provider calls: its path on this server, whatever address the world knows. */
export async function callbackOf(scene: ChannelScene, id: string, at = 0): Promise<string> {
  const { address } = (await scene.account(id)).callbacks![at]!
  const { pathname } = new URL(address, scene.url)
  return scene.url + pathname
}
