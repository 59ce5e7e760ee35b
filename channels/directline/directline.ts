/**
 * Direct Line 3.0: a Bot Framework client is a visitor like any other. Its conversation is our thread; what it
 * missed is read from the message store, so neither a restart nor another node loses anything.
 */
import { Readable } from 'node:stream'
import type { IncomingMessage } from 'node:http'
import type { WebSocket } from 'ws'
import { fail } from '../../gateway/errors.ts'
import type { Part } from '../../gateway/domain/message.ts'
import { newId } from '../../gateway/store/id.ts'
import type { Leg } from '../../gateway/domain/conversation.ts'
import type {
  Envelope,
  OutgoingMessage,
  ResumePoint,
  SendResult,
  StandingNotice,
  ThreadOf,
} from '../channel.ts'
import type { CheckResult, ProviderChannel, ProviderContext, ProviderSocket } from '../provider.ts'
import type { DirectLineAccount, DirectLineSettings } from './account.ts'
import { ActivityAllowances } from './activity-allowances.ts'
import { attachmentAddress } from './attachment-address.ts'
import { ClientTyping } from './client-typing.ts'
import { directLineDoors } from './directline-doors.ts'
import type { IncomingActivity } from './incoming-activity.ts'
import { languageOf, MAX_TEXT_CHARS, understand } from './incoming-activity.ts'
import { mediaPart } from './media-part.ts'
import { OpenStreams } from './open-streams.ts'
import { originAllowed } from './origins.ts'
import { activityOf, dedupeKeyOf, idOfIncoming } from './outgoing-activity.ts'
import { Refusal, refuse } from './refusal.ts'
import type { ReadThread } from './stream.ts'
import type { Pass } from './tokens.ts'
import { DirectLineTokens } from './tokens.ts'
import { readWatermark } from './watermark.ts'

const STREAM_PATH =
  /^\/channels\/directline\/([A-Za-z0-9_-]{1,64})\/v3\/directline\/conversations\/([A-Za-z0-9]{1,64})\/stream$/

/** What was posted, stored. */
export interface Posted {
  id: string
}

export class DirectLine implements ProviderChannel {
  readonly channel = 'directline'
  readonly capabilities = {
    idempotentSend: true,
    typing: true,
    quickReplies: true,
    cards: true,
    media: true,
    maxTextChars: MAX_TEXT_CHARS,
  }
  readonly doors
  readonly sockets: ProviderSocket[]
  private readonly context: ProviderContext<DirectLineSettings>
  private readonly tokens: DirectLineTokens
  private readonly streams: OpenStreams
  private readonly clientTyping: ClientTyping
  private readonly allowances = new ActivityAllowances()

  constructor(context: ProviderContext<DirectLineSettings>) {
    this.context = context
    this.tokens = new DirectLineTokens(context.now)
    this.streams = new OpenStreams(context)
    this.clientTyping = new ClientTyping(context)
    this.doors = directLineDoors({
      account: (id) => context.accounts.get(id),
      line: this,
      tokens: this.tokens,
      files: context.files,
      publicUrl: context.publicUrl,
      now: context.now,
      onError: (error) => context.onError(error, { channel: 'directline' }),
    })
    this.sockets = [
      {
        path: STREAM_PATH,
        // an empty frame every few seconds is all a client sends
        maxFrameBytes: 4096,
        admit: (request) => this.admit(request),
      },
    ]
  }

  async start(): Promise<void> {
    for (const { id } of this.context.accounts.all()) this.context.health.ok(id)
    this.context.accounts.onChange(() => {
      for (const { id } of this.context.accounts.all()) this.context.health.ok(id)
    })
  }

  async stop(): Promise<void> {
    this.clientTyping.stop()
    this.streams.close()
  }

  /** Nobody is called by us: it works when it can be reached. */
  async check(accountId: string): Promise<CheckResult> {
    return this.context.accounts.get(accountId)
      ? { ok: true }
      : { ok: false, code: 'ACCOUNT_DISABLED' }
  }

  async send({ leg }: OutgoingMessage): Promise<SendResult> {
    // kept in the conversation: whoever is not connected reads it when they come back
    this.streams.wake(leg)
    return { ok: true, state: 'sent' }
  }

  changed(leg: Leg): void {
    this.streams.wake(leg)
  }

  typing(leg: ThreadOf, on: boolean, name?: string): void {
    // it ends by itself at the client
    const from = { id: 'agent', role: 'bot' as const, ...(name && { name }) }
    if (on) this.streams.tell(leg, { type: 'typing', from })
  }

  /** Pages that want to show it listen for this event; others pass over it. */
  standing(leg: ThreadOf, notice: StandingNotice): void {
    const { state, agentName, position, estimatedWaitMs } = notice
    const value = { state, agentName, position, estimatedWaitMs }
    this.streams.tell(leg, {
      type: 'event',
      name: 'yilu/standing',
      from: { id: 'bot', role: 'bot' },
      value,
    })
  }

