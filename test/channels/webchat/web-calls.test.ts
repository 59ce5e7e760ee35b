import { expect } from 'chai'
import { EventEmitter, once } from 'node:events'
import type { WebSocket } from 'ws'
import type { ServerFrame } from '../../../channels/webchat/protocol.ts'
import { Webchat } from '../../../channels/webchat/webchat.ts'
import type { WebchatOptions } from '../../../channels/webchat/webchat.ts'
import type { WebCalls } from '../../../channels/webchat/web-calls.ts'
import { VisitorTokens } from '../../../channels/webchat/visitor-token.ts'
import { YiluError } from '../../../gateway/errors.ts'

const OFFER = 'v=0 offer of the visitor'
const visitor = { visitorId: 'v1', accountId: 'web' }
const thread = { accountId: 'web', threadKey: 'v1' }

/** A browser's end of the socket. */
class FakeSocket extends EventEmitter {
  readonly OPEN = 1
  readyState = 1
  bufferedAmount = 0
  readonly frames: ServerFrame[] = []
  send(text: string): void {
    this.frames.push(JSON.parse(text) as ServerFrame)
    this.emit('sent')
  }
  close(): void {
    this.emit('close')
  }
  terminate(): void {
    this.emit('close')
  }
  ping(): void {}
  says(frame: unknown): void {
    this.emit('message', Buffer.from(JSON.stringify(frame)), false)
  }
  async frame<T extends ServerFrame['t']>(t: T): Promise<Extract<ServerFrame, { t: T }>> {
    for (;;) {
      const found = this.frames.find((one) => one.t === t)
      if (found) return found as Extract<ServerFrame, { t: T }>
      await once(this, 'sent')
    }
  }
}

class FakeCalls implements WebCalls {
  readonly opened: string[] = []
  readonly ended: string[] = []
  readonly pressed: string[] = []
  refusal: Error | undefined
  offered = () => true
  async open({ visitorId }: typeof visitor, sdp: string): Promise<string> {
    if (this.refusal) throw this.refusal
    this.opened.push(`${visitorId} ${sdp}`)
    return 'v=0 answer of the house'
  }
  async end({ visitorId }: typeof visitor): Promise<void> {
    this.ended.push(visitorId)
  }
  async keys(_visitor: typeof visitor, digits: string): Promise<void> {
    this.pressed.push(digits)
  }
}

describe('web chat: calls in the browser', () => {
  const sockets: FakeSocket[] = []
  const tokens = new VisitorTokens('a secret of the test')

  async function open(calls: WebCalls | undefined) {
    const errors: unknown[] = []
    const webchat = new Webchat({
      context: {
        thread: async () => ({ messages: [] }),
        presence: async () => undefined,
      } as unknown as WebchatOptions['context'],
      tokens,
      files: {} as WebchatOptions['files'],
      now: Date.now,
      onError: (error) => errors.push(error),
      ...(calls && { calls }),
    })
    const connect = async () => {
      const socket = new FakeSocket()
      sockets.push(socket)
      webchat.accept(socket as unknown as WebSocket)
      const { token } = await tokens.sign(visitor, Date.now())
      socket.says({ t: 'hello', token, lang: 'en' })
      return { socket, ready: await socket.frame('ready') }
    }
    return { webchat, connect, errors }
  }
  afterEach(() => sockets.splice(0).forEach((socket) => socket.close()))

  it('the offer gets its answer on the page that asked, and keys and the end arrive', async () => {
    const calls = new FakeCalls()
    const { connect } = await open(calls)
    const { socket, ready } = await connect()
    const { socket: other } = await connect()
    expect(ready.calls).to.equal(true)
    socket.says({ t: 'call', sdp: OFFER })
    expect((await socket.frame('callAnswer')).sdp).to.equal('v=0 answer of the house')
    socket.says({ t: 'callKeys', digits: '12#' })
    socket.says({ t: 'callEnd' })
    socket.says({ t: 'ping' })
    await socket.frame('pong')
    expect(calls.opened).to.deep.equal([`v1 ${OFFER}`])
    expect(calls.pressed).to.deep.equal(['12#'])
    expect(calls.ended).to.deep.equal(['v1'])
    expect(other.frames.map(({ t }) => t)).to.not.include('callAnswer')
  })

  it('all lines busy: the attempt ends with the reason', async () => {
    const calls = new FakeCalls()
    calls.refusal = new YiluError('CALLS_FULL')
    const { connect, errors } = await open(calls)
    const { socket } = await connect()
    socket.says({ t: 'call', sdp: OFFER })
    const { reason, error } = await socket.frame('callEnded')
    expect([reason, error?.code]).to.deep.equal(['refused', 'CALLS_FULL'])
    expect(errors).to.deep.equal([])
  })

  it('where there is no telephony there is no button, and a call is refused', async () => {
    const { connect } = await open(undefined)
    const { socket, ready } = await connect()
    expect(ready).to.not.have.property('calls')
    socket.says({ t: 'call', sdp: OFFER })
    expect((await socket.frame('callEnded')).error?.code).to.equal('TELEPHONY_OFF')
  })

  it('an inner fault is told as one, and logged', async () => {
    const calls = new FakeCalls()
    calls.refusal = new Error('a worker is gone')
    const { connect, errors } = await open(calls)
    const { socket } = await connect()
    socket.says({ t: 'call', sdp: OFFER })
    expect((await socket.frame('callEnded')).error?.code).to.equal('INTERNAL')
    expect(errors).to.deep.equal([calls.refusal])
  })

  it('lines in a row are held back: each is dear', async () => {
    const calls = new FakeCalls()
    const { connect } = await open(calls)
    const { socket } = await connect()
    for (let count = 0; count < 40; count++) socket.says({ t: 'call', sdp: OFFER })
    socket.says({ t: 'ping' })
    await socket.frame('pong')
    expect(calls.opened.length).to.be.below(40)
    expect((await socket.frame('callEnded')).error?.code).to.equal('RATE_LIMITED')
  })

  it('an SDP that is none by its size is refused before anybody reads it', async () => {
    const calls = new FakeCalls()
    const { connect } = await open(calls)
    const { socket } = await connect()
    socket.says({ t: 'call', sdp: 'x'.repeat(20_001) })
    socket.says({ t: 'callKeys', digits: 'tel:110' })
    socket.says({ t: 'ping' })
    await socket.frame('pong')
    expect(socket.frames.filter(({ t }) => t === 'refused')).to.have.length(2)
    expect([calls.opened, calls.pressed]).to.deep.equal([[], []])
  })

  it('the far end hangs up: every page of the visitor is told', async () => {
    const { webchat, connect } = await open(new FakeCalls())
    const pages = [await connect(), await connect()]
    webchat.callEnded(thread, 'hungUp')
    for (const { socket } of pages)
      expect((await socket.frame('callEnded')).reason).to.equal('hungUp')
  })
})
