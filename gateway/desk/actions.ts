/** What agents and team leaders do to conversations. Every action is one change; the rules are domain's. */
import { createHash } from 'node:crypto'
import type { Conversation, Leg } from '../domain/conversation.ts'
import type { LifeEvent } from '../domain/life-cycle.ts'
import { reduce } from '../domain/life-cycle.ts'
import type { EventName, Part } from '../domain/message.ts'
import { plainText } from '../domain/message.ts'
import type { StaffMember } from '../domain/staff.ts'
import { may } from '../domain/staff.ts'
import { fail } from '../errors.ts'
import type { Files } from '../files/files.ts'
import type { Templates } from '../accounts/templates.ts'
import type { Change, Conversations } from '../intake/conversations.ts'
import { applyEvent, noticeDraft } from '../intake/effects.ts'
import { ConversationModel, MessageModel } from '../intake/model.ts'
import type { Turns } from '../intake/turns.ts'
import { handoffStatus } from '../intake/turns.ts'
import type { RoutingSettings } from '../routing/settings.ts'
import type { OutgoingContent } from './protocol.ts'
import { writtenLeg } from './written-leg.ts'

/** A conversation passed on by hand goes before ordinary waiting ones (S86). */
const TRANSFER_PRIORITY = 3
const DEFAULT_PASS_OVER_MS = 60_000

export interface ActionsOptions {
  conversations: Conversations
  turns: Turns
  settings: RoutingSettings
  files: Files
  templates: Pick<Templates, 'fill'>
  /** @throws where the contact cannot be written to so at this moment */
  mayWrite: (leg: Leg, content: OutgoingContent) => Promise<void>
  /** what asks the contact to talk, as it is sent there. @throws PUBLIC_URL_NEEDED, PUBLIC_THREAD */
  invitation: (conversation: Conversation, leg: Leg, agentName: string) => Promise<Part>
  now: () => number
}

export class Actions {
  private readonly options: ActionsOptions

  constructor(options: ActionsOptions) {
    this.options = options
  }

  accept(member: StaffMember, conversationId: string, offerId: string): Promise<void> {
    return this.apply(
      conversationId,
      () => ({ type: 'accept', offerId, agentId: member._id }),
      handoffStatus('accepted'),
    )
  }

  decline(member: StaffMember, conversationId: string, offerId: string): Promise<void> {
    return this.apply(conversationId, (current) => {
      if (current.offer?.agentId !== member._id) fail('OFFER_GONE')
      const queue = current.waiting && this.options.settings.queue(current.waiting.queueId)
      return {
        type: 'release',
        offerId,
        why: 'declined',
        passOverMs: queue?.passOverMs ?? DEFAULT_PASS_OVER_MS,
      }
    })
  }

  /** Out of turn from the queue by an entitled agent; from another agent only by a team leader. */
  take(member: StaffMember, conversationId: string): Promise<void> {
    return this.apply(
      conversationId,
      (current) => {
        const served = current.state === 'agent' && current.agentId !== member._id
        if (served && !may(member.role, 'supervise')) fail('FORBIDDEN')
        return { type: 'takeOver', agentId: member._id }
      },
      handoffStatus('accepted'),
    )
  }

  transfer(
    member: StaffMember,
    conversationId: string,
    to: { queueId?: string; agentId?: string; note?: string },
  ): Promise<void> {
    const queue =
      (to.queueId
        ? this.options.settings.queue(to.queueId)
        : this.options.settings.fallbackQueue) ?? fail('NO_SUCH_QUEUE')
    return this.apply(conversationId, () => ({
      type: 'transfer',
      agentId: member._id,
      queueId: queue._id,
      priority: TRANSFER_PRIORITY,
      // somebody chosen by name need not have the queue's skills
      skills: to.agentId ? [] : queue.skills,
      ...(to.agentId && { toAgentId: to.agentId }),
      ...(to.note && { note: to.note }),
    }))
  }

  handBack(member: StaffMember, conversationId: string): Promise<void> {
    return this.apply(
      conversationId,
      () => ({ type: 'handBack', agentId: member._id }),
      handoffStatus('returned'),
    )
  }

  finish(member: StaffMember, conversationId: string): Promise<void> {
    return this.apply(
      conversationId,
      (current) => {
        const wrapUpMs = this.options.settings.wrapUpMs(current.queueId)
        return { type: 'finish', agentId: member._id, wrapUpMs }
      },
      handoffStatus('completed'),
    )
  }

