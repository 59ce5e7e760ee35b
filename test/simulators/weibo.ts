/**
 * Weibo's side: it pushes to a callback with its signature, repeats after 5 s without an answer, three times in
 * all, and its API knows windows, lengths, repeats and error codes as the wiki describes them. Ids are 64-bit
 * integers written as bare numbers, as Weibo writes them.
 */
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'

const HOUR_MS = 3_600_000
const ATTEMPTS = 3

export interface WeiboPushed {
  /** as it went out, each attempt */
  attempts: number
  status: number | undefined
  body: string
}

export interface WeiboComment {
  id: string
  uid: string
  name: string
  text: string
  statusId: string
  /** whom it is meant for: our post, or an @ */
  mentions: boolean
}

/** What our side sent, taken. */
export type WeiboReceived =
  | { kind: 'message'; to: string; type: string; data: Record<string, unknown> }
  | { kind: 'reply'; cid: string; statusId: string; comment: string }
  | { kind: 'comment'; statusId: string; comment: string }
  | { kind: 'post'; status: string; rip: string; picture?: { bytes: number; type: string } }

interface Window {
  untilMs: number
  left: number
}

export class WeiboSimulator {
  readonly appSecret = 'app-secret-of-weibo'
  accessToken = '2.00AccessTokenOfWeibo'
  /** above 2^53, so that whoever rounds it answers somebody else */
  readonly uid = '1902538057'
  readonly received: WeiboReceived[] = []
  readonly refused: { path: string; code: number }[] = []
  readonly calls: string[] = []
  /** where it pushes to */
  callback = ''
  /** 5 s in the wiki; tests shorten it */
  answerWithinMs = 5000
  now: () => number = Date.now
  /** calls with these words in them, or in their path, fail like this, in turn: an error code, no answer, a broken gateway */
  failures: { words: string; how: number | 'hang' | 'http502' }[] = []
  /** called with what our side sent */
  onReceived: ((received: WeiboReceived) => void) | undefined
  private readonly windows = new Map<string, Window>()
  private readonly comments: WeiboComment[] = []
  private readonly media = new Map<string, { content: Buffer; type: string }>()
  private server: Server | undefined
  private nextId = 5_000_000_000_000_001n
  /** the last two texts published, which may not be repeated */
  private lastPublished = ''

  async listen(port = 0): Promise<string> {
    this.server = createServer((request, response) => void this.serve(request, response))
    this.server.listen(port, '127.0.0.1')
    await once(this.server, 'listening')
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    if (!this.server) return
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }

  /** What is entered in the console. */
  settings(url: string): Record<string, unknown> {
    const { uid, appSecret, accessToken } = this
    const bases = { apiBase: url, messageBase: url, uploadBase: url }
    return { uid, appSecret, accessToken, ...bases, pollSeconds: 0 }
  }

  /** The first contact: GET with an echostr. @returns whether our side gave it back */
  async verify(): Promise<boolean> {
    const echostr = randomBytes(8).toString('hex')
    const response = await fetch(`${this.signed()}&echostr=${echostr}`)
    return response.ok && (await response.text()) === echostr
  }

  say(uid: string, text: string, at = this.now()): Promise<WeiboPushed> {
    this.grant(uid, Infinity)
    return this.push({ type: 'text', uid, text, data: {}, at })
  }

  position(uid: string, latitude: string, longitude: string): Promise<WeiboPushed> {
    this.grant(uid, Infinity)
    return this.push({ type: 'position', uid, text: '我在这里', data: { longitude, latitude } })
  }

  /** A picture or voice, which our side fetches. */
  file(
    uid: string,
    type: 'image' | 'voice',
    content: Buffer,
    contentType: string,
  ): Promise<WeiboPushed> {
    this.grant(uid, Infinity)
    const tovfid = this.id()
    this.media.set(tovfid, { content, type: contentType })
    const text = type === 'image' ? '发了一张图片' : '发了一个语音消息'
    // bare numbers, too
    return this.push({ type, uid, text, data: { vfid: this.id(), tovfid }, bareIds: true })
  }

  event(uid: string, subtype: string, key = ''): Promise<WeiboPushed> {
    if (subtype === 'unfollow') this.windows.delete(uid)
    else this.grant(uid, Infinity)
    return this.push({
      type: 'event',
      uid,
      text: '事件消息',
      data: { subtype, ...(key && { key }) },
    })
  }

