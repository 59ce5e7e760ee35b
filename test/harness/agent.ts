/** An agent for tests: signs in over REST and speaks the desk's protocol over a real socket. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { WebSocket } from 'ws'
import type {
  ConversationCard,
  DeskCommand,
  DeskFrame,
  OpenResult,
  WireMessage,
} from '../../gateway/desk/protocol.ts'
import type { WireError } from '../../gateway/errors.ts'
import { PATIENCE_MS } from './patience.ts'

export class SimulatedAgent {
  cookie = ''
  readonly frames: DeskFrame[] = []
  /** takes every frame as it comes; frames are kept all the same */
  onFrame: ((frame: DeskFrame) => void) | undefined
  private socket: WebSocket | undefined
  private requestId = 0
  private wake: (() => void)[] = []
  readonly base: string

  constructor(base: string) {
    this.base = base
  }

  /** Signs in; a one-time password is changed for one derived from it. */
  async signIn(userName: string, password: string): Promise<this> {
    let response = await this.rest('POST', '/session', { userName, password })
    // "storage is unavailable for a moment; retry shortly": what a person does then
    for (
      const deadline = Date.now() + PATIENCE_MS;
      response.status === 503 && Date.now() < deadline;
    ) {
      await new Promise((resolve) => setTimeout(resolve, 200))
      response = await this.rest('POST', '/session', { userName, password })
    }
    if (!response.ok) throw new Error(`sign-in: ${response.status} ${await response.text()}`)
    this.cookie = response.headers.getSetCookie()[0]!.split(';')[0]!
    const me = (await response.json()) as { mustChangePassword: boolean }
    if (me.mustChangePassword)
      await this.rest('POST', '/session/password', { current: password, next: `${password}-next` })
    return this
  }

  rest(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.cookie && { cookie: this.cookie }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }

  async get<T>(path: string): Promise<T> {
    const response = await this.rest('GET', path)
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }

  async connect(): Promise<this> {
    const seen = this.frames.length
    const socket = new WebSocket(`${this.base.replace('http', 'ws')}/desk/ws`, {
      headers: { cookie: this.cookie },
    })
    this.socket = socket
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as DeskFrame
      this.frames.push(frame)
      this.onFrame?.(frame)
      this.stir()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => this.stir())
    await once(socket, 'open')
    await this.until(
      () => this.frames.slice(seen).some((frame) => frame.t === 'welcome'),
      'welcome',
    )
    return this
  }

  get isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN
  }

  cut(): void {
    this.socket?.terminate()
  }

  sendRaw(data: string): void {
    this.socket!.send(data)
  }

  /** Sends a command and waits for its answer. @throws the WireError of a refusal as RefusedError */
  async do(command: DeskCommand): Promise<unknown> {
    const id = ++this.requestId
    this.socket!.send(JSON.stringify({ id, command }))
    const find = () =>
      this.frames.find((frame) => (frame.t === 'done' || frame.t === 'refused') && frame.id === id)
    await this.until(() => find() !== undefined, `an answer to ${command.do}`)
    const answer = find()!
    if (answer.t === 'refused') throw new RefusedError(answer.error)
    return (answer as Extract<DeskFrame, { t: 'done' }>).result
  }

  async ready(): Promise<this> {
    await this.do({ do: 'state', state: 'ready' })
    return this
  }

  /** As an administrator: the queues are staffed at any hour, so that no test depends on the time of day. */
  async openAllHours(): Promise<this> {
    const allDay = Array.from({ length: 7 }, () => [{ fromMinute: 0, toMinute: 1440 }])
    const { items } = await this.get<{ items: { id: string; name: object; timezone: string }[] }>(
      '/schedules',
    )
    for (const { id, name, timezone } of items) {
      const body = { name, timezone, week: allDay, exceptions: [] }
      const response = await this.rest('PUT', `/schedules/${id}`, body)
      if (!response.ok) throw new Error(await response.text())
    }
    return this
  }

  /** Waits for an offer to this agent. */
  async offered(): Promise<ConversationCard> {
    const me = this.welcome.me.id
    const find = () => this.card((card) => card.offer?.agentId === me)
    await this.until(() => find() !== undefined, 'an offer')
    return find()!
  }

  /** Waits for an offer, takes it and opens the thread. */
  async accept(): Promise<OpenResult> {
    const card = await this.offered()
    await this.take(card).catch(async (error: unknown) => {
      if (!(error instanceof RefusedError) || error.error.code !== 'STORE_DOWN') throw error
      // "unavailable for a moment; retry shortly": who looks again sees whether it was taken after all
      await this.again(() => this.open(card.id))
      if (this.card(({ id }) => id === card.id)?.agentId !== this.welcome.me.id)
        await this.again(() => this.take(card))
    })
    return this.again(() => this.open(card.id))
  }

  private take(card: ConversationCard): Promise<unknown> {
    return this.do({ do: 'accept', conversationId: card.id, offerId: card.offer!.id })
  }

  /** Does what a person does while the store is away: tries until it is back. */
  private async again<T>(task: () => Promise<T>): Promise<T> {
    for (const deadline = Date.now() + PATIENCE_MS; ;) {
      try {
        return await task()
      } catch (error) {
        const away = error instanceof RefusedError && error.error.code === 'STORE_DOWN'
        if (!away || Date.now() > deadline) throw error
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    }
  }

  async open(conversationId: string, afterSeq = 0): Promise<OpenResult> {
    return (await this.do({ do: 'open', conversationId, afterSeq })) as OpenResult
  }

  async say(
    conversationId: string,
    text: string,
    clientMsgId: string = randomUUID(),
  ): Promise<string> {
    // the same one twice is one message
    await this.again(() =>
      this.do({ do: 'send', conversationId, clientMsgId, content: { type: 'text', text } }),
    )
    return clientMsgId
  }

  /** Waits for a pushed message that fits. */
  async hears(expected: RegExp): Promise<WireMessage> {
    const find = () =>
      this.frames.find(
        (frame) =>
          frame.t === 'message' &&
          frame.message.parts.some((part) => part.type === 'text' && expected.test(part.text)),
      )
    await this.until(() => find() !== undefined, `a message like ${expected}`)
    return (find() as Extract<DeskFrame, { t: 'message' }>).message
  }

  get welcome(): Extract<DeskFrame, { t: 'welcome' }> {
    return this.frames.findLast((frame) => frame.t === 'welcome') as never
  }

  /** The latest picture of the conversation that fits, as the console's list would show it. */
  card(fits: (card: ConversationCard) => boolean): ConversationCard | undefined {
    const latest = new Map<string, ConversationCard>()
    for (const frame of this.frames) {
      if (frame.t === 'welcome') {
        latest.clear()
        for (const card of frame.conversations) latest.set(card.id, card)
      } else if (frame.t === 'conversation') latest.set(frame.card.id, frame.card)
      else if (frame.t === 'gone') latest.delete(frame.conversationId)
    }
    return [...latest.values()].find(fits)
  }

  async until(holds: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS
    while (!holds()) {
      const leftMs = deadline - Date.now()
      if (leftMs <= 0) throw new Error(`agent waited in vain for ${what}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs)
        this.wake.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  private stir(): void {
    for (const wake of this.wake.splice(0)) wake()
  }
}

export class RefusedError extends Error {
  readonly error: WireError
  constructor(error: WireError) {
    super(error.code)
    this.error = error
  }
}
