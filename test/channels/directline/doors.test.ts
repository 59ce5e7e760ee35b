import { expect } from 'chai'
import { SignJWT } from 'jose'
import { WebSocket } from 'ws'
import { ChannelScene } from '../scene.ts'
import { DirectLineClient } from './direct-line-client.ts'
import type { Started } from './direct-line-client.ts'

const SECRET = 'a-secret-that-nobody-would-guess'
const SITE = 'https://www.example.gov.cn'

interface Refused {
  error: { code: string; message: string }
}

describe('Direct Line’s doors, well and badly used', function () {
  this.timeout(60_000)
  let scene: ChannelScene
  let domain: string

  before(async () => {
    scene = await ChannelScene.open()
    const settings = { secret: SECRET, allowedOrigins: [SITE] }
    await scene.addAccount({ id: 'dl', kind: 'directline', settings })
    await scene.addAccount({
      id: 'open',
      kind: 'directline',
      settings: { secret: `${SECRET}-2`, allowedOrigins: [SITE], openTokens: true },
    })
    await scene.check('open')
    domain = scene.callback('directline', 'dl', '/v3/directline')
  })
  after(async () => {
    expect(scene.errors).to.deep.equal([])
    await scene.close()
  })

  const fresh = (user?: { id: string }) => new DirectLineClient(domain).fetchToken(SECRET, user)
  const started = async () => {
    const client = await fresh()
    expect((await client.start()).status).to.equal(201)
    return client.connect()
  }
  const expectRefused = async (response: Response, status: number, code: string) => {
    expect(response.status).to.equal(status)
    const { error } = (await response.json()) as Refused
    expect(error.code).to.equal(code)
    expect(error.message).to.be.a('string').that.is.not.empty
  }

  describe('tokens', () => {
    it('carry the conversation and the user, and are refreshed for the same', async () => {
      const client = await fresh({ id: 'dl_wang' })
      const claims = JSON.parse(
        Buffer.from(client.token.split('.')[1]!, 'base64url').toString(),
      ) as Record<string, unknown>
      expect(claims).to.include({ user: 'dl_wang', conv: client.conversationId })
      const refreshed = (await (await client.ask('POST', '/tokens/refresh')).json()) as Started
      expect(refreshed.conversationId).to.equal(client.conversationId)
      expect(refreshed.expires_in).to.equal(1800)
      expect((await client.ask('GET', '/session/getsessionid')).status).to.equal(200)
    })

    it('without a credential: 401; with a wrong or forged one: 403', async () => {
      const client = new DirectLineClient(domain)
      await expectRefused(await client.ask('POST', '/tokens/generate'), 401, 'Unauthorized')
      const headers = { authorization: 'Basic dXNlcjpwYXNz' }
      await expectRefused(
        await client.ask('POST', '/conversations', { headers }),
        401,
        'Unauthorized',
      )
      const forged = await new SignJWT({ conv: 'c', user: 'dl_x', named: true })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer('yilu.directline')
        .setAudience('client')
        .setExpirationTime('1h')
        .sign(new TextEncoder().encode('another-secret-of-somebody-else'))
      for (const bearer of ['wrong-secret', forged, 'a.b.c'])
        await expectRefused(
          await client.ask('POST', '/conversations', { bearer }),
          403,
          'BadArgument',
        )
    })

    it('an expired one is told apart, for the page to fetch another', async () => {
      const { DirectLineTokens } = await import('../../../channels/directline/tokens.ts')
      const account = {
        ...{ id: 'dl', kind: 'directline', name: 'dl', lang: 'zh-CN' },
        settings: { secret: SECRET, allowedOrigins: [], openTokens: false, tokenMinutes: 30 },
      }
      const yesterday = new DirectLineTokens(() => Date.now() - 86_400_000)
      const { token } = await yesterday.sign(account, {
        ...{ conversationId: 'c', userId: 'dl_x', named: true },
      })
      const client = new DirectLineClient(domain)
      for (const [method, path] of [
        ['POST', '/conversations'],
        ['POST', '/tokens/refresh'],
        ['GET', '/conversations/c/activities'],
      ] as const)
        await expectRefused(await client.ask(method, path, { bearer: token }), 403, 'TokenExpired')
    })

    it('ends with the secret it was made with; both work while one is replaced', async () => {
      const client = await started()
      const next = 'another-secret-nobody-would-guess'
      await scene.changeAccount('dl', {
        settings: { secret: next, secondSecret: SECRET, allowedOrigins: [SITE] },
      })
      await scene.check('dl')
      expect((await client.ask('POST', '/tokens/refresh')).status).to.equal(200)
      await new DirectLineClient(domain).fetchToken(next)
      await fresh()
      await scene.changeAccount('dl', {
        settings: { secondSecret: null, allowedOrigins: [SITE] },
      })
      await scene.check('dl')
      await expectRefused(await client.ask('POST', '/tokens/refresh'), 403, 'BadArgument')
      await scene.changeAccount('dl', { settings: { secret: SECRET, allowedOrigins: [SITE] } })
      await scene.check('dl')
      client.cut()
    })

    it('a user id that does not begin with dl_ is refused', async () => {
      const body = { user: { id: 'administrator' } }
      const client = new DirectLineClient(domain)
      await expectRefused(
        await client.ask('POST', '/tokens/generate', { bearer: SECRET, body }),
        ...([400, 'BadArgument'] as const),
      )
    })

    it('a page of an allowed site may fetch one by itself only where that is switched on', async () => {
      const headers = { origin: SITE }
      const closed = new DirectLineClient(domain)
      await expectRefused(
        await closed.ask('POST', '/tokens/generate', { headers }),
        ...([401, 'Unauthorized'] as const),
      )
      const open = new DirectLineClient(scene.callback('directline', 'open', '/v3/directline'))
      const response = await open.ask('POST', '/tokens/generate', {
        headers,
        body: { user: { id: 'dl_somebody_else' } },
      })
      const { token } = (await response.json()) as Started
      const claims = Buffer.from(token.split('.')[1]!, 'base64url').toString()
      expect(claims).not.to.contain('dl_somebody_else')
    })
  })

  describe('pages of other sites', () => {
    it('of the list are let in, others are not, and a preflight is answered', async () => {
      const client = await fresh()
      const preflight = await client.ask('OPTIONS', '/conversations', {
        bearer: '',
        headers: { origin: SITE, 'access-control-request-method': 'POST' },
      })
      expect(preflight.status).to.equal(204)
      expect(preflight.headers.get('access-control-allow-origin')).to.equal(SITE)
      expect(preflight.headers.get('access-control-allow-headers')).to.contain('x-ms-bot-agent')
      const headers = { origin: 'https://evil.example' }
      const refused = await client.ask('POST', '/conversations', { headers })
      expect(refused.headers.get('access-control-allow-origin')).to.equal(null)
      await expectRefused(refused, 403, 'BadOrigin')
    })

    it('cannot open the stream either', async () => {
      const client = await fresh()
      await client.start()
      const refused = (headers: Record<string, string>, url = client.streamUrl) =>
        new Promise<number>((resolve, reject) => {
          const socket = new WebSocket(url, { headers })
          socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode!))
          socket.on('open', () => reject(new Error('it was let in')))
          socket.on('error', () => undefined)
        })
      expect(await refused({ origin: 'https://evil.example' })).to.equal(403)
      expect(await refused({}, client.streamUrl.replace(/t=[^&]+/, 't=x'))).to.equal(401)
      const other = await fresh()
      const elsewhere = client.streamUrl.replace(client.conversationId, other.conversationId)
      expect(await refused({}, elsewhere)).to.equal(401)
      // the token of the client is none for the stream
      expect(await refused({}, client.streamUrl.replace(/t=[^&]+/, `t=${client.token}`))).to.equal(
        401,
      )
    })
  })

  describe('activities', () => {
    it('the same clientActivityID again is one message with one answer', async () => {
      const client = await started()
      await client.hears(/请选择/)
      const from = client.activities.length
      const ids = await Promise.all(
        Array.from({ length: 5 }, () => client.say('城墙几点关门', 'once-and-only')),
      )
      expect(new Set(ids).size).to.equal(1)
      await client.hears(/城墙/, from)
      await client.say('好的', 'and-another')
      await client.sees((each) => each.text === '好的', 'the echo', from)
      const mine = client.messages.filter(
        ({ channelData }) => channelData?.clientActivityID === 'once-and-only',
      )
      expect(mine.map(({ id }) => id)).to.deep.equal([ids[0]])
      const answers = client.messages.filter(
        ({ text, from: by }) => by.role === 'bot' && /城墙/.test(text ?? ''),
      )
      expect(answers).to.have.length(1)
      client.cut()
    })

    it('are polled without gap or repeat, also after a restart', async () => {
      const client = await started()
      await client.hears(/请选择/)
      client.cut()
      const first = await client.poll('')
      expect(first.activities.map(({ id }) => id)).to.deep.equal(
        client.messages.map(({ id }) => id),
      )
      await client.say('城墙几点关门', 'asked-1')
      const seen = [...first.activities]
      let { watermark } = first
      const readOn = async () => {
        const set = await client.poll(watermark)
        seen.push(...set.activities)
        ;({ watermark } = set)
        return set.activities
      }
      await scene.until(async () => {
        await readOn()
        return seen.some(({ text, from }) => from.role === 'bot' && /城墙/.test(text ?? ''))
      }, 'the answer')
      await scene.restart()
      await client.say('兵马俑怎么去', 'asked-2')
      await scene.until(async () => {
        await readOn()
        return seen.at(-1)?.from.role === 'bot' && seen.some(({ text }) => text === '兵马俑怎么去')
      }, 'the answer after the restart')
      expect(new Set(seen.map(({ id }) => id)).size).to.equal(seen.length)
      const all = (await client.poll('')).activities.map(({ id }) => id)
      expect(seen.map(({ id }) => id)).to.deep.equal(all)
      // and a stream takes up where the polling stopped
      client.watermark = watermark ?? ''
      await client.reconnect()
      const from = client.activities.length
      await client.say('谢谢', 'asked-3')
      await client.sees((each) => each.text === '谢谢', 'the echo', from)
      expect(
        client.activities.slice(from).filter(({ type }) => type === 'message')[0]!.text,
      ).to.equal('谢谢')
      client.cut()
    })

    it('a stream that was cut at any moment misses nothing', async () => {
      const client = await started()
      for (let round = 0; round < 6; round++) {
        client.cut()
        await client.say(`城墙几点关门?${round}`, `round-${round}`)
        await client.reconnect()
        await client.sees((each) => each.text === `城墙几点关门?${round}`, `round ${round}`)
      }
      const all = (await client.poll('')).activities.map(({ id }) => id)
      await client.sees(({ id }) => id === all.at(-1), 'the last one')
      expect(client.messages.map(({ id }) => id)).to.deep.equal(all)
      client.cut()
    })

    it('of another conversation are nobody’s business', async () => {
      const [mine, other] = await Promise.all([started(), started()])
      const path = `/conversations/${other.conversationId}/activities`
      await expectRefused(await mine.ask('GET', path), 403, 'BadArgument')
      await expectRefused(
        await mine.ask('POST', path, { body: { type: 'message', text: 'x' } }),
        403,
        'BadArgument',
      )
      mine.cut()
      other.cut()
    })

    it('the secret may ask for each conversation there is, and no other', async () => {
      const client = await started()
      await client.hears(/请选择/)
      const ask = (id: string) =>
        client.ask('GET', `/conversations/${id}/activities`, { bearer: SECRET })
      expect((await ask(client.conversationId)).status).to.equal(200)
      await expectRefused(await ask('0'.repeat(48)), 404, 'ConversationNotFound')
      client.cut()
    })

    it('too large, empty, malformed and unknown ones are refused or passed over', async () => {
      const client = await started()
      const say = (text: string) => client.post({ type: 'message', text, from: { id: 'x' } })
      await expectRefused(await say('字'.repeat(4001)), 413, 'MessageSizeTooBig')
      await expectRefused(await say('字'.repeat(100_000)), 413, 'MessageSizeTooBig')
      await expectRefused(await say('  '), 400, 'BadArgument')
      for (const body of [{}, [], { type: 7 }, { type: 'message', text: { $gt: '' } }, 'null'])
        await expectRefused(await client.post(body), 400, 'BadArgument')
      for (const type of ['conversationUpdate', 'messageReaction', 'trace'])
        expect((await client.post({ type })).status).to.equal(200)
      await expectRefused(await client.ask('GET', '/nonsense'), 404, 'NotFound')
      client.cut()
    })

    it('a flood is slowed down with 429 and a time to wait', async () => {
      const client = await started()
      const answers: Response[] = []
      for (let at = 0; at < 40; at++) answers.push(await client.post({ type: 'typing' }))
      const refused = answers.find(({ status }) => status === 429)!
      expect(refused.headers.get('retry-after')).to.match(/^\d+$/)
      await expectRefused(refused, 429, 'TooManyRequests')
      client.cut()
    })

    it('typing is seen by the agent, and ends', async () => {
      const client = await started()
      await client.say('转人工')
      const { card } = await scene.lin.accept()
      const typing = (on: boolean) =>
        scene.lin.until(
          () =>
            scene.lin.frames.some(
              (frame) =>
                frame.t === 'typing' && frame.conversationId === card.id && frame.on === on,
            ),
          `typing ${on}`,
        )
      await client.post({ type: 'typing' })
      await typing(true)
      await client.say('写好了')
      await typing(false)
      await client.post({ type: 'endOfConversation' })
      await scene.lin.do({ do: 'finish', conversationId: card.id })
      await scene.lin.do({ do: 'wrapUpDone', conversationId: card.id, code: 'information' })
      await scene.lin.ready()
      client.cut()
    })
  })

  describe('files', () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    const upload = (client: DirectLineClient, form: FormData) =>
      fetch(`${domain}/conversations/${client.conversationId}/upload?userId=dl_x`, {
        method: 'POST',
        headers: { authorization: `Bearer ${client.token}` },
        body: form,
      })
    const activity = (id: string) =>
      new Blob(
        [
          JSON.stringify({
            type: 'message',
            text: '两张照片',
            channelData: { clientActivityID: id },
          }),
        ],
        {
          type: 'application/vnd.microsoft.activity',
        },
      )

    it('several come with their activity as one message, and are shown to the client by signed addresses', async () => {
      const client = await started()
      const form = new FormData()
      form.append('activity', activity('photos-1'))
      for (const name of ['一.png', '二.png']) form.append('file', new Blob([png]), name)
      expect((await upload(client, form)).status).to.equal(200)
      const echo = await client.sees(({ attachments }) => attachments?.length === 2, 'the files')
      expect(echo.text).to.equal('两张照片')
      const address = echo.attachments![0]!.contentUrl!
      const file = await fetch(address)
      expect(file.headers.get('content-type')).to.equal('image/png')
      expect(file.headers.get('cross-origin-resource-policy')).to.equal('cross-origin')
      expect(Buffer.from(await file.arrayBuffer())).to.deep.equal(png)
      expect((await fetch(address.replace(/sig=.{8}/, 'sig=AAAAAAAA'))).status).to.equal(404)
      client.cut()
    })

    it('one alone may be the body itself; a data address in an activity works as well', async () => {
      const client = await started()
      const response = await fetch(
        `${domain}/conversations/${client.conversationId}/upload?userId=dl_x`,
        {
          method: 'POST',
          headers: {
            authorization: `Bearer ${client.token}`,
            'content-type': 'image/png',
            'content-disposition': 'attachment; filename="map.png"',
          },
          body: png,
        },
      )
      expect(response.status).to.equal(200)
      await client.sees(({ attachments }) => attachments?.[0]?.name === 'map.png', 'the file')
      const contentUrl = `data:image/png;base64,${png.toString('base64')}`
      await client.post({
        type: 'message',
        attachments: [{ contentType: 'image/png', contentUrl, name: 'inline.png' }],
      })
      await client.sees(
        ({ attachments }) => attachments?.[0]?.name === 'inline.png',
        'the inline file',
      )
      client.cut()
    })

    it('too large, too many and of a kind nobody should open are refused', async () => {
      const client = await started()
      const form = (files: [Buffer, string][]) => {
        const made = new FormData()
        made.append('activity', activity('refused-1'))
        for (const [content, name] of files)
          made.append('file', new Blob([Uint8Array.from(content)]), name)
        return made
      }
      const large = Buffer.concat([png, Buffer.alloc(10 * 1024 * 1024)])
      expect((await upload(client, form([[large, 'large.png']]))).status).to.equal(413)
      expect((await upload(client, form([[Buffer.from('MZ\0\0'), 'run.exe']]))).status).to.equal(
        415,
      )
      const many = Array.from({ length: 8 }, () => [png, 'x.png'] as [Buffer, string])
      expect((await upload(client, form(many))).status).to.equal(400)
      client.cut()
    })
  })
})