  /** Somebody mentions us in a post: one answer within 48 hours. */
  mention(uid: string, text: string, statusId = this.id()): Promise<WeiboPushed> {
    this.grant(uid, 1)
    return this.push({ type: 'mention', uid, text, data: { subtype: 'status', key: statusId } })
  }

  /** Nothing is pushed: it is found by who asks. @returns the comment's id */
  comment(comment: Omit<WeiboComment, 'id' | 'mentions'> & { mentions?: boolean }): string {
    const id = this.id()
    this.comments.push({ mentions: false, ...comment, id })
    return id
  }

  id(): string {
    return String(this.nextId++)
  }

  private grant(uid: string, left: number): void {
    this.windows.set(uid, { left, untilMs: this.now() + 48 * HOUR_MS })
  }

  private signed(): string {
    const timestamp = String(Math.floor(this.now() / 1000))
    const nonce = randomBytes(5).toString('hex')
    const signature = createHash('sha1')
      .update([this.appSecret, timestamp, nonce].sort().join(''))
      .digest('hex')
    return `${this.callback}?signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`
  }

  private async push(what: {
    type: string
    uid: string
    text: string
    data: Record<string, string>
    at?: number
    bareIds?: boolean
  }): Promise<WeiboPushed> {
    const { type, uid, text, data, bareIds } = what
    const json = JSON.stringify({
      type,
      receiver_id: '#receiver#',
      sender_id: '#sender#',
      created_at: weiboDate(what.at ?? this.now()),
      text,
      data,
    })
      .replace('"#receiver#"', this.uid)
      .replace('"#sender#"', uid)
    const body = bareIds ? json.replace(/"(\d{16,})"/g, '$1') : json
    return this.pushBody(body)
  }

  /** As it stands; repeated like any other. */
  async pushBody(body: string): Promise<WeiboPushed> {
    for (let attempts = 1; ; attempts++) {
      const status = await this.attempt(body)
      if (status === 200 || attempts === ATTEMPTS) return { attempts, status, body }
    }
  }

