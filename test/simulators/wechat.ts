/**
 * WeChat's side of an Official Account: tells our server what tourists do, signed and encrypted, three times
 * unless it is answered within five seconds, and takes our messages only within what is granted. Encrypted by
 * @wecom/crypto, which is not ours.
 *
 *   npm run simulate -- wechat [address of the callback]
 */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import type { Pushed, WechatSimulatorOptions } from './wechat-callbacks.ts'
import { WechatCallbacks } from './wechat-callbacks.ts'
import type { Body } from './wechat-content.ts'
import { checkContent, checkMenu, checkUpload, Refused } from './wechat-content.ts'
import { TokenFamilies } from './wechat-tokens.ts'
import type { Deed } from './wechat-tourists.ts'
import { Tourists } from './wechat-tourists.ts'

const MEDIA_MS = 3 * 86_400_000

/** What custom/send took. */
export interface Shown {
  touser: string
  msgtype: string
  body: Body
}

interface SentTemplate {
  touser: string
  templateId: string
  data: Record<string, { value: string }>
  msgid: string
  use: 'template' | 'subscribe'
}

export class WechatSimulator extends WechatCallbacks {
  readonly appSecret: string
  readonly tokens: TokenFamilies
  readonly tourists: Tourists
  readonly shown: Shown[] = []
  readonly sentTemplates: SentTemplate[] = []
  readonly calls: { path: string; atMs: number }[] = []
  readonly typingMarks: { touser: string; command: string; errcode: number }[] = []
  menu: Body[] | undefined
  readonly scenes = new Map<string, { scene: string; lasting: boolean; url: string }>()
  /** by openid; who has none is not bound to the Open Platform */
  readonly unionIds = new Map<string, string>()
  /** who signs in on the authorize page */
  signsIn: { openId: string; nickname: string; snapshot?: boolean } | undefined
  templates = [
    {
      template_id: 'TM-ticket-progress',
      title: '投诉处理进度通知',
      content: '{{first.DATA}}\n投诉编号:{{keyword1.DATA}}\n处理进度:{{keyword2.DATA}}',
      example: '您的投诉有新进展\n投诉编号:TS2026-0001\n处理进度:已转文旅局',
    },
  ]
  notices = [
    { priTmplId: 'SN-ticket', title: '工单通知', content: '编号:{{character_string1.DATA}}\n' },
  ]
  /** faults, until they are switched off; `codes`: of a path, the next calls answer with these */
  ipRefused = false
  slowMs = 0
  cutAfterTaking = 0
  readonly codes = new Map<string, number[]>()
  private readonly media = new Map<string, { type: string; content: Buffer; untilMs: number }>()
  private readonly oauthCodes = new Map<string, { openId: string; userinfo: boolean }>()
  private readonly once = new Map<string, string>()
  /** 64 bits, and never the same again: the product keeps what it has seen over restarts of this */
  private messageId = BigInt(Date.now()) * 1_000_000n
  private templateId = BigInt(Date.now()) * 2_000_000n + 1n
  private readonly server = createServer((request, response) => void this.answer(request, response))
  url = ''

  constructor(options: WechatSimulatorOptions = {}) {
    super(options)
    this.appSecret = options.appSecret ?? '0123456789abcdef0123456789abcdef'
    this.tokens = new TokenFamilies(this.now)
    this.tourists = new Tourists(this.now)
  }

  async listen(port = 0): Promise<string> {
    this.server.listen(port, '127.0.0.1')
    await once(this.server, 'listening')
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
    return this.url
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }

  /** What this account is set up with in the console. */
  settings(): Record<string, string> {
    const { appId, appSecret, token, encodingAesKey, url } = this
    return {
      ...{ appId, appSecret, token, encodingAesKey },
      ...{ apiBase: url, openBase: url, pictureBase: url },
    }
  }

  textsTo(openId: string): string[] {
    return this.shown
      .filter(({ touser, msgtype }) => touser === openId && msgtype === 'text')
      .map(({ body }) => (body.text as { content: string }).content)
  }

  // what tourists do

