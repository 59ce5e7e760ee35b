/** Web chat: the widget's WebSocket on one side, the intake on the other. */
import type { WebSocket } from 'ws'
import type { Conversation } from '../../gateway/domain/conversation.ts'
import type { Message } from '../../gateway/domain/message.ts'
import { fail, wireError, YiluError } from '../../gateway/errors.ts'
import type { Files } from '../../gateway/files/files.ts'
import type {
  ChannelAdapter,
  ChannelContext,
  Envelope,
  OutgoingMessage,
  SendResult,
  StandingNotice,
  ThreadOf,
} from '../channel.ts'
import { Allowance } from './allowance.ts'
import type {
  CallEndReason,
  ChatStatus,
  ClientFrame,
  SayContent,
  ServerFrame,
  VisitorMessage,
} from './protocol.ts'
import { clientFrame, MAX_TEXT_CHARS } from './protocol.ts'
import type { Visitor, VisitorTokens } from './visitor-token.ts'
import type { WebCalls } from './web-calls.ts'

/** A person types slower; a burst is a browser sending what it had kept while offline. */
const MESSAGES_PER_SECOND = 5
const MESSAGE_BURST = 30
/** Every frame counts here, good or bad; beyond it the socket is closed. */
const FRAMES_PER_SECOND = 50
const FRAME_BURST = 300
const SOCKETS_PER_VISITOR = 10
const MAX_ALLOWANCES = 50_000
const HELLO_WITHIN_MS = 10_000
const PING_MS = 25_000
const MAX_BUFFERED_BYTES = 1024 * 1024

interface Client extends Visitor {
  socket: WebSocket
  lang: 'zh-CN' | 'en'
}

export interface WebchatOptions {
  context: ChannelContext
  tokens: VisitorTokens
  files: Files
  /** absent where there is no telephony: no call button, and `call` is refused */
  calls?: WebCalls
  now: () => number
  onError: (error: unknown) => void
}

export class Webchat implements ChannelAdapter {
  readonly channel = 'webchat'
  readonly capabilities = {
    idempotentSend: true,
    typing: true,
    quickReplies: true,
    cards: true,
    media: true,
    maxTextChars: MAX_TEXT_CHARS,
  }
  private readonly clients = new Map<string, Set<Client>>()
  private readonly allowances = new Map<string, Allowance>()
  private readonly sockets = new Set<WebSocket>()
  private readonly options: WebchatOptions

  constructor(options: WebchatOptions) {
    this.options = options
  }

  get size(): number {
    return this.sockets.size
  }

