/**
 * WeCom's side of 微信客服: keeps customers, sessions and what was said, tells our server with signed and
 * encrypted callbacks (repeated when they are not answered), hands messages out page by page, and takes ours
 * only within its windows, states and sizes. Encrypted by @wecom/crypto, which is not ours.
 *
 *   npm run simulate -- wecom
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { encrypt, getSignature } from '@wecom/crypto'
import busboy from 'busboy'
import type { Body, MediaType } from './wecom-content.ts'
import { checkContent, MEDIA_BYTES, Refusal, wordsOf } from './wecom-content.ts'

const WINDOW_MS = 48 * 3_600_000
const SEND_LIMIT = 5
const MSG_TOKEN_MS = 10 * 60_000
const WELCOME_MS = 20_000

export interface WecomSimulatorOptions {
  corpId?: string
  secret?: string
  token?: string
  encodingAesKey?: string
  openKfId?: string
  /** 5 s in life */
  callbackTimeoutMs?: number
  /** between the attempts to tell us; three in all */
  callbackRetryMs?: number
  now?: () => number
}

/** What a customer sees, as it was sent. */
export interface Shown {
  msgid: string
  touser: string
  msgtype: string
  body: Record<string, never>
}

/** What the next call of a path does instead of its work; `lost`: it does it and the answer gets lost. */
export type Fault = number | 'none' | 'lost' | 'refuse' | 'html'

interface Session {
  state: 0 | 1 | 2 | 3 | 4
  wroteAtMs: number
  left: number
  welcomedAtMs: number
}

interface Item {
  openKfId: string
  message: Record<string, unknown>
}

export class WecomSimulator {
  readonly corpId: string
  readonly secret: string
  readonly token: string
  readonly encodingAesKey: string
  readonly openKfId: string
  /** where callbacks go; '' for nowhere */
  callbackUrl = ''
  /** everything shown to customers, in order */
  readonly shown: Shown[] = []
  /** every call by its path, in order */
  readonly calls: { path: string; body: Body }[] = []
  readonly accounts: { open_kfid: string; name: string; manage_privilege: boolean }[]
  /** our address is in the list of trusted ones */
  trusted = true
  /** for tests of a part that gets no token of its own */
  acceptAnyToken = false
  /** sync_msg without a token: so many are allowed; then 45009 */
  pullsWithoutToken = Infinity
  /** so many pages come empty with has_more = 1 */
  emptyPages = 0
  /** the largest page it hands out, whatever is asked */
  maxPage = 1_000
  /** what a msgid sent twice does: nobody of us has seen it */
  repeatedMsgid: 'shown' | 'ignored' = 'shown'
  private readonly server = createServer((request, response) => void this.serve(request, response))
  private readonly log: Item[] = []
  private readonly customers = new Map<string, { nickname: string; unionid?: string }>()
  private readonly sessions = new Map<string, Session>()
  private readonly media = new Map<string, { type: MediaType; content: Buffer; name: string }>()
  private readonly codes = new Map<string, { user: string; untilMs: number }>()
  private readonly msgTokens = new Map<string, number>()
  private readonly faults = new Map<string, Fault[]>()
  private readonly telling = new Set<Promise<void>>()
  private accessToken = { value: '', untilMs: 0 }
  private readonly options: WecomSimulatorOptions
  private readonly now: () => number
  private closed = false

  constructor(options: WecomSimulatorOptions = {}) {
    this.options = options
    this.corpId = options.corpId ?? `ww${randomBytes(8).toString('hex')}`
    this.secret = options.secret ?? randomBytes(24).toString('base64url')
    this.token = options.token ?? 'QDG6eK'
    this.encodingAesKey = options.encodingAesKey ?? 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C'
    this.openKfId = options.openKfId ?? 'wkSimulated'
    this.accounts = [{ open_kfid: this.openKfId, name: '旅游热线', manage_privilege: true }]
    this.now = options.now ?? Date.now
  }

