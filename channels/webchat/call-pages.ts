/** The sockets of pages behind call links: each proposes a line for the conversation its link was made for. */
import type { WebSocket } from 'ws'
import { fail, wireError, YiluError } from '../../gateway/errors.ts'
import { Allowance } from './allowance.ts'
import type { CallLinks, OpenedLink } from './call-links.ts'
import type { CallPageFrame } from './call-page-protocol.ts'
import { callPageFrame } from './call-page-protocol.ts'
import type { ServerFrame } from './protocol.ts'
import type { LinkCalls } from './web-calls.ts'

const HELLO_WITHIN_MS = 10_000
const PING_MS = 25_000
/** A page sends an offer, at times a key, and pings. */
const FRAMES_PER_SECOND = 10
const FRAME_BURST = 60
const SOCKETS_PER_CONVERSATION = 5

type Frame =
  Extract<ServerFrame, { t: 'callAnswer' | 'callEnded' | 'refused' | 'pong' }> | { t: 'ready' }

interface Page {
  socket: WebSocket
  token: string
  conversationId: string
  lang: 'zh-CN' | 'en'
}

export interface CallPagesOptions {
  links: CallLinks
  calls: LinkCalls
  now: () => number
  onError: (error: unknown) => void
}

export class CallPages {
  private readonly pages = new Set<Page>()
  /** the page that talks, by conversation */
  private readonly talking = new Map<string, Page>()
  private readonly options: CallPagesOptions

  constructor(options: CallPagesOptions) {
    this.options = options
  }

  /** Takes over a socket whose origin was checked. Its first frame must be `hello`. */
  accept(socket: WebSocket): void {
    const { now, onError } = this.options
    let page: Page | undefined
    let alive = true
    let chain: Promise<void> = Promise.resolve()
    const frames = new Allowance(FRAMES_PER_SECOND, FRAME_BURST, now())
    const helloTimer = setTimeout(() => socket.close(4000, 'hello expected'), HELLO_WITHIN_MS)
    const heartbeat = setInterval(() => {
      if (!alive) return socket.terminate()
      alive = false
      socket.ping()
    }, PING_MS)
    socket.on('pong', () => (alive = true))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      clearTimeout(helloTimer)
      clearInterval(heartbeat)
      if (page) this.leave(page)
    })
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      alive = true
      if (isBinary) return socket.close(1008, 'text frames only')
      if (frames.take(now()) > 0) return socket.close(1008, 'too many frames')
      chain = chain
        .then(async () => {
          const frame = parse(data.toString('utf8'))
          if (frame.t !== 'hello') return this.handle(frame, page ?? fail('UNAUTHENTICATED'))
          clearTimeout(helloTimer)
          page ??= await this.hello(frame, socket)
          write(page, { t: 'ready' })
        })
        .catch((error: unknown) => {
          if (!(error instanceof YiluError)) onError(error)
          if (socket.readyState === socket.OPEN)
            socket.send(JSON.stringify({ t: 'refused', error: wireError(error) } satisfies Frame))
        })
    })
  }

  /** The call of this conversation is over, on our side or by a hang-up elsewhere. */
  callEnded(conversationId: string): void {
    const page = this.talking.get(conversationId)
    this.talking.delete(conversationId)
    if (page) write(page, { t: 'callEnded', reason: 'hungUp' })
  }

  stop(): void {
    for (const { socket } of this.pages) socket.close(1001, 'server stopping')
  }

  private async hello(
    { token, lang }: Extract<CallPageFrame, { t: 'hello' }>,
    socket: WebSocket,
  ): Promise<Page> {
    const { conversation } = await this.options.links.open(token)
    const { _id: conversationId } = conversation
    const others = [...this.pages].filter((each) => each.conversationId === conversationId)
    if (others.length >= SOCKETS_PER_CONVERSATION) fail('RATE_LIMITED')
    const page: Page = { socket, token, conversationId, lang }
    this.pages.add(page)
    // gone while the link was looked at
    if (socket.readyState !== socket.OPEN) this.leave(page)
    return page
  }

  private async handle(frame: Exclude<CallPageFrame, { t: 'hello' }>, page: Page): Promise<void> {
    const { calls } = this.options
    const { conversationId } = page
    const isTalking = this.talking.get(conversationId) === page
    switch (frame.t) {
      case 'call':
        return this.call(frame.sdp, page)
      case 'callEnd':
        if (!isTalking) return
        this.talking.delete(conversationId)
        return calls.endLinked(conversationId)
      case 'callKeys':
        return isTalking ? calls.keysLinked(conversationId, frame.digits) : undefined
      case 'ping':
        write(page, { t: 'pong' })
    }
  }

  private async call(sdp: string, page: Page): Promise<void> {
    const { links, calls, onError } = this.options
    const { conversationId, token, lang } = page
    try {
      const link: OpenedLink = await this.stillGood(token, links, conversationId)
      this.takeOver(page)
      write(page, { t: 'callAnswer', sdp: await calls.openLinked(link, sdp, lang) })
    } catch (error) {
      if (!(error instanceof YiluError)) onError(error)
      if (this.talking.get(conversationId) === page) this.talking.delete(conversationId)
      write(page, { t: 'callEnded', reason: 'refused', error: wireError(error) })
    }
  }

  /** A line that broke in the middle of a talk is renewed, though the link has expired meanwhile. */
  private async stillGood(
    token: string,
    links: CallLinks,
    conversationId: string,
  ): Promise<OpenedLink> {
    try {
      return await links.open(token)
    } catch (error) {
      const running = this.options.calls.running(conversationId)
      if (!running) throw error
      return running
    }
  }

  /** Where the link is opened a second time the call goes on there, and the first page is told. */
  private takeOver(page: Page): void {
    const before = this.talking.get(page.conversationId)
    this.talking.set(page.conversationId, page)
    if (!before || before === page) return
    const error = wireError(new YiluError('CALL_ELSEWHERE'))
    write(before, { t: 'callEnded', reason: 'refused', error })
  }

  /** A page that is gone: its line says so within seconds, and may come back on another socket until then. */
  private leave(page: Page): void {
    this.pages.delete(page)
    if (this.talking.get(page.conversationId) === page) this.talking.delete(page.conversationId)
  }
}

function parse(text: string): CallPageFrame {
  try {
    const parsed = callPageFrame.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : fail('BAD_REQUEST')
  } catch (error) {
    if (error instanceof YiluError) throw error
    return fail('BAD_JSON')
  }
}

function write({ socket }: Page, frame: Frame): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame))
}
