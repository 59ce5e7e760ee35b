/** Calls and chats with a draft: no matter of any contact, in no report, and nobody is rung for them. */
import type { Conversation } from './conversation.ts'

/** The account of their legs; none of that name can be configured, for the real ones are in the accounts room. */
export const TRIAL_ACCOUNT = 'trial'

export const isTrial = ({ legs }: Pick<Conversation, 'legs'>): boolean =>
  legs.some(({ accountId }) => accountId === TRIAL_ACCOUNT)