  async listen(port = 0): Promise<string> {
    this.server.listen(port, '127.0.0.1')
    await once(this.server, 'listening')
    return this.url
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.closed = true
    this.server.closeAllConnections()
    if (this.server.listening) await new Promise((resolve) => this.server.close(resolve))
    await this.told()
  }

  /** What an account that uses it is set up with. */
  get settings(): Record<string, unknown> {
    const { corpId, secret, token: callbackToken, encodingAesKey, openKfId, url: apiBase } = this
    return { corpId, secret, callbackToken, encodingAesKey, openKfId, apiBase }
  }

  // —— what customers do

  /** @returns the msgid */
  say(user: string, content: string): Promise<string> {
    return this.write(user, { msgtype: 'text', text: { content } })
  }

  /** A tap on an entry of a menu. */
  tap(user: string, id: string, content: string): Promise<string> {
    return this.write(user, { msgtype: 'text', text: { content, menu_id: id } })
  }

  sendFile(user: string, type: MediaType, content: Buffer, name = 'file'): Promise<string> {
    const mediaId = this.keep(type, content, name)
    return this.write(user, { msgtype: type, [type]: { media_id: mediaId } })
  }

  /** Any message of a customer, and the callback that follows. */
  async write(user: string, message: Body): Promise<string> {
    const session = this.session(user)
    if (session.state === 4) session.state = 0
    session.wroteAtMs = this.now()
    session.left = SEND_LIMIT
    const msgid = this.append({ ...{ external_userid: user, origin: 3 }, ...message })
    await this.tell()
    return msgid
  }

  /** Opens the chat. */
  async enter(user: string, scene?: string, sceneParam?: string): Promise<string | undefined> {
    const session = this.session(user)
    const recently = (atMs: number) => atMs + WINDOW_MS > this.now()
    const code =
      recently(session.welcomedAtMs) || recently(session.wroteAtMs)
        ? undefined
        : `WELCOME${randomUUID()}`
    if (code) this.codes.set(code, { user, untilMs: this.now() + WELCOME_MS })
    this.append({
      ...{ origin: 4, msgtype: 'event' },
      event: {
        ...{ event_type: 'enter_session', open_kfid: this.openKfId, external_userid: user },
        ...(scene && { scene }),
        ...(sceneParam && { scene_param: sceneParam }),
        ...(code && { welcome_code: code }),
      },
    })
    await this.tell()
    return code
  }

  know(user: string, nickname: string, unionid?: string): void {
    this.customers.set(user, { nickname, ...(unionid && { unionid }) })
  }

  // —— what WeCom and its servicers do

  /** Somebody serves them in the WeCom client from now on. */
  async servedInClient(user: string, servicer = 'zhangsan'): Promise<void> {
    this.session(user).state = 3
    this.append({
      ...{ origin: 4, msgtype: 'event' },
      event: {
        ...{ event_type: 'session_status_change', open_kfid: this.openKfId },
        ...{ external_userid: user, change_type: 1, new_servicer_userid: servicer },
      },
    })
    await this.tell()
  }

  /** A message that was taken turns out not to be deliverable. */
  async failLater(msgid: string, user: string, failType: number): Promise<void> {
    this.append({
      ...{ origin: 4, msgtype: 'event' },
      event: {
        ...{ event_type: 'msg_send_fail', open_kfid: this.openKfId, external_userid: user },
        ...{ fail_msgid: msgid, fail_type: failType },
      },
    })
    await this.tell()
  }

  /** Anything into the list, without a callback. @returns its msgid */
  append(message: Body): string {
    const msgid = randomBytes(12).toString('base64url')
    const full = { msgid, send_time: Math.floor(this.now() / 1000), ...message }
    const openKfId = (message.open_kfid as string | undefined) ?? this.openKfId
    const own = message.msgtype === 'event' ? {} : { open_kfid: openKfId }
    this.log.push({ openKfId, message: { ...own, ...full } })
    return full.msgid
  }

  /** The access token we hold is no longer good. */
  expireToken(): void {
    this.accessToken.untilMs = 0
  }

