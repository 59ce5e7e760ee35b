import type { Conversation, Leg } from '../domain/conversation.ts'

/** Where people write: a leg on which one can, if there is one. */
export function writtenLeg({ legs }: Conversation): Leg | undefined {
  const open = legs.filter(({ state }) => state === 'open')
  return open.findLast(({ channel }) => channel !== 'voice') ?? open.at(-1) ?? legs.at(-1)
}
