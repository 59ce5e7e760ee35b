import { createHmac } from 'node:crypto'
import { expect } from 'chai'
import { VisitorTokens } from '../../../channels/webchat/visitor-token.ts'
import { SimulatedAgent } from '../../harness/agent.ts'
import type { SimulatedChat } from '../../harness/chat.ts'
import { simulateChat } from '../../harness/chat.ts'
import type { RunningProduct } from '../../harness/product.ts'
import { runProduct } from '../../harness/product.ts'
import { RawSocket } from '../../gateway/raw-socket.ts'
import { expectHealthy, expectWireError } from '../../gateway/refusals.ts'

describe('web chat is spoken to badly', function () {
  this.timeout(60_000)
  let product: RunningProduct
  let visitor: SimulatedChat
  const sockets: RawSocket[] = []

  before(async () => {
    product = await runProduct()
    visitor = await simulateChat(product.url)
  })
  after(() => product.stop())
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.cut()
    await expectHealthy(product)
  })

  async function raw(headers: Record<string, string> = {}, query = ''): Promise<RawSocket> {
    const socket = new RawSocket(`${product.url}/webchat/ws${query}`, headers)
    sockets.push(socket)
    return socket
  }

  /** A socket that has said hello with a token of the server. */
  async function welcomed(): Promise<RawSocket> {
    const { token } = await simulateChat(product.url)
    const socket = await (await raw()).open()
    socket.send({ t: 'hello', token, lang: 'zh-CN' })
    await socket.frame('ready')
    return socket
  }

  const text = (content: string, clientMsgId = 'message-1') => ({
    t: 'say',
    clientMsgId,
    content: { type: 'text', text: content },
  })

  describe('frames', () => {
    it('a frame beyond the limit closes the socket with 1009', async () => {
      const socket = await welcomed()
      socket.send(text('长'.repeat(40_000)))
      expect(await socket.closed()).to.equal(1009)
    })

    it('a binary frame closes the socket with 1008', async () => {
      const socket = await welcomed()
      socket.send(Buffer.from([0, 1, 2, 255]))
      expect(await socket.closed()).to.equal(1008)
    })

    it('text that is no JSON is refused, and the socket lives on', async () => {
      const socket = await welcomed()
      for (const broken of ['{', '', 'hello', '{"t":"say",}', '\u0000', '[1,2'])
        expectWireError((await socket.refused(broken)).error, 'BAD_JSON', broken)
      socket.send({ t: 'ping' })
      await socket.frame('pong')
    })

    it('JSON that is no frame of the protocol is refused', async () => {
      const socket = await welcomed()
      const frames: unknown[] = [
        'null',
        '42',
        '[]',
        '"hello"',
        {},
        { t: 'shutdown' },
        { t: { $ne: null } },
        { t: 'say' },
        { t: 'say', clientMsgId: 'x', content: { type: 'text', text: 'a' } },
        { t: 'say', clientMsgId: { $gt: '' }, content: { type: 'text', text: 'a' } },
        { t: 'say', clientMsgId: 'message-1', content: { type: 'text', text: { $gt: '' } } },
        { t: 'say', clientMsgId: 'message-1', content: { type: 'script', text: 'a' } },
        { t: 'say', clientMsgId: 'message-1', content: { type: 'location', lat: 91, lng: 0 } },
        { t: 'say', clientMsgId: 'message-1', content: { type: 'media', blobId: '../../etc' } },
        { t: 'seen', conversationId: 'a', seq: -1, state: 'read' },
        { t: 'seen', conversationId: 'a', seq: 1, state: 'failed' },
        '{"t":"typing","__proto__":{"on":true}}',
        `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
      ]
      for (const frame of frames)
        expectWireError((await socket.refused(frame)).error, 'BAD_REQUEST', JSON.stringify(frame))
    })

    it('a refused message is named by its id, so that the page can mark it', async () => {
      const socket = await welcomed()
      const refused = await socket.refused(text('字'.repeat(4001), 'too-long-1'))
      expectWireError(refused.error, 'MESSAGE_TOO_LONG')
      expect(refused.clientMsgId).to.equal('too-long-1')
      const empty = await socket.refused(text(' \n\t ', 'empty-word'))
      expectWireError(empty.error, 'MESSAGE_EMPTY')
      expect(empty.clientMsgId).to.equal('empty-word')
      socket.send(text('字'.repeat(4000), 'just-right'))
      await socket.frame('stored')
    })

    it('a receipt for somebody else’s conversation changes nothing', async () => {
      const admin = await new SimulatedAgent(product.url).signIn('admin', product.password('admin'))
      const other = await simulateChat(product.url)
      await other.ask('你好', /欢迎|热线/)
      const { conversationId, seq } = [...other.messages.values()].at(-1)!
      const socket = await welcomed()
      socket.send({ t: 'seen', conversationId, seq, state: 'read' })
      socket.send({ t: 'seen', conversationId: 'no-such', seq, state: 'read' })
      socket.send({ t: 'ping' })
      await socket.frame('pong')
      const { messages } = await admin.get<{ messages: { delivery?: { state: string } }[] }>(
        `/conversations/${conversationId}/messages`,
      )
      const states = messages.flatMap(({ delivery }) => (delivery ? [delivery.state] : []))
      expect(states).not.to.be.empty
      expect(states).not.to.include('read')
    })

    it('somebody else’s file cannot be sent', async () => {
      const form = new FormData()
      form.append('file', new Blob(['给自己的备忘']), 'note.txt')
      const upload = await fetch(`${product.url}/webchat/uploads`, {
        method: 'POST',
        headers: { authorization: `Bearer ${visitor.token}` },
        body: form,
      })
      const { blobId } = (await upload.json()) as { blobId: string }
      const socket = await welcomed()
      for (const each of [blobId, 'no-such-file']) {
        const content = { type: 'media', blobId: each }
        const refused = await socket.refused({ t: 'say', clientMsgId: 'media-001', content })
        expectWireError(refused.error, 'NOT_FOUND')
      }
      await visitor.say({ type: 'media', blobId })
    })
  })

  describe('tokens', () => {
    const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')
    const signed = (header: object, payload: object, secret: string) => {
      const head = `${encode(header)}.${encode(payload)}`
      return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`
    }

    async function expectExpired(token: string): Promise<void> {
      const socket = await (await raw()).open()
      socket.send({ t: 'hello', token, lang: 'zh-CN' })
      expectWireError((await socket.frame('expired')).error, 'BAD_TOKEN', token)
      // not let in by the back door either
      expectWireError((await socket.refused(text('hello'))).error, 'UNAUTHENTICATED')
      socket.cut()
    }

    it('one that is forged in any of the usual ways is refused', async () => {
      const [header, payload, signature] = visitor.token.split('.') as [string, string, string]
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
      const foreign = new VisitorTokens('another secret')
      const forgeries = [
        '',
        'not a token',
        'a.b.c',
        '.'.repeat(50),
        `${header}.${payload}.`,
        `${header}.${payload}.${signature.split('').reverse().join('')}`,
        `${header}.${encode({ ...claims, sub: 'somebody-else' })}.${signature}`,
        `${encode({ alg: 'none' })}.${payload}.`,
        `${encode({ alg: 'None' })}.${payload}.${signature}`,
        signed({ alg: 'HS256' }, claims, ''),
        signed({ alg: 'HS256' }, claims, 'webchat|'),
        signed({ alg: 'HS512' }, claims, 'x'),
        signed({ alg: 'HS256', crit: ['b64'], b64: false }, claims, 'x'),
        (await foreign.sign({ visitorId: visitor.visitorId, accountId: 'web' }, Date.now())).token,
      ]
      for (const token of forgeries) await expectExpired(token)
    })

    it('one of ours that has expired, or lacks its claims, is refused by the signer itself', async () => {
      const tokens = new VisitorTokens('secret')
      const longAgo = Date.now() - 366 * 86_400_000
      const expired = await tokens.sign({ visitorId: 'v', accountId: 'web' }, longAgo)
      const fresh = await tokens.sign({ visitorId: 'v', accountId: 'web' }, Date.now())
      expect(await tokens.verify(fresh.token)).to.deep.equal({ visitorId: 'v', accountId: 'web' })
      const claims = { iss: 'yilu.webchat', exp: Math.floor(Date.now() / 1000) + 60 }
      const key = 'webchat|secret'
      const bad = [
        expired.token,
        signed({ alg: 'HS256' }, { ...claims, sub: 'v' }, key),
        signed({ alg: 'HS256' }, { ...claims, acc: 'web' }, key),
        signed({ alg: 'HS256' }, { ...claims, sub: 'v', acc: { $ne: '' } }, key),
        signed({ alg: 'HS256' }, { ...claims, sub: 'v', acc: 'web', iss: 'yilu.desk' }, key),
      ]
      for (const token of bad) {
        const error = await tokens.verify(token).catch((caught: unknown) => caught)
        expect(error).to.include({ code: 'BAD_TOKEN' })
      }
    })

    it('nothing can be said before hello', async () => {
      const socket = await (await raw()).open()
      for (const frame of [text('hello'), { t: 'leave' }, { t: 'ping' }, { t: 'lang', lang: 'en' }])
        expectWireError((await socket.refused(frame)).error, 'UNAUTHENTICATED')
    })

    it('a forged token is no way to get another visitor’s name: a new visitor is made', async () => {
      const [header, payload] = visitor.token.split('.') as [string, string]
      const response = await fetch(`${product.url}/webchat/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ account: 'web', token: `${header}.${payload}.AAAA` }),
      })
      const answer = (await response.json()) as { visitorId: string }
      expect(answer.visitorId).to.be.a('string').and.not.equal(visitor.visitorId)
    })
  })

  describe('the handshake', () => {
    it('from an origin that is not on the list is refused before it is answered', async () => {
      for (const origin of ['https://evil.example', 'null', 'file://', 'http://localhost.evil']) {
        const { status, error } = await (await raw({ origin })).refusedAtTheDoor()
        expect(status).to.equal(403)
        expectWireError(error, 'BAD_ORIGIN', origin)
      }
      await (await raw({ origin: product.url })).open()
    })

    it('for an account that does not exist, or is no web chat, is refused', async () => {
      for (const account of ['nobody', '', '..', '%00', '[$ne]=']) {
        const { status, error } = await (await raw({}, `?account=${account}`)).refusedAtTheDoor()
        expect(status, account).to.equal(404)
        expectWireError(error, 'NOT_FOUND', account)
      }
    })

    it('at another address is refused', async () => {
      const socket = new RawSocket(`${product.url}/socket.io/?EIO=4`)
      const { status, error } = await socket.refusedAtTheDoor()
      expect(status).to.equal(404)
      expectWireError(error, 'NOT_FOUND')
    })
  })
})