  /** The next calls of a path go wrong, one after the other. */
  fault(path: string, ...faults: Fault[]): void {
    this.faults.set(path, [...(this.faults.get(path) ?? []), ...faults])
  }

  stateOf(user: string): number {
    return this.session(user).state
  }

  /** 48 hours pass for this customer. */
  closeWindow(user: string): void {
    this.session(user).wroteAtMs = 0
  }

  textsTo(user: string): string[] {
    return this.shown
      .filter(({ touser }) => touser === user)
      .map(({ msgtype, body }) => wordsOf(msgtype, body))
  }

  // —— callbacks

  /** The check of the address, as the admin console does it. */
  async checkAddress(url = this.callbackUrl): Promise<boolean> {
    const echo = String(Date.now())
    const { query, encrypted } = this.signed(echo)
    const response = await fetch(`${url}?${query}&echostr=${encodeURIComponent(encrypted)}`)
    return response.ok && (await response.text()) === echo
  }

  /** Tells us that something came; resolves when we answered, or it is given up. */
  async tell(openKfId = this.openKfId): Promise<void> {
    if (!this.callbackUrl) return
    const msgToken = `ENC${randomBytes(16).toString('base64url')}`
    this.msgTokens.set(msgToken, this.now() + MSG_TOKEN_MS)
    const work = this.post(this.callbackXml(msgToken, openKfId))
    this.telling.add(work)
    await work.finally(() => this.telling.delete(work))
  }

  /** @returns the statuses of the attempts */
  async post(xml: string): Promise<void> {
    for (let attempt = 0; attempt < 3 && !this.closed; attempt++) {
      if (attempt) await wait(this.options.callbackRetryMs ?? 200)
      const status = await this.postOnce(xml)
      if (status === 200) return
    }
  }

  /** One attempt. @returns the HTTP status, or 0 where none came in time */
  async postOnce(
    xml: string,
    change: (request: { query: string; body: string }) => void = () => undefined,
  ): Promise<number> {
    const { query, encrypted } = this.signed(xml)
    const request = {
      query,
      body: `<xml><ToUserName><![CDATA[${this.corpId}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt><AgentID><![CDATA[]]></AgentID></xml>`,
    }
    change(request)
    try {
      const response = await fetch(`${this.callbackUrl}?${request.query}`, {
        ...{ method: 'POST', body: request.body, headers: { 'content-type': 'text/xml' } },
        signal: AbortSignal.timeout(this.options.callbackTimeoutMs ?? 5_000),
      })
      await response.arrayBuffer()
      return response.status
    } catch {
      return 0
    }
  }

  callbackXml(msgToken: string, openKfId = this.openKfId): string {
    return `<xml><ToUserName><![CDATA[${this.corpId}]]></ToUserName><CreateTime>${Math.floor(this.now() / 1000)}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[kf_msg_or_event]]></Event><Token><![CDATA[${msgToken}]]></Token><OpenKfId><![CDATA[${openKfId}]]></OpenKfId></xml>`
  }

  /** Resolves when no callback is under way. */
  async told(): Promise<void> {
    await Promise.all(this.telling)
  }