  says(openId: string, content: string): Promise<Pushed> {
    return this.message(openId, { MsgType: 'text', Content: content })
  }

  tapsReply(openId: string, id: string, content: string): Promise<Pushed> {
    // a tap on a menu message grants what a tap on the menu does
    return this.message(openId, { MsgType: 'text', Content: content, bizmsgmenuid: id }, 'menu')
  }

  sendsFile(openId: string, type: 'image' | 'voice' | 'video', content: Buffer, more = {}) {
    const MediaId = this.keep(type, content)
    return this.message(openId, { MsgType: type, MediaId, ...more })
  }

  message(openId: string, fields: Record<string, string>, deed: Deed = 'message') {
    this.tourists.did(openId, deed)
    return this.push(openId, { ...fields, MsgId: String(++this.messageId) })
  }

  follows(openId: string, scene?: string): Promise<Pushed> {
    this.tourists.of(openId).follows = true
    this.tourists.did(openId, 'follow')
    const more: Record<string, string> = scene
      ? { EventKey: `qrscene_${scene}`, Ticket: 'TICKET' }
      : { EventKey: '' }
    return this.event(openId, 'subscribe', more)
  }

  unfollows(openId: string): Promise<Pushed> {
    this.tourists.of(openId).follows = false
    return this.event(openId, 'unsubscribe', { EventKey: '' })
  }

  scans(openId: string, scene: string): Promise<Pushed> {
    this.tourists.did(openId, 'scan')
    return this.event(openId, 'SCAN', { EventKey: scene, Ticket: 'TICKET' })
  }

  tapsMenu(openId: string, key: string): Promise<Pushed> {
    this.tourists.did(openId, 'menu')
    return this.event(openId, 'CLICK', { EventKey: key })
  }

  event(openId: string, Event: string, more: Record<string, string> = {}): Promise<Pushed> {
    return this.push(openId, { MsgType: 'event', Event, ...more })
  }

  /** What became of a template we sent. */
  reports(sent: SentTemplate, status = 'success'): Promise<Pushed> {
    if (sent.use === 'template')
      return this.event(sent.touser, 'TEMPLATESENDJOBFINISH', { MsgID: sent.msgid, Status: status })
    const code = status === 'success' ? '0' : '43101'
    const list =
      `<SubscribeMsgSentEvent><List><TemplateId><![CDATA[${sent.templateId}]]></TemplateId>` +
      `<MsgID>${sent.msgid}</MsgID><ErrorCode>${code}</ErrorCode>` +
      `<ErrorStatus><![CDATA[${status}]]></ErrorStatus></List></SubscribeMsgSentEvent>`
    return this.pushXml(
      sent.touser,
      this.xml(sent.touser, { MsgType: 'event', Event: 'subscribe_msg_sent_event' }, list),
    )
  }

