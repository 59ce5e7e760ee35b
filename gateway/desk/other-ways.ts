/** An agent goes on by SMS or e-mail inside the same conversation, or writes to somebody first. */
import type { BegunThread, ChannelAdapter } from '../../channels/channel.ts'
import type { Contacts } from '../contacts/contacts.ts'
import type { Identities } from '../contacts/identities.ts'
import type { Channel, Conversation, Leg } from '../domain/conversation.ts'
import { legKey } from '../domain/conversation.ts'
import type { StaffMember } from '../domain/staff.ts'
import { writtenLast } from '../domain/written-last.ts'
import { fail } from '../errors.ts'
import type { Change, Conversations } from '../intake/conversations.ts'
import { applyEvent, noticeDraft } from '../intake/effects.ts'
import type { Account } from '../intake/model.ts'
import { AccountModel } from '../intake/model.ts'
import type { Turns } from '../intake/turns.ts'
import { newId } from '../store/id.ts'

export interface OtherWaysOptions {
  conversations: Conversations
  identities: Pick<Identities, 'reachedAt'>
  contacts: Pick<Contacts, 'get'>
  turns: Pick<Turns, 'setIdle'>
  adapter: (channel: Channel) => ChannelAdapter | undefined
  now: () => number
}

export interface Way {
  accountId: string
  to: string
  subject?: string | undefined
}

interface Begun extends BegunThread {
  account: Account
}

export class OtherWays {
  private readonly options: OtherWaysOptions

  constructor(options: OtherWaysOptions) {
    this.options = options
  }

  /**
   * The conversation gets a leg there, and what is written next goes to it. The same one again is no second leg.
   * @throws NOT_FOUND, NOT_YOURS, NO_WRITING_FIRST, THREAD_BUSY {conversationId}, and what `beginThread` of the channel
   * throws
   */
  async writeBy(member: StaffMember, conversationId: string, way: Way): Promise<void> {
    const { conversations, now } = this.options
    const known = (await conversations.get(conversationId)) ?? fail('NOT_FOUND')
    // before anything is kept of the address
    refuseOthers(known, member)
    const begun = await this.begin(way, conversationId)
    await this.refuseBusy(begun, conversationId)
    const identityId = await this.options.identities.reachedAt(known.contactId, begun.identity)
    const key = keyOf(begun)
    await this.orBusy(begun, () =>
      conversations.change(conversationId, (current) => {
        refuseOthers(current, member)
        const there = current.legs.find((leg) => leg.state === 'open' && legKey(leg) === key)
        const leg = there ?? newLeg(begun, identityId, now())
        const legs = writtenLast(there ? current.legs : withWritten(current.legs, leg), leg.id)
        const openKeys = current.openKeys ?? []
        const next: Conversation = {
          ...current,
          legs,
          openKeys: openKeys.includes(key) ? openKeys : [...openKeys, key],
          lastActivityAt: new Date(now()),
        }
        return { next, drafts: [wroteBy(begun, member)] }
      }),
    )
  }

  /**
   * Begins a conversation with a contact, the agent's from the first moment.
   * @throws as writeBy
   */
  async writeTo(member: StaffMember, contactId: string, way: Way): Promise<string> {
    const { conversations, contacts, identities, turns, now } = this.options
    const contact = (await contacts.get(contactId)) ?? fail('NOT_FOUND')
    const _id = newId()
    const begun = await this.begin(way, _id)
    await this.refuseBusy(begun, _id)
    const identityId = await identities.reachedAt(contact._id, begun.identity)
    const leg = newLeg(begun, identityId, now())
    const lang = contact.lang ?? begun.account.lang
    const opened = await conversations.open(fresh(_id, contact._id, lang, leg))
    // they wrote in the same moment, and theirs was first
    if (opened._id !== _id) fail('THREAD_BUSY', { conversationId: opened._id })
    await conversations.change(_id, (current) => {
      const change: Change = { next: current, drafts: [] }
      applyEvent(change, { type: 'takeOver', agentId: member._id }, now())
      change.drafts.push(wroteBy(begun, member))
      turns.setIdle(change)
      return change
    })
    return _id
  }

  private async begin({ accountId, to, subject }: Way, conversationId: string): Promise<Begun> {
    const account = await AccountModel.findById(accountId).lean<Account>()
    const adapter = account?.enabled ? this.options.adapter(account.channel) : undefined
    if (!account || !adapter?.beginThread) return fail('NO_WRITING_FIRST')
    const begun = await adapter.beginThread({
      accountId,
      to,
      conversationId,
      ...(subject && { subject }),
    })
    return { ...begun, account }
  }

  /** A thread is in one open conversation: nobody could tell where an answer belongs. */
  private async refuseBusy(begun: Begun, conversationId: string): Promise<void> {
    const open = await this.options.conversations.openByThread(keyOf(begun))
    if (open && open._id !== conversationId) fail('THREAD_BUSY', { conversationId: open._id })
  }

  /** They wrote there between our look and the commit: the store takes each thread once. */
  private async orBusy<T>(begun: Begun, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if ((error as { code?: unknown }).code !== 11000) throw error
      const open = await this.options.conversations.openByThread(keyOf(begun))
      return fail('THREAD_BUSY', open && { conversationId: open._id })
    }
  }
}

const keyOf = ({ account, threadKey }: Begun): string =>
  legKey({ accountId: account._id, threadKey })

function refuseOthers({ state, agentId }: Conversation, member: StaffMember): void {
  if (state !== 'agent' || agentId !== member._id) fail('NOT_YOURS')
}

function newLeg({ account, threadKey }: Begun, identityId: string, nowMs: number): Leg {
  return {
    ...{ id: newId(), accountId: account._id, channel: account.channel, identityId, threadKey },
    ...{ state: 'open', openedAt: new Date(nowMs) },
  }
}

/** Before a call that goes on, which is where people talk; else at the end. */
function withWritten(legs: Leg[], leg: Leg): Leg[] {
  const talking = legs.findIndex(({ channel, state }) => channel === 'voice' && state === 'open')
  return talking < 0 ? [...legs, leg] : legs.toSpliced(talking, 0, leg)
}

const wroteBy = ({ account, identity }: Begun, { _id: agentId }: StaffMember) =>
  noticeDraft({ name: 'wroteBy', data: { agentId, channel: account.channel, to: identity.value } })

function fresh(_id: string, contactId: string, lang: string, leg: Leg): Conversation {
  const { openedAt } = leg
  return {
    ...{ _id, contactId, lang, state: 'bot', version: 1, lastSeq: 0 },
    ...{ legs: [leg], openKeys: [legKey(leg)], passedOver: [], emergency: false },
    ...{ context: {}, preview: '', openedAt, lastActivityAt: openedAt, pending: [] },
  }
}