  /** Takes over a socket whose origin was checked. Its first frame must be `hello`. */
  accept(socket: WebSocket): void {
    const { now, onError } = this.options
    let client: Client | undefined
    let alive = true
    let flooded = false
    let chain: Promise<void> = Promise.resolve()
    const frames = new Allowance(FRAMES_PER_SECOND, FRAME_BURST, now())
    const helloTimer = setTimeout(() => socket.close(4000, 'hello expected'), HELLO_WITHIN_MS)
    const heartbeat = setInterval(() => {
      if (!alive) return socket.terminate()
      alive = false
      socket.ping()
    }, PING_MS)
    this.sockets.add(socket)
    socket.on('pong', () => (alive = true))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      clearTimeout(helloTimer)
      clearInterval(heartbeat)
      this.sockets.delete(socket)
      if (client) this.leave(client)
    })
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      alive = true
      if (flooded) return
      if (isBinary) return socket.close(1008, 'text frames only')
      if (frames.take(now()) > 0) {
        flooded = true
        // what came before still gets its answer
        void chain.then(() => socket.close(1008, 'too many frames'))
        return
      }
      const text = data.toString('utf8')
      // one frame after the other: what a visitor says keeps its order
      chain = chain
        .then(async () => {
          const frame = parse(text)
          if (frame.t === 'hello') {
            clearTimeout(helloTimer)
            client = await this.hello(frame, socket, client)
          } else if (client) await this.handle(frame, client)
          else fail('UNAUTHENTICATED')
        })
        .catch((error: unknown) => {
          if (!(error instanceof YiluError)) onError(error)
          const bad = error instanceof YiluError && error.code === 'BAD_TOKEN'
          if (bad) return write(socket, { t: 'expired', error: wireError(error) })
          const clientMsgId = clientMsgIdOf(text)
          write(socket, {
            t: 'refused',
            error: wireError(error),
            ...(clientMsgId && { clientMsgId }),
          })
        })
    })
  }

  async send({ message, leg }: OutgoingMessage): Promise<SendResult> {
    // kept in the conversation and shown at the next hello when nobody is connected now
    this.broadcast(leg, { t: 'message', message: this.visible(message) })
    return { ok: true, state: 'sent' }
  }

  echo(leg: ThreadOf, message: Message): void {
    this.broadcast(leg, { t: 'message', message: this.visible(message) })
  }

  typing(leg: ThreadOf, on: boolean, name?: string): void {
    this.broadcast(leg, { t: 'typing', on, ...(name && { name }) })
  }

  standing(leg: ThreadOf, notice: StandingNotice): void {
    this.broadcast(leg, { t: 'status', status: chatStatus(notice) })
  }

  readByAgent(leg: ThreadOf, conversationId: string, seq: number): void {
    this.broadcast(leg, { t: 'read', conversationId, seq })
  }

  /** The visitor's call is over; each of their pages is told. */
  callEnded(leg: ThreadOf, reason: CallEndReason): void {
    this.broadcast(leg, { t: 'callEnded', reason })
  }

  online(leg: ThreadOf): boolean {
    return this.clients.has(keyOf(leg))
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.close(1001, 'server stopping')
  }

  private async hello(
    frame: Extract<ClientFrame, { t: 'hello' }>,
    socket: WebSocket,
    before: Client | undefined,
  ): Promise<Client> {
    const visitor = await this.options.tokens.verify(frame.token)
    if (before) this.leave(before)
    const client: Client = { ...visitor, socket, lang: frame.lang }
    const thread = threadOf(client)
    const others = this.clients.get(keyOf(thread)) ?? new Set()
    if (others.size >= SOCKETS_PER_VISITOR) fail('RATE_LIMITED')
    // connected first, then the past: what happens in between comes twice rather than never
    others.add(client)
    this.clients.set(keyOf(thread), others)
    const view = await this.options.context.thread(client.accountId, client.visitorId, frame.resume)
    write(socket, {
      t: 'ready',
      visitorId: client.visitorId,
      lang: frame.lang,
      status: view.standing ? chatStatus(view.standing) : { state: 'bot' },
      maxTextChars: MAX_TEXT_CHARS,
      ...(this.options.calls?.offered(client.accountId) && { calls: true }),
    })
    for (const message of view.messages)
      write(socket, { t: 'message', message: this.visible(message) })
    if (others.size === 1) await this.presence(client, true)
    await this.switchLanguage(client, view.conversation)
    return client
  }

  /** A visitor whose page is in another language than the open conversation wants that one. */
  private async switchLanguage(
    client: Client,
    conversation: Conversation | undefined,
  ): Promise<void> {
    if (!conversation || conversation.state === 'closed' || conversation.lang === client.lang)
      return
    await this.receive(client, `lang:${client.lang}:${conversation.version}`, {
      kind: 'lang',
      parts: [],
    })
  }

  private async handle(frame: Exclude<ClientFrame, { t: 'hello' }>, client: Client): Promise<void> {
    const { context, now } = this.options
    const { accountId, visitorId, socket } = client
    switch (frame.t) {
      case 'say':
        return this.say(frame.clientMsgId, frame.content, client)
      case 'typing':
        return context.typing(accountId, visitorId, frame.on)
      case 'seen':
        return context.receipt({
          accountId,
          threadKey: visitorId,
          conversationId: frame.conversationId,
          seq: frame.seq,
          state: frame.state,
        })
      case 'lang':
        client.lang = frame.lang
        return this.receive(client, `lang:${frame.lang}:${now()}`, { kind: 'lang', parts: [] })
      case 'leave':
        return this.receive(client, `leave:${now()}`, { kind: 'leave', parts: [] })
      case 'call':
        return this.call(frame.sdp, client)
      case 'callEnd':
        return this.options.calls?.end(client)
      case 'callKeys':
        return this.options.calls?.keys(client, frame.digits)
      case 'ping':
        write(socket, { t: 'pong' })
    }
  }

  /** Answers the page that asked; a refusal ends its attempt with the reason. */
  private async call(sdp: string, client: Client): Promise<void> {
    try {
      const { calls } = this.options
      if (!calls) fail('TELEPHONY_OFF')
      // each costs tens of milliseconds of set-up, so they count like words
      if (this.allowance(client).take(this.options.now()) > 0) fail('RATE_LIMITED')
      write(client.socket, { t: 'callAnswer', sdp: await calls.open(client, sdp, client.lang) })
    } catch (error) {
      if (!(error instanceof YiluError)) this.options.onError(error)
      write(client.socket, { t: 'callEnded', reason: 'refused', error: wireError(error) })
    }
  }

  private async say(clientMsgId: string, content: SayContent, client: Client): Promise<void> {
    try {
      const waitMs = this.allowance(client).take(this.options.now())
      if (waitMs > 0) {
        const error = wireError(new YiluError('RATE_LIMITED'))
        write(client.socket, { t: 'refused', clientMsgId, error, retryAfterMs: waitMs })
        return
      }
      await this.receive(client, clientMsgId, {
        kind: 'message',
        parts: [await this.partOf(content, client)],
      })
      write(client.socket, { t: 'stored', clientMsgId })
    } catch (error) {
      if (!(error instanceof YiluError)) this.options.onError(error)
      const known = error instanceof YiluError ? error : new YiluError('STORE_DOWN')
      // what failed on our side is worth another try; what the table refuses is not
      const retry = known.status >= 500 ? { retryAfterMs: 2000 } : {}
      write(client.socket, { t: 'refused', clientMsgId, error: wireError(known), ...retry })
    }
  }

  private async receive(
    client: Client,
    dedupe: string,
    what: Pick<Envelope, 'kind' | 'parts'>,
  ): Promise<void> {
    await this.options.context.receive({
      ...what,
      accountId: client.accountId,
      channel: 'webchat',
      threadKey: client.visitorId,
      dedupeKey: `${client.visitorId}:${dedupe}`,
      lang: client.lang,
      identity: {
        kind: 'webVisitor',
        scope: client.accountId,
        value: client.visitorId,
        assurance: 'observed',
      },
    })
  }

  private async partOf(content: SayContent, client: Client): Promise<Envelope['parts'][number]> {
    switch (content.type) {
      case 'text': {
        const text = content.text.trim()
        return text ? { type: 'text', text } : fail('MESSAGE_EMPTY')
      }
      case 'choice':
      case 'location':
        return content
      case 'media': {
        const file = await this.options.files.find(content.blobId)
        if (file?.by !== client.visitorId) return fail('NOT_FOUND')
        const { _id: blobId, kind, name, mime, bytes } = file
        return { type: 'media', kind, blobId, name, mime, bytes }
      }
    }
  }

  /** What a visitor is shown of a message. */
  private visible(message: Message): VisitorMessage {
    const { author } = message
    return {
      id: message._id,
      conversationId: message.conversationId,
      seq: message.seq,
      author: { kind: author.kind, ...(author.kind === 'agent' && { name: author.name }) },
      parts: this.options.files.withAddresses(
        message.parts.filter((part) => part.type !== 'event'),
      ) as VisitorMessage['parts'],
      atMs: message.at.getTime(),
      ...(message.lang && { lang: message.lang }),
      ...(message.direction === 'in' &&
        message.dedupeKey && {
          clientMsgId: message.dedupeKey.slice(message.dedupeKey.indexOf(':') + 1),
        }),
    }
  }

  private allowance(client: Client): Allowance {
    const key = keyOf(threadOf(client))
    const known = this.allowances.get(key)
    if (known) return known
    const fresh = new Allowance(MESSAGES_PER_SECOND, MESSAGE_BURST, this.options.now())
    this.allowances.set(key, fresh)
    // kept after the socket closes, or coming back would be a way round it
    if (this.allowances.size > MAX_ALLOWANCES)
      this.allowances.delete(this.allowances.keys().next().value!)
    return fresh
  }

  private leave(client: Client): void {
    const key = keyOf(threadOf(client))
    const others = this.clients.get(key)
    others?.delete(client)
    if (others?.size !== 0) return
    this.clients.delete(key)
    void this.presence(client, false).catch(this.options.onError)
  }

  private presence({ accountId, visitorId }: Client, online: boolean): Promise<void> {
    return this.options.context.presence(accountId, visitorId, online)
  }

  private broadcast(leg: ThreadOf, frame: ServerFrame): void {
    for (const { socket } of this.clients.get(keyOf(leg)) ?? []) write(socket, frame)
  }
}