  // what we ask of them

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    this.calls.push({ path: pathname, atMs: this.now() })
    if (this.slowMs) await new Promise((resolve) => setTimeout(resolve, this.slowMs))
    let answer: Body | Buffer | { redirect: string }
    try {
      this.admit(pathname, searchParams)
      answer = await this.handle(pathname, searchParams, body, request.headers['content-type'])
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      answer = { errcode: error.errcode, errmsg: `${error.message} rid: 6566f6d9-4a477f28` }
    }
    if (pathname.endsWith('/send') && this.cutAfterTaking > 0) {
      this.cutAfterTaking--
      return void request.socket.destroy()
    }
    if (Buffer.isBuffer(answer)) {
      response.setHeader('content-disposition', 'attachment; filename="file"')
      response.end(answer)
    } else if (typeof answer.redirect === 'string') {
      response.writeHead(302, { location: answer.redirect }).end()
    } else {
      response.setHeader('content-type', 'application/json; encoding=utf-8')
      // ids of 64 bits stand as numbers
      response.end(JSON.stringify(answer).replace(/"msgid":"(\d+)"/, '"msgid":$1'))
    }
  }

  private admit(pathname: string, query: URLSearchParams): void {
    const code = this.codes.get(pathname)?.shift()
    if (code) throw new Refused(code, 'switched on')
    const isApi = pathname.startsWith('/cgi-bin/') || pathname.startsWith('/wxaapi/')
    if (!isApi || pathname === '/cgi-bin/showqrcode') return
    if (this.ipRefused)
      throw new Refused(40164, 'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist')
    if (/\/(stable_)?token$/.test(pathname)) return
    const fault = this.tokens.fault(query.get('access_token') ?? '')
    if (fault) throw new Refused(fault, 'invalid credential, access_token is invalid or not latest')
  }

  private async handle(
    path: string,
    query: URLSearchParams,
    bytes: Buffer,
    contentType: string | undefined,
  ): Promise<Body | Buffer | { redirect: string }> {
    const body = contentType?.includes('json') ? (JSON.parse(bytes.toString('utf8')) as Body) : {}
    switch (path) {
      case '/cgi-bin/stable_token':
        this.checkSecret(body.appid, body.secret)
        return { ...this.tokens.giveStable(body.force_refresh === true) }
      case '/cgi-bin/token':
        this.checkSecret(query.get('appid'), query.get('secret'))
        return { ...this.tokens.giveClassic() }
      case '/cgi-bin/getcallbackip':
        return { ip_list: ['127.0.0.1'] }
      case '/cgi-bin/message/custom/send':
        return this.customSend(body)
      case '/cgi-bin/message/custom/typing':
        return this.typing(body)
      case '/cgi-bin/message/template/send':
        return this.templateSend(body, 'template')
      case '/cgi-bin/message/subscribe/bizsend':
        return this.templateSend(body, 'subscribe')
      case '/cgi-bin/template/get_all_private_template':
        return { template_list: this.templates }
      case '/wxaapi/newtmpl/gettemplate':
        return { errcode: 0, errmsg: 'ok', data: this.notices }
      case '/cgi-bin/media/upload':
        return this.upload(query.get('type') ?? '', bytes, contentType)
      case '/cgi-bin/media/get':
        return this.mediaGet(query.get('media_id') ?? '')
      case '/video':
        return this.media.get(query.get('id') ?? '')!.content
      case '/cgi-bin/user/info':
        return this.userInfo(query.get('openid') ?? '')
      case '/cgi-bin/menu/create':
        this.menu = checkMenu(body)
        return { errcode: 0, errmsg: 'ok' }
      case '/cgi-bin/menu/get':
        if (!this.menu) throw new Refused(46003, 'menu no exist')
        return { menu: { button: this.menu } }
      case '/cgi-bin/qrcode/create':
        return this.qrCode(body)
      case '/connect/oauth2/authorize':
        return this.authorize(query)
      case '/sns/oauth2/access_token':
        return this.exchange(query)
      case '/sns/userinfo':
        return { openid: query.get('openid'), nickname: this.signsIn?.nickname }
      default:
        throw new Refused(40066, 'invalid url')
    }
  }

  private checkSecret(appId: unknown, secret: unknown): void {
    if (appId !== this.appId) throw new Refused(40013, 'invalid appid')
    if (secret !== this.appSecret) throw new Refused(40125, 'invalid appsecret')
  }

  private customSend(body: Body): Body {
    const touser = String(body.touser)
    checkContent(body, (id) => this.mediaType(id))
    const code = this.tourists.take(touser)
    if (code) throw new Refused(code, 'response out of time limit or subscription is canceled')
    this.shown.push({ touser, msgtype: String(body.msgtype), body })
    return { errcode: 0, errmsg: 'ok' }
  }

  private typing({ touser, command }: Body): Body {
    const errcode = this.tourists.typing(String(touser), command) ?? 0
    this.typingMarks.push({ touser: String(touser), command: String(command), errcode })
    return { errcode, errmsg: errcode ? 'typing' : 'ok' }
  }

  private templateSend(body: Body, use: SentTemplate['use']): Body {
    const touser = String(body.touser)
    const templateId = String(body.template_id)
    const content =
      use === 'template'
        ? this.templates.find(({ template_id }) => template_id === templateId)?.content
        : this.notices.find(({ priTmplId }) => priTmplId === templateId)?.content
    if (content === undefined) throw new Refused(40037, 'invalid template_id')
    const data = (body.data ?? {}) as SentTemplate['data']
    for (const [, key] of content.matchAll(/\{\{(\w+)\.DATA\}\}/g))
      if (!data[key!]?.value)
        throw new Refused(47003, `argument invalid! data.${key}.value is empty`)
    const tourist = this.tourists.of(touser)
    if (use === 'template' && !tourist.follows) throw new Refused(43004, 'require subscribe')
    const agreed = tourist.notices.get(templateId) ?? 0
    if (use === 'subscribe' && !agreed) throw new Refused(43101, 'user refuse to accept the msg')
    if (use === 'subscribe') tourist.notices.set(templateId, agreed - 1)
    const key = `${touser}|${String(body.client_msg_id)}`
    const before = body.client_msg_id ? this.once.get(key) : undefined
    const msgid = before ?? String(++this.templateId)
    this.once.set(key, msgid)
    if (!before) this.sentTemplates.push({ touser, templateId, data, msgid, use })
    return { errcode: 0, errmsg: 'ok', msgid }
  }

  private async upload(type: string, bytes: Buffer, contentType = ''): Promise<Body> {
    const form = await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': contentType },
    }).formData()
    const file = form.get('media')
    if (!(file instanceof File)) throw new Refused(41005, 'media data missing')
    const content = Buffer.from(await file.arrayBuffer())
    checkUpload(type, file.name, content)
    const media_id = this.keep(type, content)
    return { type, media_id, created_at: Math.floor(this.now() / 1000) }
  }

  private keep(type: string, content: Buffer): string {
    const id = randomBytes(32).toString('base64url')
    this.media.set(id, { type, content, untilMs: this.now() + MEDIA_MS })
    return id
  }

  private mediaType(id: string): string | undefined {
    const kept = this.media.get(id)
    return kept && kept.untilMs > this.now() ? kept.type : undefined
  }

  private mediaGet(id: string): Body | Buffer {
    const type = this.mediaType(id)
    if (!type) throw new Refused(40007, 'invalid media_id')
    if (type === 'video') return { video_url: `${this.url}/video?id=${id}` }
    return this.media.get(id)!.content
  }

  private userInfo(openid: string): Body {
    if (!this.tourists.knows(openid)) throw new Refused(40003, 'invalid openid')
    if (!this.tourists.of(openid).follows) return { subscribe: 0, openid }
    const unionid = this.unionIds.get(openid)
    // nickname and picture have been empty since December 2021
    return {
      ...{
        subscribe: 1,
        openid,
        nickname: '',
        headimgurl: '',
        subscribe_scene: 'ADD_SCENE_QR_CODE',
      },
      ...(unionid && { unionid }),
    }
  }

  private qrCode(body: Body): Body {
    const action = String(body.action_name)
    const { scene_str: scene } = ((body.action_info ?? {}) as { scene?: Body }).scene ?? {}
    if (!/^QR_(LIMIT_)?STR_SCENE$/.test(action)) throw new Refused(40053, 'invalid action info')
    if (typeof scene !== 'string' || !scene || scene.length > 64)
      throw new Refused(40053, 'invalid action info')
    const seconds = Number(body.expire_seconds ?? 30)
    if (seconds > 2_592_000) throw new Refused(40052, 'invalid expire_seconds')
    const ticket = randomBytes(48).toString('base64')
    const url = `http://weixin.qq.com/q/${randomBytes(16).toString('base64url')}`
    const lasting = action === 'QR_LIMIT_STR_SCENE'
    this.scenes.set(scene, { scene, lasting, url })
    return { ticket, url, ...(!lasting && { expire_seconds: seconds }) }
  }

  private authorize(query: URLSearchParams): { redirect: string } {
    if (!this.signsIn || query.get('appid') !== this.appId) throw new Refused(40013, 'appid')
    if ((query.get('state') ?? '').length > 128) throw new Refused(40035, 'state')
    const code = randomBytes(16).toString('hex')
    const userinfo = query.get('scope') === 'snsapi_userinfo'
    this.oauthCodes.set(code, { openId: this.signsIn.openId, userinfo })
    const to = new URL(query.get('redirect_uri') ?? '')
    to.searchParams.set('code', code)
    to.searchParams.set('state', query.get('state') ?? '')
    return { redirect: to.href }
  }

  private exchange(query: URLSearchParams): Body {
    this.checkSecret(query.get('appid'), query.get('secret'))
    const code = query.get('code') ?? ''
    const found = this.oauthCodes.get(code)
    // a code works once
    if (!found || !this.oauthCodes.delete(code)) throw new Refused(40163, 'code been used')
    const unionid = this.unionIds.get(found.openId)
    return {
      ...{ access_token: 'web', expires_in: 7200, openid: found.openId },
      scope: found.userinfo ? 'snsapi_userinfo' : 'snsapi_base',
      ...(unionid && { unionid }),
      ...(this.signsIn?.snapshot && { is_snapshotuser: 1 }),
    }
  }
}