  /** A colleague who was asked in a call takes it over. */
  assign(agentId: string, conversationId: string): Promise<void> {
    return this.apply(
      conversationId,
      () => ({ type: 'takeOver', agentId }),
      handoffStatus('accepted'),
    )
  }

  /** The agent passed the caller on to a telephone outside: written up here, and the flow stays silent. */
  leaveTo(agentId: string, conversationId: string): Promise<void> {
    return this.apply(conversationId, (current) => ({
      type: 'finish',
      agentId,
      wrapUpMs: this.options.settings.wrapUpMs(current.queueId),
    }))
  }

  /** Back to the beginning of a flow, e.g. to the survey or another language's menu. */
  async handToFlow(agentId: string, conversationId: string, flowId: string): Promise<void> {
    await this.options.conversations.change(conversationId, async (current) => {
      const reduced = reduce(current, { type: 'handBack', agentId }, this.options.now())
      if (!reduced.ok) return fail(reduced.code)
      const at = current.legs.findLastIndex(({ state }) => state === 'open')
      const leg = current.legs[at] ?? fail('WRONG_STATE')
      const told = { ...leg, call: { direction: 'in' as const, ...leg.call, flowId } }
      const change: Change = {
        next: { ...reduced.next, legs: current.legs.with(at, told) },
        drafts: reduced.notices.map(noticeDraft),
      }
      await this.options.turns.greet(change, told)
      return change
    })
  }

  /**
   * Asks whoever writes to talk in the browser: the chat has a button, elsewhere a link opens the page.
   * @throws PUBLIC_URL_NEEDED, PUBLIC_THREAD, and what cannot be written there at this moment
   */
  async invite(member: StaffMember, conversationId: string): Promise<void> {
    const { conversations, invitation, mayWrite, now } = this.options
    await conversations.change(conversationId, async (current) => {
      if (current.agentId !== member._id) fail('NOT_YOURS')
      const leg = writtenLeg(current)
      if (leg?.state !== 'open' || leg.channel === 'voice') return fail('WRONG_STATE')
      const part = await invitation(current, leg, member.displayName)
      await mayWrite(leg, { type: 'text', text: plainText([part]) })
      return {
        next: { ...current, lastActivityAt: new Date(now()) },
        drafts: [
          {
            direction: 'out',
            legId: leg.id,
            author: { kind: 'agent', id: member._id, name: member.displayName },
            parts: [part],
          },
        ],
      }
    })
  }

  /** A line in the timeline for staff. */
  async notice(
    conversationId: string,
    name: EventName,
    data: Record<string, unknown>,
  ): Promise<void> {
    await this.options.conversations.change(conversationId, (current) => ({
      next: current,
      drafts: [noticeDraft({ name, data })],
    }))
  }

  /** By the agent, or by the clock when the time for it is over. */
  wrapUpDone(conversationId: string, agentId: string, code?: string): Promise<void> {
    return this.apply(conversationId, (current) => {
      if (current.wrapUp?.agentId !== agentId) fail('WRONG_STATE')
      return { type: 'wrapUpDone', ...(code && { code }) }
    })
  }

  /** The agent has been away too long: somebody else takes the conversation. */
  agentGone(conversationId: string, agentId: string): Promise<void> {
    const queue = this.options.settings.fallbackQueue ?? fail('NO_SUCH_QUEUE')
    return this.apply(conversationId, () => ({ type: 'agentGone', agentId, queueId: queue._id }))
  }

  /** The agent's telephone cannot be reached: what they were offered or had taken goes to somebody else. */
  async lineDown(agentId: string, conversationId: string): Promise<void> {
    const { settings, now, conversations, turns } = this.options
    await conversations.change(conversationId, (current) => {
      const { offer, waiting, queueId } = current
      const queue = settings.queue(queueId ?? '') ?? settings.fallbackQueue
      const event: LifeEvent | undefined =
        offer?.agentId === agentId
          ? {
              type: 'release',
              offerId: offer.id,
              why: 'agentGone',
              passOverMs:
                settings.queue(waiting?.queueId ?? '')?.passOverMs ?? DEFAULT_PASS_OVER_MS,
            }
          : current.agentId === agentId && queue
            ? { type: 'agentGone', agentId, queueId: queue._id }
            : undefined
      const reduced = event && reduce(current, event, now())
      // it has gone elsewhere by itself
      if (!reduced?.ok) return undefined
      const change: Change = { next: reduced.next, drafts: reduced.notices.map(noticeDraft) }
      turns.setIdle(change)
      return change
    })
  }

