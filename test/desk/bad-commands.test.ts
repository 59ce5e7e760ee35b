import { expect } from 'chai'
import type { RefusedError } from '../harness/agent.ts'
import { SimulatedAgent } from '../harness/agent.ts'
import type { SimulatedChat } from '../harness/chat.ts'
import { simulateChat } from '../harness/chat.ts'
import type { RunningProduct } from '../harness/product.ts'
import { runProduct } from '../harness/product.ts'
import type { DeskCommand } from '../../gateway/desk/protocol.ts'
import type { Role } from '../../gateway/domain/staff.ts'
import type { ErrorCode } from '../../gateway/errors.ts'
import { RawSocket } from '../gateway/raw-socket.ts'
import { expectHealthy, expectWireError } from '../gateway/refusals.ts'

describe('the desk is spoken to badly', function () {
  this.timeout(60_000)
  let product: RunningProduct
  let admin: SimulatedAgent
  let lin: SimulatedAgent
  let wang: SimulatedAgent
  let visitor: SimulatedChat
  /** lin has this conversation */
  let conversationId: string

  before(async () => {
    product = await runProduct()
    admin = await signedIn('admin')
    await admin.openAllHours()
    lin = await (await signedIn('lin')).connect()
    await lin.ready()
    visitor = await simulateChat(product.url)
    await visitor.say('人工')
    conversationId = (await lin.accept()).card.id
    wang = await added('wang', 'agent')
  })
  after(() => product.stop())
  afterEach(() => expectHealthy(product))

  function signedIn(userName: string): Promise<SimulatedAgent> {
    return new SimulatedAgent(product.url).signIn(userName, product.password(userName))
  }

  async function added(userName: string, role: Role): Promise<SimulatedAgent> {
    const body = { userName, displayName: userName, role }
    const created = await admin.rest('POST', '/staff', body)
    const { oneTimePassword } = (await created.json()) as { oneTimePassword: string }
    const agent = await new SimulatedAgent(product.url).signIn(userName, oneTimePassword)
    return agent.connect()
  }

  const knock = (headers: Record<string, string>) =>
    new RawSocket(`${product.url}/desk/ws`, headers)

  async function expectRefused(
    agent: SimulatedAgent,
    command: DeskCommand,
    code: ErrorCode,
  ): Promise<void> {
    const refused = await agent.do(command).then(
      () => undefined,
      (error: RefusedError) => error.error,
    )
    expectWireError(refused, code, `${command.do} ${JSON.stringify(refused)}`)
  }

  describe('at the door', () => {
    it('without a session, or with one that never was, nobody comes in', async () => {
      const cookies = [
        '',
        'yilu_session=',
        'yilu_session=forged',
        'yilu_session={"$gt":""}',
        '=;;=',
      ]
      for (const cookie of cookies) {
        const { status, error } = await knock({ cookie }).refusedAtTheDoor()
        expect(status).to.equal(401)
        expectWireError(error, 'UNAUTHENTICATED', cookie)
      }
    })

    it('a page of another site does not get in with a good cookie', async () => {
      for (const origin of ['https://evil.example', 'null', `${product.url}.evil.example`]) {
        const { status, error } = await knock({ cookie: lin.cookie, origin }).refusedAtTheDoor()
        expect(status).to.equal(403)
        expectWireError(error, 'BAD_ORIGIN', origin)
      }
      const own = await knock({ cookie: lin.cookie, origin: product.url }).open()
      own.cut()
    })

    it('a one-time password opens the desk only after it was changed', async () => {
      const body = { userName: 'newcomer', displayName: 'New', role: 'agent' }
      const created = await admin.rest('POST', '/staff', body)
      const { oneTimePassword } = (await created.json()) as { oneTimePassword: string }
      const newcomer = new SimulatedAgent(product.url)
      const session = await newcomer.rest('POST', '/session', {
        userName: 'newcomer',
        password: oneTimePassword,
      })
      const cookie = session.headers.getSetCookie()[0]!.split(';')[0]!
      const { status, error } = await knock({ cookie }).refusedAtTheDoor()
      expect(status).to.equal(403)
      expectWireError(error, 'PASSWORD_CHANGE_REQUIRED')
    })
  })

  describe('commands', () => {
    it('what is no command is refused, each with its id, and the console lives on', async () => {
      const socket = await knock({ cookie: wang.cookie }).open()
      const open = { do: 'open', conversationId, afterSeq: 0 }
      const cases: [unknown, ErrorCode][] = [
        ['{', 'BAD_JSON'],
        ['', 'BAD_JSON'],
        ['null', 'BAD_REQUEST'],
        ['7', 'BAD_REQUEST'],
        ['[]', 'BAD_REQUEST'],
        [{}, 'BAD_REQUEST'],
        [{ id: 1 }, 'BAD_REQUEST'],
        [{ id: -1, command: { do: 'ping' } }, 'BAD_REQUEST'],
        [{ id: '1', command: { do: 'ping' } }, 'BAD_REQUEST'],
        [{ id: 2, command: { do: 'reboot' } }, 'NO_SUCH_COMMAND'],
        [{ id: 3, command: {} }, 'NO_SUCH_COMMAND'],
        [{ id: 4, command: { ...open, conversationId: { $gt: '' } } }, 'BAD_REQUEST'],
        [{ id: 5, command: { ...open, afterSeq: 1e300 } }, 'BAD_REQUEST'],
        [{ id: 6, command: { ...open, conversationId: '' } }, 'BAD_REQUEST'],
        [{ id: 7, command: { do: 'state', state: 'wrapUp' } }, 'BAD_REQUEST'],
        [{ id: 8, command: { do: 'note', conversationId, clientMsgId: 'a' } }, 'BAD_REQUEST'],
      ]
      for (const [frame, code] of cases)
        expectWireError((await socket.refused(frame)).error, code, JSON.stringify(frame))
      const refused = (await socket.refused({ id: 9, command: { do: 'x' } })) as { id?: number }
      expect(refused.id).to.equal(9)
      socket.send({ id: 10, command: { do: 'ping' } })
      await socket.frame('done')
      socket.cut()
    })

    it('a text of 4,001 characters, or of none, is refused', async () => {
      for (const text of ['字'.repeat(4001), '', ' \n '])
        await expectRefused(
          lin,
          {
            do: 'send',
            conversationId,
            clientMsgId: 'long-long-1',
            content: { type: 'text', text },
          },
          'BAD_REQUEST',
        )
    })

    it('a frame of 64 KiB and more closes the socket with 1009, a binary one with 1008', async () => {
      const large = await knock({ cookie: wang.cookie }).open()
      large.send(`"${'x'.repeat(64 * 1024)}"`)
      expect(await large.closed()).to.equal(1009)
      const binary = await knock({ cookie: wang.cookie }).open()
      binary.send(Buffer.from('{"id":1}'))
      expect(await binary.closed()).to.equal(1008)
    })

    it('a console that floods is cut off; its agent’s other console and everybody else go on', async () => {
      const socket = await knock({ cookie: wang.cookie }).open()
      for (let id = 0; id < 5000; id++) socket.send({ id, command: { do: 'ping' } })
      expect(await socket.closed()).to.equal(1008)
      await wang.do({ do: 'ping' })
      await lin.say(conversationId, '我还在')
      await visitor.hears(/我还在/)
    })
  })

  describe('conversations of others', () => {
    const clientMsgId = 'not-mine-1'
    const content = { type: 'text' as const, text: '我来插一句' }

    it('cannot be spoken in, passed on, handed back, finished or written up', async () => {
      await expectRefused(wang, { do: 'send', conversationId, clientMsgId, content }, 'NOT_YOURS')
      await expectRefused(wang, { do: 'finish', conversationId }, 'NOT_YOURS')
      await expectRefused(wang, { do: 'handBack', conversationId }, 'NOT_YOURS')
      await expectRefused(wang, { do: 'transfer', conversationId }, 'NOT_YOURS')
      await expectRefused(wang, { do: 'wrapUpDone', conversationId }, 'WRONG_STATE')
      await expectRefused(wang, { do: 'take', conversationId }, 'FORBIDDEN')
      const offer = { conversationId, offerId: 'guessed' }
      await expectRefused(wang, { do: 'accept', ...offer }, 'OFFER_GONE')
      await expectRefused(wang, { do: 'decline', ...offer }, 'OFFER_GONE')
      expect(visitor.said.join()).not.to.contain('插一句')
      const { card } = await lin.open(conversationId)
      expect(card.state).to.equal('agent')
      expect(card.agentId).to.equal(lin.welcome.me.id)
    })

    it('show the visitor no typing and no reading of somebody who does not have them', async () => {
      const from = visitor.frames.length
      await wang.do({ do: 'open', conversationId, afterSeq: 0 })
      await wang.do({ do: 'typing', conversationId, on: true }).catch(() => undefined)
      await wang.do({ do: 'read', conversationId, seq: 1 }).catch(() => undefined)
      // lin's come after wang's on the same way: once they are here, nothing of wang's is under way
      await lin.do({ do: 'typing', conversationId, on: true })
      await lin.do({ do: 'read', conversationId, seq: 2 })
      const since = () => visitor.frames.slice(from)
      await visitor.until(() => since().some(({ t }) => t === 'read'), 'that lin has read')
      expect(since().filter(({ t }) => t === 'typing')).to.deep.equal([
        { t: 'typing', on: true, name: lin.welcome.me.name },
      ])
      expect(since().filter(({ t }) => t === 'read')).to.deep.equal([
        { t: 'read', conversationId, seq: 2 },
      ])
    })

    it('an offer to one agent cannot be taken by another', async () => {
      const other = await simulateChat(product.url)
      await other.say('人工')
      const offered = await lin.offered()
      const offer = { conversationId: offered.id, offerId: offered.offer!.id }
      await expectRefused(wang, { do: 'accept', ...offer }, 'OFFER_GONE')
      await expectRefused(wang, { do: 'decline', ...offer }, 'OFFER_GONE')
      await lin.do({ do: 'accept', ...offer })
      await lin.do({ do: 'finish', conversationId: offered.id })
    })

    it('that never were, or files that never were, are not found', async () => {
      for (const ghost of ['no-such', '$where', '../', '\u0000']) {
        await expectRefused(lin, { do: 'open', conversationId: ghost, afterSeq: 0 }, 'NOT_FOUND')
        await expectRefused(lin, { do: 'finish', conversationId: ghost }, 'NOT_FOUND')
      }
      const file = { type: 'media' as const, blobId: 'no-such' }
      await expectRefused(
        lin,
        { do: 'send', conversationId, clientMsgId, content: file },
        'NOT_FOUND',
      )
      const to = { do: 'transfer' as const, conversationId }
      await expectRefused(lin, { ...to, toAgentId: 'no-such' }, 'NO_SUCH_AGENT')
      await expectRefused(lin, { ...to, toQueueId: 'no-such' }, 'NO_SUCH_QUEUE')
    })
  })

  it('an agent cannot force another’s state, content staff cannot serve', async () => {
    const force = {
      do: 'forceState' as const,
      agentId: lin.welcome.me.id,
      state: 'offline' as const,
    }
    await expectRefused(wang, force, 'FORBIDDEN')
    await admin.connect()
    await expectRefused(admin, { ...force, agentId: 'no-such' }, 'NO_SUCH_AGENT')
    const writer = await added('writer', 'content')
    await expectRefused(writer, { do: 'state', state: 'ready' }, 'FORBIDDEN')
    await expectRefused(writer, { do: 'open', conversationId, afterSeq: 0 }, 'FORBIDDEN')
  })
})