  online(leg: ThreadOf): boolean {
    return this.streams.has(leg)
  }

  /** The client came; the flow greets. @returns whether it was the first time */
  async begin(account: DirectLineAccount, pass: Pass, locale?: string): Promise<boolean> {
    const taken = await this.context.receive({
      ...this.envelope(account, pass, locale),
      kind: 'arrive',
      dedupeKey: `${pass.conversationId}:arrive`,
      parts: [],
    })
    return taken === 'new'
  }

  /**
   * Takes an activity; the same clientActivityID again changes nothing and is answered like the first time.
   * @param files stored with it
   */
  async post(
    account: DirectLineAccount,
    pass: Pass,
    activity: IncomingActivity,
    files: Extract<Part, { type: 'media' }>[] = [],
  ): Promise<Posted> {
    const thread = { accountId: account.id, threadKey: pass.conversationId }
    this.allowances.spend(thread, this.context.now())
    const key = dedupeKeyOf(thread.threadKey, activity.channelData?.clientActivityID, newId())
    const posted = { id: idOfIncoming(thread.threadKey, key) }
    const understood = understand(activity)
    const envelope = { ...this.envelope(account, pass, activity.locale), dedupeKey: key }
    switch (understood.as) {
      case 'message': {
        const inline = await Promise.all(
          understood.files.map(async ({ name, content }) =>
            mediaPart(
              await this.context.files.put(Readable.from([content]), name, thread.threadKey),
            ),
          ),
        )
        const parts = [...understood.parts, ...files, ...inline]
        if (!parts.length) refuse('EmptyMessage')
        await this.context.receive({ ...envelope, kind: 'message', parts })
        this.clientTyping.ends(thread)
        return posted
      }
      case 'tooLong':
        return refuse('MessageSizeTooBig')
      case 'typing':
        await this.clientTyping.begins(thread)
        return posted
      case 'leave':
        await this.context.receive({ ...envelope, kind: 'leave', parts: [] })
        return posted
      case 'arrive':
        await this.begin(account, pass, activity.locale)
        return posted
      case 'ignored':
        return posted
    }
  }

  /** @param base where the client reaches us: the part of the address before /conversations */
  async read(
    account: DirectLineAccount,
    { conversationId: threadKey, userId }: Pass,
    base: string,
    after: ResumePoint | undefined,
  ): Promise<ReadThread> {
    const { thread, now } = this.context
    let view = await thread(account.id, threadKey, after)
    const { conversation } = view
    // who comes back without a watermark sees the last conversation, also when it is over
    if (!after && conversation?.state === 'closed')
      view = await thread(account.id, threadKey, { conversationId: conversation._id, seq: 0 })
    const place = {
      ...{ threadKey, userId },
      fileUrl: (blobId: string) => attachmentAddress(account, base, blobId, now()),
    }
    const last = view.messages.at(-1)
    return {
      activities: view.messages.flatMap((message) => activityOf(message, place) ?? []),
      last: last && { conversationId: last.conversationId, seq: last.seq },
      standing: view.standing,
    }
  }

  /** Is there such a conversation? */
  async exists(account: DirectLineAccount, conversationId: string): Promise<boolean> {
    return (await this.context.thread(account.id, conversationId)).conversation !== undefined
  }

  private async admit(request: IncomingMessage): Promise<(socket: WebSocket) => void> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
    const [, accountId = '', conversationId] = STREAM_PATH.exec(pathname) ?? []
    const account = this.context.accounts.get(accountId) ?? fail('NOT_FOUND')
    if (!originAllowed(account, request, this.context.publicUrl)) fail('BAD_ORIGIN')
    const pass = await this.tokens
      .verifyStream(account, searchParams.get('t') ?? '')
      .catch((error: unknown) => {
        if (error instanceof Refusal) fail('BAD_TOKEN')
        throw error
      })
    if (pass.conversationId !== conversationId) fail('BAD_TOKEN')
    const after = readWatermark(searchParams.get('watermark'))
    const leg = { accountId: account.id, threadKey: pass.conversationId }
    return (socket) =>
      this.streams.accept(leg, {
        ...{ socket, after },
        read: (from) => this.read(account, pass, pass.base, from),
      })
  }

  private envelope(
    account: DirectLineAccount,
    { conversationId, userId, named }: Pass,
    locale: string | undefined,
  ): Omit<Envelope, 'kind' | 'parts' | 'dedupeKey'> {
    return {
      accountId: account.id,
      channel: 'directline',
      threadKey: conversationId,
      identity: {
        kind: 'directLineUser',
        scope: account.id,
        value: userId,
        // the site that holds the secret vouches for it
        assurance: named ? 'proven' : 'observed',
      },
      lang: languageOf(locale) ?? account.lang,
    }
  }
}