const keyOf = ({ accountId, threadKey }: ThreadOf): string => `${accountId}|${threadKey}`
const threadOf = ({ accountId, visitorId }: Client): ThreadOf => ({
  accountId,
  threadKey: visitorId,
})

function parse(text: string): ClientFrame {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return fail('BAD_JSON')
  }
  const parsed = clientFrame.safeParse(raw)
  if (parsed.success) return parsed.data
  const tooLong = parsed.error.issues.some(
    ({ code, path }) => code === 'too_big' && path.at(-1) === 'text',
  )
  return fail(tooLong ? 'MESSAGE_TOO_LONG' : 'BAD_REQUEST', {
    issues: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  })
}

/** Which message a frame we could not read was about, so that the widget can mark it. */
function clientMsgIdOf(text: string): string | undefined {
  return /"clientMsgId":"([A-Za-z0-9_-]{8,64})"/.exec(text)?.[1]
}

function write(socket: WebSocket, frame: ServerFrame): void {
  if (socket.readyState !== socket.OPEN) return
  // a reader this slow comes back and resumes
  if (socket.bufferedAmount > MAX_BUFFERED_BYTES) return socket.terminate()
  socket.send(JSON.stringify(frame))
}

function chatStatus({ state, agentName, position, estimatedWaitMs }: StandingNotice): ChatStatus {
  switch (state) {
    case 'queued':
    case 'offered':
      return {
        state: 'waiting',
        ...(position && { position }),
        ...(estimatedWaitMs !== undefined && { estimatedWaitMs }),
      }
    case 'agent':
      return { state: 'agent', ...(agentName && { agentName }) }
    case 'closed':
      return { state: 'closed' }
    default:
      return { state: 'bot' }
  }
}