  /** Says something to the contact; the same clientMsgId twice is one message. */
  async send(
    member: StaffMember,
    conversationId: string,
    clientMsgId: string,
    content: OutgoingContent,
  ): Promise<{ seq?: number }> {
    const parts = await this.partsOf(content)
    return this.write(conversationId, clientMsgId, async (current, leg) => {
      if (current.state !== 'agent' || current.agentId !== member._id) fail('NOT_YOURS')
      await this.options.mayWrite(leg, content)
      return {
        direction: 'out',
        legId: leg.id,
        author: { kind: 'agent', id: member._id, name: member.displayName },
        parts,
        dedupeKey: clientMsgId,
      }
    })
  }

  note(
    member: StaffMember,
    conversationId: string,
    clientMsgId: string,
    text: string,
  ): Promise<{ seq?: number }> {
    return this.write(conversationId, clientMsgId, () => ({
      direction: 'internal',
      author: { kind: 'agent', id: member._id, name: member.displayName },
      parts: [{ type: 'text', text }],
      dedupeKey: clientMsgId,
    }))
  }

  private async write(
    conversationId: string,
    clientMsgId: string,
    draft: (
      current: Conversation,
      leg: Leg,
    ) => Change['drafts'][number] | Promise<Change['drafts'][number]>,
  ): Promise<{ seq?: number }> {
    const _id = messageId(conversationId, clientMsgId)
    const { messages } = await this.options.conversations.change(
      conversationId,
      async (current) => {
        if (await wasWritten(conversationId, _id)) return undefined
        const now = new Date(this.options.now())
        const leg = writtenLeg(current) ?? fail('WRONG_STATE')
        return {
          next: { ...current, lastActivityAt: now },
          drafts: [{ ...(await draft(current, leg)), _id }],
        }
      },
    )
    return messages[0] ? { seq: messages[0].seq } : {}
  }

  private async partsOf(content: OutgoingContent): Promise<Part[]> {
    if (content.type === 'text') return [{ type: 'text', text: content.text }]
    if (content.type === 'template')
      return [await this.options.templates.fill(content.templateId, content.params)]
    const file = (await this.options.files.find(content.blobId)) ?? fail('NOT_FOUND')
    const { _id: blobId, kind, name, mime, bytes } = file
    return [{ type: 'media', kind, blobId, name, mime, bytes }]
  }

  /** Applies a life event; when the flow is to hear of it, it takes its turn in the same change. */
  private async apply(
    conversationId: string,
    event: (current: Conversation) => LifeEvent,
    forFlow?: ReturnType<typeof handoffStatus>,
  ): Promise<void> {
    await this.options.conversations.change(conversationId, async (current) => {
      const reduced = reduce(current, event(current), this.options.now())
      if (!reduced.ok) return fail(reduced.code)
      if (reduced.next === current) return undefined
      const change: Change = { next: reduced.next, drafts: reduced.notices.map(noticeDraft) }
      const leg = current.legs.findLast((each) => each.state === 'open') ?? current.legs.at(-1)
      const unheard = reduced.next.state === 'wrapUp' && !current.legs.some(isOpen)
      // a call that reached nobody: there is no one a survey could be said to
      if (unheard) applyEvent(change, { type: 'flowEnded' }, this.options.now())
      if (forFlow && leg && !unheard) await this.options.turns.tell(change, leg, forFlow)
      else this.options.turns.setIdle(change)
      return change
    })
  }
}

const isOpen = ({ state }: Leg): boolean => state === 'open'

/** The same message sent twice has the same id, and the store takes it once. */
function messageId(conversationId: string, clientMsgId: string): string {
  return createHash('sha256').update(`${conversationId}|${clientMsgId}`).digest('hex').slice(0, 32)
}

/** Looks where a message is first, then where it goes to, so that one on its way is not missed. */
async function wasWritten(conversationId: string, messageId: string): Promise<boolean> {
  const pending = await ConversationModel.exists({ _id: conversationId, 'pending._id': messageId })
  return pending !== null || (await MessageModel.exists({ _id: messageId })) !== null
}