/** Prints what to enter in the console, shows what tourists see, and sends what is typed. */
export async function simulate([callback = '']: string[]): Promise<void> {
  const platform = new WechatSimulator()
  await platform.listen(18_301).catch(() => platform.listen())
  platform.callback = callback || 'http://127.0.0.1:8080/channels/wechat/wx1'
  console.log('Settings › Channels › add "WeChat Official Account", with the id wx1 and:')
  for (const [name, value] of Object.entries(platform.settings()))
    console.log(`  ${name}: ${value}`)
  console.log(`Callbacks go to ${platform.callback}`)
  console.log(
    'Type what a tourist says. /follow [scene], /scan <scene>, /tap <key>, /reply <id> <label>,',
  )
  console.log(
    '/picture <file>, /voice <file.amr>, /place, /unfollow, /check, /expire (the token), /quit',
  )
  let shown = 0
  const show = setInterval(() => {
    for (const { msgtype, body } of platform.shown.slice(shown))
      console.log(`< ${msgtype}: ${JSON.stringify(body[msgtype])}`)
    for (const sent of platform.sentTemplates.splice(0)) {
      console.log(`< template ${sent.templateId}: ${JSON.stringify(sent.data)}`)
      void platform.reports(sent)
    }
    shown = platform.shown.length
  }, 100)
  const openId = `o${randomBytes(14).toString('base64url')}`
  for await (const line of createInterface({ input: process.stdin })) {
    const [command = '', ...rest] = line.trim().split(/\s+/)
    if (command === '/quit') break
    const pushed = await typed(platform, openId, command, rest, line).catch((error: unknown) => {
      console.log(String(error))
    })
    if (pushed)
      console.log(`> ${pushed.taken ? 'taken' : `refused: ${pushed.statuses.join(', ')}`}`)
  }
  clearInterval(show)
  await platform.close()
}

async function typed(
  platform: WechatSimulator,
  openId: string,
  command: string,
  rest: string[],
  line: string,
): Promise<Pushed | undefined> {
  const [first = ''] = rest
  switch (command) {
    case '':
      return undefined
    case '/follow':
      return platform.follows(openId, first)
    case '/unfollow':
      return platform.unfollows(openId)
    case '/scan':
      return platform.scans(openId, first)
    case '/tap':
      return platform.tapsMenu(openId, rest.join(' '))
    case '/reply':
      return platform.tapsReply(openId, first, rest.slice(1).join(' '))
    case '/picture':
      return platform.sendsFile(openId, 'image', await readFile(first))
    case '/voice':
      return platform.sendsFile(openId, 'voice', await readFile(first), { Format: 'amr' })
    case '/place':
      return platform.message(openId, {
        ...{ MsgType: 'location', Location_X: '39.9163', Location_Y: '116.3972' },
        ...{ Scale: '16', Label: '故宫博物院' },
      })
    case '/check':
      console.log((await platform.checksAddress()) ? 'the address answers' : 'the address does not')
      return undefined
    case '/expire':
      platform.tokens.expireAll()
      return undefined
    default:
      return platform.says(openId, line)
  }
}