  /** @returns undefined when there was no answer in time */
  private async attempt(body: string): Promise<number | undefined> {
    try {
      const response = await fetch(this.signed(), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(this.answerWithinMs),
      })
      await response.arrayBuffer()
      return response.status
    } catch {
      return undefined
    }
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://localhost')
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    this.calls.push(url.pathname)
    const form = await fields(request, url, Buffer.concat(chunks))
    const failure = this.failure(url.pathname, form)
    // the connection falls after the request was read, and before a word of an answer
    if (failure === 'hang') return void request.socket.destroy()
    if (failure === 'http502') return void response.writeHead(502).end('<html>Bad Gateway</html>')
    const refuse = (code: number, error: string) => {
      this.refused.push({ path: url.pathname, code })
      // Weibo says so with status 400 or 403
      response.writeHead(code === 21332 || code === 21327 ? 403 : 400, jsonType)
      response.end(JSON.stringify({ error, error_code: code, request: url.pathname }))
    }
    if (failure) return refuse(failure, 'as the test wished')
    if (form.get('access_token') !== this.accessToken) return refuse(21332, 'invalid_access_token')
    const answer = this.answer(url.pathname, request.method ?? '', form)
    if (typeof answer === 'number') return refuse(answer, wordsOf[answer] ?? 'error')
    if (answer instanceof Buffer) {
      const { type } = this.media.get(text(form, 'fid'))!
      return void response.writeHead(200, { 'content-type': type }).end(answer)
    }
    response.writeHead(200, jsonType).end(answer)
  }

  private failure(path: string, form: FormData): number | 'hang' | 'http502' | undefined {
    const page = `page=${text(form, 'page')}`
    const said = [path, page, ...form.values()].map(String).join(' ')
    const at = this.failures.findIndex(({ words }) => said.includes(words))
    return at < 0 ? undefined : this.failures.splice(at, 1)[0]!.how
  }

  /** A body, a file, or an error code. */
  private answer(path: string, method: string, form: FormData): string | Buffer | number {
    switch (`${method} ${path}`) {
      case 'GET /2/account/get_uid.json':
        return `{"uid":${this.uid}}`
      case 'GET /2/mss/msget':
        return this.media.get(text(form, 'fid'))?.content ?? 10008
      case 'POST /2/messages/reply.json':
        return this.reply(form)
      case 'GET /2/comments/to_me.json':
        return this.listed(form, 'comments', (comment) => !comment.mentions)
      case 'GET /2/comments/mentions.json':
        return this.listed(form, 'comments', (comment) => comment.mentions)
      case 'GET /2/statuses/mentions.json':
        return '{"statuses":[],"total_number":0}'
      case 'POST /2/comments/reply.json':
      case 'POST /2/comments/create.json':
        return this.commented(form, path.includes('reply'))
      case 'POST /2/statuses/share.json':
        return this.shared(form)
      default:
        return 10020
    }
  }

  private reply(form: FormData): string | number {
    const to = text(form, 'receiver_id')
    const type = text(form, 'type')
    if (!/^\d+$/.test(to) || !['text', 'articles', 'position'].includes(type)) return 10008
    let data: Record<string, unknown>
    try {
      data = JSON.parse(text(form, 'data')) as Record<string, unknown>
    } catch {
      return 10008
    }
    if (type === 'text' && !(typeof data.text === 'string' && data.text && data.text.length < 300))
      return 20012
    if (type === 'articles' && !articlesAreWhole(data.articles)) return 10008
    const window = this.windows.get(to)
    if (!window || window.untilMs < this.now() || window.left < 1) return 20301
    window.left--
    this.take({ kind: 'message', to, type, data })
    return `{"result":true,"sender_id":${this.uid},"receiver_id":${to},"type":"${type}"}`
  }

  private listed(form: FormData, list: string, fits: (comment: WeiboComment) => boolean): string {
    const since = BigInt(text(form, 'since_id') || '0')
    const count = Number(text(form, 'count') || '50')
    const page = Number(text(form, 'page') || '1')
    const found = this.comments
      .filter((comment) => fits(comment) && BigInt(comment.id) > since)
      .sort((a, b) => (BigInt(a.id) > BigInt(b.id) ? -1 : 1))
      .slice((page - 1) * count, page * count)
    const entries = found.map(
      ({ id, uid, name, text: words, statusId }) =>
        `{"created_at":"${weiboDate(this.now())}","id":${id},"idstr":"${id}","mid":"${id}",` +
        `"text":${JSON.stringify(words)},"user":{"id":${uid},"idstr":"${uid}","screen_name":${JSON.stringify(name)}},` +
        `"status":{"id":${statusId},"idstr":"${statusId}","text":"公告"}}`,
    )
    return `{"${list}":[${entries.join(',')}],"total_number":${found.length}}`
  }

  private commented(form: FormData, isReply: boolean): string | number {
    const comment = text(form, 'comment')
    const statusId = text(form, 'id')
    const cid = text(form, 'cid')
    if (!comment || !statusId || (isReply && !cid)) return 10008
    if (weiboCount(comment) > 140) return 20012
    if (comment === this.lastPublished) return 20019
    if (isReply && !this.comments.some(({ id }) => id === cid)) return 20201
    this.lastPublished = comment
    this.take(
      isReply ? { kind: 'reply', cid, statusId, comment } : { kind: 'comment', statusId, comment },
    )
    const id = this.id()
    return `{"id":${id},"idstr":"${id}","mid":"${id}","text":${JSON.stringify(comment)}}`
  }

  private shared(form: FormData): string | number {
    const status = text(form, 'status')
    const rip = text(form, 'rip')
    const pic = form.get('pic')
    if (!status || !/^[\d.]+$|^[0-9a-f:]+$/i.test(rip)) return 10016
    if (/#[^#]+#/.test(status)) return 10017
    const link = /https?:\/\/\S+/.exec(status)?.[0]
    // below the safe domain of the app: here, wherever the callback is
    if (!link || new URL(link).host !== new URL(this.callback).host) return 20018
    if (weiboCount(status.replace(link, 'x'.repeat(20))) > 140) return 20012
    if (status === this.lastPublished) return 20019
    const picture = pic instanceof File ? { bytes: pic.size, type: pic.type } : undefined
    if (
      picture &&
      (picture.bytes >= 5 * 1024 * 1024 || !/^image\/(jpeg|png|gif)$/.test(picture.type))
    )
      return 20006
    this.lastPublished = status
    this.take({ kind: 'post', status, rip, ...(picture && { picture }) })
    const id = this.id()
    return `{"created_at":"${weiboDate(this.now())}","id":${id},"mid":"${id}","idstr":"${id}","text":${JSON.stringify(status)}}`
  }

  private take(received: WeiboReceived): void {
    this.received.push(received)
    this.onReceived?.(received)
  }
}