  private signed(text: string): { query: string; encrypted: string } {
    const encrypted = encrypt(this.encodingAesKey, text, this.corpId)
    const timestamp = String(Math.floor(this.now() / 1000))
    const nonce = randomBytes(5).toString('hex')
    const signature = getSignature(this.token, timestamp, nonce, encrypted)
    const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce })
    return { query: query.toString(), encrypted }
  }

  // —— the interface

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://simulator')
    const path = url.pathname.replace('/cgi-bin/', '')
    const bytes: Buffer[] = []
    for await (const chunk of request) bytes.push(chunk as Buffer)
    const raw = Buffer.concat(bytes)
    const fault = this.faults.get(path)?.shift()
    if (fault === 'refuse') return void request.socket.destroy()
    if (fault === 'html') {
      response.statusCode = 502
      return void response.end('<html>Bad Gateway</html>')
    }
    let answer: Body
    try {
      if (typeof fault === 'number') throw new Refusal(fault, 'as the test wants it')
      if (path === 'media/get') {
        this.allow(url)
        this.calls.push({ path, body: Object.fromEntries(url.searchParams) })
        const found = this.media.get(url.searchParams.get('media_id') ?? '')
        if (!found) throw new Refusal(40007, 'invalid media_id')
        // names are UTF-8 in the header as they are, which node:http cannot write
        const head = [
          'HTTP/1.1 200 OK',
          `content-disposition: attachment; filename="${found.name}"`,
          `content-length: ${found.content.length}`,
          'connection: close\r\n\r\n',
        ]
        return void request.socket.end(
          Buffer.concat([Buffer.from(head.join('\r\n')), found.content]),
        )
      }
      answer = await this.answer(path, url, request, raw)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      answer = { errcode: error.errcode, errmsg: `${error.message}, hint: [1], from ip: 127.0.0.1` }
    }
    if (fault === 'lost') return void request.socket.destroy()
    response.setHeader('content-type', 'application/json; charset=UTF-8')
    response.end(JSON.stringify({ errcode: 0, errmsg: 'ok', ...answer }))
  }

  private async answer(
    path: string,
    url: URL,
    request: IncomingMessage,
    raw: Buffer,
  ): Promise<Body> {
    if (path === 'gettoken') return this.getToken(url)
    this.allow(url)
    if (path === 'media/upload') return this.upload(url, request, raw)
    let body: Body
    try {
      body = JSON.parse(raw.toString()) as Body
    } catch {
      throw new Refusal(47001, 'data format error')
    }
    this.calls.push({ path, body })
    switch (path) {
      case 'kf/sync_msg':
        return this.syncMsg(body)
      case 'kf/send_msg':
        return this.sendMsg(body)
      case 'kf/send_msg_on_event':
        return this.sendOnEvent(body)
      case 'kf/service_state/get':
        return { service_state: this.session(String(body.external_userid)).state }
      case 'kf/service_state/trans':
        return this.trans(body)
      case 'kf/customer/batchget':
        return this.batchGet(body)
      case 'kf/account/list': {
        const { offset, limit } = body as { offset: number; limit: number }
        return { account_list: this.accounts.slice(offset, offset + limit) }
      }
      case 'kf/add_contact_way': {
        if (!/^[0-9a-zA-Z_-]{0,32}$/.test(String(body.scene ?? '')))
          throw new Refusal(40058, 'scene')
        const scene = body.scene ? `?enc_scene=ENC${String(body.scene)}` : ''
        return { url: `https://work.weixin.qq.com/kf/kfc0123456789abcdef${scene}` }
      }
    }
    throw new Refusal(40066, 'invalid url')
  }

  private getToken(url: URL): Body {
    this.calls.push({ path: 'gettoken', body: {} })
    if (url.searchParams.get('corpid') !== this.corpId) throw new Refusal(40013, 'invalid corpid')
    if (url.searchParams.get('corpsecret') !== this.secret)
      throw new Refusal(40001, 'invalid credential')
    if (this.accessToken.untilMs <= this.now())
      this.accessToken = {
        value: `T${randomBytes(16).toString('hex')}`,
        untilMs: this.now() + 7_200_000,
      }
    const expiresInS = Math.floor((this.accessToken.untilMs - this.now()) / 1000)
    return { access_token: this.accessToken.value, expires_in: expiresInS }
  }

  private allow(url: URL): void {
    const token = url.searchParams.get('access_token')
    if (this.acceptAnyToken) return
    if (!token) throw new Refusal(41001, 'access_token missing')
    if (token !== this.accessToken.value) throw new Refusal(40014, 'invalid access_token')
    if (this.accessToken.untilMs <= this.now()) throw new Refusal(42001, 'access_token expired')
    if (!this.trusted) throw new Refusal(60020, 'not allow to access from your ip')
  }

  private syncMsg(body: Body): Body {
    const {
      cursor = '',
      token = '',
      limit = 1_000,
      open_kfid: openKfId,
    } = body as Record<string, never>
    if (!(limit > 0 && limit <= 1_000)) throw new Refusal(40058, 'limit')
    if (token) {
      if (!((this.msgTokens.get(token) ?? 0) > this.now()))
        throw new Refusal(95007, 'invalid msg token')
    } else if (--this.pullsWithoutToken < 0) throw new Refusal(45009, 'api freq out of limit')
    if (cursor && !/^c\d+$/.test(cursor)) throw new Refusal(40058, 'invalid cursor')
    const from = Number(String(cursor).slice(1) || 0)
    if (this.emptyPages > 0) {
      this.emptyPages--
      return { next_cursor: `c${from}`, has_more: 1, msg_list: [] }
    }
    const own = this.log
      .map((item, index) => ({ ...item, index }))
      .filter(({ index, openKfId: kf }) => index >= from && (!openKfId || kf === openKfId))
    const page = own.slice(0, Math.min(limit, this.maxPage))
    const end = page.length < own.length ? page.at(-1)!.index + 1 : this.log.length
    return {
      next_cursor: `c${end}`,
      has_more: page.length < own.length ? 1 : 0,
      msg_list: page.map(({ message }) => message),
    }
  }

  private sendMsg(body: Body): Body {
    const { touser, open_kfid: openKfId } = body as Record<string, string>
    if (!this.accounts.some((each) => each.open_kfid === openKfId))
      throw new Refusal(95000, 'invalid open_kfid')
    const session = this.sessions.get(touser!)
    if (!session) throw new Refusal(40096, 'invalid external userid')
    const repeated = this.checkContent(body)
    if (repeated && this.repeatedMsgid === 'ignored') return { msgid: body.msgid }
    if (session.state > 1) throw new Refusal(95018, 'send msg session status invalid')
    if (session.wroteAtMs + WINDOW_MS <= this.now()) throw new Refusal(95002, 'send msg time limit')
    if (session.left <= 0) throw new Refusal(95001, 'send msg count limit')
    session.left--
    return this.show(touser!, body)
  }

  private sendOnEvent(body: Body): Body {
    const code = this.codes.get(String(body.code))
    this.codes.delete(String(body.code))
    if (!code || code.untilMs <= this.now()) throw new Refusal(95015, 'invalid code')
    if (body.msgtype !== 'text' && body.msgtype !== 'msgmenu') throw new Refusal(40008, 'msgtype')
    this.checkContent(body)
    this.session(code.user).welcomedAtMs = this.now()
    return this.show(code.user, body)
  }

  /** @returns whether this msgid was seen before */
  private checkContent(body: Body): boolean {
    checkContent(body, (mediaId, type) => this.media.get(mediaId)?.type === type)
    return this.shown.some(({ msgid }) => msgid === body.msgid)
  }

  private show(touser: string, body: Body): Body {
    const { msgtype } = body as Record<string, string>
    const msgid = (body.msgid as string | undefined) ?? randomBytes(16).toString('hex')
    const shown = { ...{ msgid, touser, msgtype: msgtype! }, body: body[msgtype!] as never }
    this.shown.push(shown)
    this.onShown(shown)
    return { msgid }
  }

  /** for whoever looks on */
  onShown: (shown: Shown) => void = () => undefined

  private trans(body: Body): Body {
    const user = String(body.external_userid)
    const session = this.session(user)
    const to = body.service_state as Session['state']
    const allowed: Record<Session['state'], number[]> = {
      ...{ 0: [1, 2, 3], 1: [2, 3, 4], 2: [3, 4], 3: [3, 4], 4: [] },
    }
    if (session.state === 4) throw new Refusal(95013, 'session already end')
    if (!allowed[session.state].includes(to)) throw new Refusal(95016, 'not allow to change state')
    session.state = to
    if (to === 1 || to === 0) return {}
    const code = `${to === 4 ? 'END' : 'QUEUE'}${randomUUID()}`
    this.codes.set(code, { user, untilMs: this.now() + WELCOME_MS })
    return { msg_code: code }
  }

  private batchGet(body: Body): Body {
    const wanted = body.external_userid_list as string[]
    if (!(wanted.length >= 1 && wanted.length <= 100))
      throw new Refusal(40058, 'external_userid_list')
    const found = wanted.filter((user) => this.customers.has(user))
    return {
      customer_list: found.map((user) => ({
        ...{ external_userid: user, avatar: '', gender: 0 },
        ...this.customers.get(user),
      })),
      invalid_external_userid: wanted.filter((user) => !this.customers.has(user)),
    }
  }

  private async upload(url: URL, request: IncomingMessage, raw: Buffer): Promise<Body> {
    const type = url.searchParams.get('type') as MediaType
    if (!(type in MEDIA_BYTES)) throw new Refusal(40004, 'invalid media type')
    const form = busboy({ headers: request.headers, defParamCharset: 'utf8' })
    const file = await new Promise<{ field: string; name: string | undefined; content: Buffer }>(
      (resolve, reject) => {
        form.on('file', (field, stream, { filename }) => {
          const chunks: Buffer[] = []
          stream.on('data', (chunk: Buffer) => chunks.push(chunk))
          stream.on('end', () => resolve({ field, name: filename, content: Buffer.concat(chunks) }))
        })
        form.on('error', reject)
        form.end(raw)
      },
    )
    this.calls.push({
      path: 'media/upload',
      body: { type, name: file.name, bytes: file.content.length },
    })
    if (file.field !== 'media' || !file.name) throw new Refusal(41005, 'media data missing')
    if (file.content.length <= 5 || file.content.length > MEDIA_BYTES[type] * 1024 * 1024)
      throw new Refusal(40006, 'invalid file size')
    const mediaId = this.keep(type, file.content, file.name)
    return { type, media_id: mediaId, created_at: String(Math.floor(this.now() / 1000)) }
  }

  mediaOf(mediaId: string): Buffer | undefined {
    return this.media.get(mediaId)?.content
  }

  private keep(type: MediaType, content: Buffer, name: string): string {
    const mediaId = randomBytes(24).toString('base64url')
    this.media.set(mediaId, { type, content, name })
    return mediaId
  }

  private session(user: string): Session {
    let session = this.sessions.get(user)
    if (!session) {
      session = { state: 4, wroteAtMs: 0, left: 0, welcomedAtMs: 0 }
      this.sessions.set(user, session)
      if (!this.customers.has(user)) this.customers.set(user, { nickname: user })
    }
    return session
  }
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** npm run simulate -- wecom [callback address] */
export async function simulate(args: string[]): Promise<void> {
  const simulator = new WecomSimulator()
  await simulator.listen(Number(process.env.PORT ?? 0))
  console.log('在控制台新增“企业微信 · 微信客服”账号,填写 · enter in the console:')
  for (const [name, value] of Object.entries(simulator.settings))
    console.log(`  ${name.padEnd(16)}${String(value)}`)
  simulator.callbackUrl = args[0] ?? ''
  if (!simulator.callbackUrl)
    console.log('然后把账号页上的回调地址粘贴到这里 · then paste its callback address here:')
  simulator.onShown = (shown) =>
    console.log(`← ${wordsOf(shown.msgtype, shown.body as never).replace(/\n/g, '\n  ')}`)
  const user = 'wmSimulatedTourist'
  simulator.know(user, '李雷')
  for await (const line of createInterface({ input: process.stdin })) {
    const text = line.trim()
    if (!text) continue
    if (/^https?:/.test(text)) {
      simulator.callbackUrl = text
      const fine = await simulator.checkAddress()
      console.log(fine ? '地址验证通过 · the address answers' : '地址验证失败 · no right answer')
      if (fine) await simulator.enter(user)
    } else await simulator.say(user, text)
  }
  await simulator.close()
}
