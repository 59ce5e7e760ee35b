/** The room of contacts on a store of its own, with a clock that is set by hand. */
import { createBus } from '../../gateway/bus/bus.ts'
import { Contacts } from '../../gateway/contacts/contacts.ts'
import { Identities } from '../../gateway/contacts/identities.ts'
import { IdentityModel } from '../../gateway/contacts/model.ts'
import { Suggestions } from '../../gateway/contacts/suggestions.ts'
import { Timeline } from '../../gateway/contacts/timeline.ts'
import type { Assurance, IdentityClaim, IdentityKind } from '../../gateway/domain/contact.ts'
import type { Conversation } from '../../gateway/domain/conversation.ts'
import { ConversationModel } from '../../gateway/intake/model.ts'
import { Tickets } from '../../gateway/tickets/tickets.ts'
import { conversationIn } from '../domain/conversations.ts'

export class ContactsRoom {
  nowMs = Date.UTC(2026, 10, 21)
  readonly now = () => this.nowMs
  readonly bus = createBus((_topic, error) => {
    throw error
  })
  readonly contacts = new Contacts({ bus: this.bus, now: this.now })
  readonly identities = new Identities(this.now, this.contacts)
  readonly tickets = new Tickets({ bus: this.bus, now: this.now, timezone: 'Asia/Shanghai' })
  readonly suggestions = new Suggestions(this.contacts, this.now)
  readonly timeline = new Timeline(this.contacts)

  constructor() {
    this.bus.subscribe('contact', ({ contactId }) => this.identities.forget(contactId))
  }

  /** One after the other: who came first is known. */
  async seen(identity: IdentityClaim, more: Partial<Parameters<Identities['seen']>[0]> = {}) {
    this.nowMs += 1000
    return this.identities.seen({ identity, ...more })
  }

  async conversation(
    contactId: string,
    id: string,
    more: Partial<Conversation> = {},
  ): Promise<string> {
    this.nowMs += 1000
    const at = new Date(this.nowMs)
    await ConversationModel.collection.insertOne({
      ...conversationIn('closed'),
      ...{ _id: id as never, contactId, openedAt: at, lastActivityAt: at },
      ...more,
    } as never)
    return id
  }

  async ticket(contactId: string, key: string): Promise<string> {
    this.nowMs += 1000
    const ticket = await this.tickets.create({
      ...{ kind: 'complaint', key, contactId, channel: 'wechat', title: key, fields: {} },
      by: { kind: 'bot', id: 'flow', name: 'bot' },
    })
    return ticket.serial
  }
}

export const claim = (
  kind: IdentityKind,
  value: string,
  assurance: Assurance = 'proven',
  scope = '',
): IdentityClaim => ({ kind, scope, value, assurance })

export const identity = (value: string) =>
  IdentityModel.findOne({ value }).lean<{ contactId: string; assurance: Assurance }>()