const jsonType = { 'content-type': 'application/json;charset=UTF-8' }

const wordsOf: Partial<Record<number, string>> = {
  10008: 'param error, see doc for more info',
  10016: 'miss required parameter',
  10017: "parameter's value invalid",
  10020: 'Request api not found!',
  20006: 'unsupported image type, only support JPG, GIF, PNG!',
  20012: 'text too long, please input text less than 140 characters!',
  20018: 'contain illegal website!',
  20019: 'repeat content!',
  20201: 'target weibo comment does not exist!',
  20301: "can't send direct message to user who is not your follower!",
}

/** Written apart from the product's own count, so that the two check each other. */
function weiboCount(words: string): number {
  const wide = [...words].filter((char) => char > '\u00ff').length
  return Math.ceil(([...words].length + wide) / 2)
}

function articlesAreWhole(articles: unknown): boolean {
  return (
    Array.isArray(articles) &&
    articles.length > 0 &&
    articles.length <= 8 &&
    articles.every(
      (article: Record<string, unknown>) =>
        ['display_name', 'summary', 'image', 'url'].every(
          (key) => typeof article[key] === 'string',
        ) &&
        /^https?:/.test(String(article.image)) &&
        /^https?:/.test(String(article.url)),
    )
  )
}

async function fields(request: IncomingMessage, url: URL, body: Buffer): Promise<FormData> {
  const form = new FormData()
  for (const [key, value] of url.searchParams) form.append(key, value)
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('multipart/form-data')) {
    const parsed = await new Response(Uint8Array.from(body), {
      headers: { 'content-type': type },
    }).formData()
    for (const [key, value] of parsed) form.append(key, value)
  } else if (type.startsWith('application/x-www-form-urlencoded'))
    for (const [key, value] of new URLSearchParams(body.toString())) form.append(key, value)
  return form
}

function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** "Mon Jul 16 18:09:20 +0800 2012" */
export function weiboDate(ms: number): string {
  const [day, date, month, year, time] = new Date(ms + 8 * HOUR_MS).toUTCString().split(' ')
  return `${day!.replace(',', '')} ${month} ${date} ${time} +0800 ${year}`
}

/** `npm run simulate -- weibo [callback address]`: lines typed here are messages of a tourist. */
export async function simulate(args: string[]): Promise<void> {
  const weibo = new WeiboSimulator()
  const url = await weibo.listen(Number(process.env.PORT ?? 0))
  weibo.callback = args[0] ?? 'http://127.0.0.1:8080/channels/weibo/weibo'
  const { pollSeconds, ...settings } = weibo.settings(url)
  console.log('设置 › 渠道 › 添加微博,填入 / Settings › Channels › add Weibo, enter:')
  for (const [key, value] of Object.entries({ ...settings, pollSeconds: pollSeconds || 10 }))
    console.log(`  ${key.padEnd(12)} ${String(value)}`)
  console.log(`推送到 / pushes to ${weibo.callback}`)
  console.log(
    '输入私信;/follow /comment 内容 /mention 内容 / type messages; /follow, /comment …, /mention …',
  )
  weibo.onReceived = (received) => console.log('←', JSON.stringify(received))
  const tourist = '7012345678901234567'
  for await (const line of createInterface({ input: process.stdin })) {
    const [, command, rest = ''] = /^\/(\w+)\s*(.*)$/.exec(line) ?? []
    if (command === 'comment')
      weibo.comment({ uid: tourist, name: '游客', text: rest, statusId: '5000000000000000' })
    else {
      const pushed = await (command === 'follow'
        ? weibo.event(tourist, 'follow')
        : command === 'mention'
          ? weibo.mention(tourist, rest)
          : weibo.say(tourist, line))
      console.log(`→ ${pushed.status ?? '无应答 / no answer'}, ${pushed.attempts}×`)
    }
  }
  await weibo.close()
}
