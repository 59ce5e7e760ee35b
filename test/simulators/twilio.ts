/**
 * Twilio's messaging: the REST resource that sends, and signed webhooks for what comes in and what became of
 * what went out. Webhooks follow the retry overrides in the address's fragment, which is neither sent nor signed.
 */
import { createHmac } from 'node:crypto'
import { createInterface } from 'node:readline'
import type { HttpAnswer, HttpRequest } from './sms-http.ts'
import { callBack, SmsHttpServer } from './sms-http.ts'

export interface TwilioMessage {
  sid: string
  to: string
  from: string
  body: string
  statusCallback: string
}

export interface TwilioOptions {
  accountSid?: string
  authToken?: string
  /** numbers of the account */
  numbers?: string[]
  /** who wrote STOP */
  stopped?: string[]
  /** between the tries of a webhook; in life they follow within 15 s */
  retryMs?: number
  /** a refusal: [HTTP status, code], or 429 with Retry-After */
  refuse?: (message: { to: string; body: string }, sent: number) => [number, number] | undefined
  /** webhooks come over a proxy: this stands for the public address in what is called */
  reach?: (url: string) => string
  /** where files are said to lie; by default here */
  filesAt?: string
  now?: () => number
}

export class TwilioSimulator {
  readonly options: Required<TwilioOptions>
  readonly sent: TwilioMessage[] = []
  readonly http: SmsHttpServer
  private readonly pictures = new Map<string, { content: Buffer; type: string }>()
  /** as the REST API lists them */
  private readonly inbound: Record<
    'sid' | 'from' | 'to' | 'body' | 'direction' | 'date_created' | 'num_media',
    string
  >[] = []
  private base = ''
  private ids = 0

  constructor(options: TwilioOptions = {}) {
    this.options = {
      accountSid: `AC${'a'.repeat(32)}`,
      authToken: 'authTokenOfTheSimulator0123456789',
      numbers: ['+15017122661'],
      stopped: [],
      retryMs: 1000,
      refuse: () => undefined,
      reach: (url) => url,
      filesAt: '',
      now: Date.now,
      ...options,
    }
    this.http = new SmsHttpServer((request) => this.answer(request))
  }

  async listen(port = 0): Promise<string> {
    this.base = await this.http.listen(port)
    return this.base
  }

  close(): Promise<void> {
    return this.http.close()
  }

  /** Somebody writes to our number. @returns the statuses of the tries */
  say(
    webhook: string,
    from: string,
    body: string,
    more: { sid?: string; pictures?: { content: Buffer; type: string }[]; tamper?: boolean } = {},
  ): Promise<number[]> {
    const media = (more.pictures ?? []).flatMap((picture, index): [string, string][] => {
      const id = `ME${String(++this.ids).padStart(32, '0')}`
      this.pictures.set(id, picture)
      const url = `${this.options.filesAt || this.base}/2010-04-01/Accounts/${this.options.accountSid}/Messages/MM1/Media/${id}`
      return [
        [`MediaUrl${index}`, url],
        [`MediaContentType${index}`, picture.type],
      ]
    })
    const sid = more.sid ?? this.newSid()
    this.inbound.push({
      ...{ sid, from, to: this.options.numbers[0]!, body, direction: 'inbound' },
      ...{
        date_created: new Date(this.options.now()).toUTCString(),
        num_media: String(media.length / 2),
      },
    })
    const fields: [string, string][] = [
      ...Object.entries({ ToCountry: 'US', MessageSid: sid, SmsSid: sid, From: from, Body: body }),
      ...Object.entries({
        To: this.options.numbers[0]!,
        NumSegments: '1',
        ApiVersion: '2010-04-01',
      }),
      ['AccountSid', this.options.accountSid],
      ['NumMedia', String(media.length / 2)],
      ...media,
    ]
    return this.post(webhook, fields, more.tamper)
  }

  /** Tells how one of our messages goes on. */
  status(message: TwilioMessage, status: string, errorCode?: number): Promise<number[]> {
    return this.post(message.statusCallback, [
      ...Object.entries({ MessageSid: message.sid, SmsSid: message.sid, MessageStatus: status }),
      ...Object.entries({ To: message.to, From: message.from, ApiVersion: '2010-04-01' }),
      ...(errorCode ? ([['ErrorCode', String(errorCode)]] as [string, string][]) : []),
    ])
  }

  private post(webhook: string, fields: [string, string][], tamper = false): Promise<number[]> {
    const [url = '', fragment = ''] = webhook.split('#')
    const overrides = new URLSearchParams(fragment)
    const count = Number(overrides.get('rc') ?? 1)
    const policy = (overrides.get('rp') ?? 'ct').split(',')
    const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : 1))
    const text = sorted.reduce((all, [name, value]) => all + name + value, url)
    const signature = createHmac('sha1', this.options.authToken).update(text).digest('base64')
    const body = new URLSearchParams(fields)
    if (tamper) body.set('Body', 'something else')
    const headers = {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'x-twilio-signature': signature,
      'i-twilio-idempotency-token': `token-${++this.ids}`,
    }
    const waits = Array.from({ length: count }, () => this.options.retryMs)
    return callBack(
      this.options.reach(url),
      { body: body.toString(), headers },
      waits,
      (status) => {
        const kind = status === 0 ? 'ct' : `${String(status)[0]}xx`
        return !(policy.includes(kind) || (policy.includes('all') && status >= 400))
      },
    )
  }

  private answer({ method, url, headers, body }: HttpRequest): HttpAnswer {
    const { accountSid, authToken } = this.options
    const pair = Buffer.from(`${accountSid}:${authToken}`).toString('base64')
    if (url.pathname.startsWith('/storage/')) {
      // what stands behind the redirect must not see the token
      if (headers.authorization) return refusal(400, 20001, 'authorization not expected')
      const picture = this.pictures.get(url.pathname.slice('/storage/'.length))!
      return {
        status: 200,
        body: picture.content,
        headers: { 'content-type': picture.type },
      }
    }
    if (headers.authorization !== `Basic ${pair}`) return refusal(401, 20003, 'Authenticate')
    const path = `/2010-04-01/Accounts/${accountSid}`
    if (method === 'GET' && url.pathname === `${path}.json`)
      return { status: 200, body: JSON.stringify({ sid: accountSid, status: 'active' }) }
    const media = url.pathname.split('/Media/')[1]
    if (method === 'GET' && media && this.pictures.has(media))
      return { status: 307, body: '', headers: { location: `${this.base}/storage/${media}` } }
    if (method === 'POST' && url.pathname === `${path}/Messages.json`)
      return this.send(new URLSearchParams(body))
    if (method === 'GET' && url.pathname === `${path}/Messages.json`) return this.list(url)
    const withMedia = /\/Messages\/(\w+)\/Media\.json$/.exec(url.pathname)?.[1]
    if (method === 'GET' && withMedia) {
      const media_list = [...this.pictures].map(([id, { type }]) => ({
        uri: `${path}/Messages/${withMedia}/Media/${id}.json`,
        content_type: type,
      }))
      return { status: 200, body: JSON.stringify({ media_list }) }
    }
    return refusal(404, 20404, 'The requested resource was not found')
  }

  /** Newest first, in pages. */
  private list(url: URL): HttpAnswer {
    const size = Number(url.searchParams.get('PageSize') ?? 50)
    const page = Number(url.searchParams.get('Page') ?? 0)
    const since = url.searchParams.get('DateSent>') ?? ''
    const to = url.searchParams.get('To')
    const all = this.inbound
      .filter((message) => !to || message.to === to)
      .filter(({ date_created: date }) => new Date(date).toISOString().slice(0, 10) >= since)
      .reverse()
    const more = all.length > (page + 1) * size
    const next = new URL(url)
    next.searchParams.set('Page', String(page + 1))
    const messages = all.slice(page * size, (page + 1) * size)
    const next_page_uri = more ? next.pathname + next.search : null
    return { status: 200, body: JSON.stringify({ messages, next_page_uri }) }
  }

  private send(form: URLSearchParams): HttpAnswer {
    const { numbers, stopped, refuse } = this.options
    const to = form.get('To') ?? ''
    const from = form.get('From') ?? form.get('MessagingServiceSid') ?? ''
    const text = form.get('Body') ?? `[${form.get('ContentSid')}] ${form.get('ContentVariables')}`
    const statusCallback = form.get('StatusCallback') ?? ''
    if (!/^\+\d{8,15}$/.test(to)) return refusal(400, 21211, `The 'To' number ${to} is not valid`)
    if (!numbers.includes(from) && !from.startsWith('MG'))
      return refusal(400, 21606, "The 'From' number")
    if (text.length > 1600)
      return refusal(400, 21617, 'The concatenated message body exceeds the 1600 character limit')
    if (statusCallback && !/^https?:\/\//.test(statusCallback))
      return refusal(400, 21609, 'StatusCallback')
    if (stopped.includes(to))
      return refusal(400, 21610, 'Attempt to send to unsubscribed recipient')
    const refused = refuse({ to, body: text }, this.sent.length)
    if (refused) return refusal(refused[0], refused[1], 'refused')
    const sid = this.newSid()
    this.sent.push({ sid, to, from, body: text, statusCallback })
    return {
      status: 201,
      body: JSON.stringify({ sid, status: 'queued', to, from, body: text, error_code: null }),
    }
  }

  private newSid(): string {
    return `SM${String(++this.ids).padStart(32, '0')}`
  }
}

function refusal(status: number, code: number, message: string): HttpAnswer {
  const more_info = `https://www.twilio.com/docs/errors/${code}`
  const headers = {
    'content-type': 'application/json',
    ...(status === 429 && { 'retry-after': '2' }),
  }
  return { status, body: JSON.stringify({ code, message, more_info, status }), headers }
}

/** `npm run simulate -- twilio [port] [address of the inbound webhook]` */
export async function simulate([port, webhook]: string[]): Promise<void> {
  const simulator = new TwilioSimulator()
  const url = await simulator.listen(Number(port ?? 8093))
  const { accountSid, authToken, numbers } = simulator.options
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  print('Twilio 模拟器 / Twilio simulator')
  print(`  Account SID ${accountSid}  Auth Token ${authToken}`)
  print(`  发送号码 sender ${numbers[0]}  接口地址 API address ${url}`)
  print(
    '  给出 Webhook 地址时,YILU_PUBLIC_URL 须与其一致 / with a webhook YILU_PUBLIC_URL must be its address',
  )
  print(
    '  每行输入即 +85261234567 发来的短信;未给出 Webhook 时 15 秒内被读取 / each line is a message of a tourist, read within 15 s without a webhook',
  )
  let seen = 0
  setInterval(() => {
    for (; seen < simulator.sent.length; seen++) {
      const message = simulator.sent[seen]!
      print(`→ ${message.to}: ${message.body}`)
      if (message.statusCallback) void simulator.status(message, 'delivered')
    }
  }, 200)
  for await (const line of createInterface(process.stdin))
    // unreachable without an address: the product reads it by itself within 15 s
    if (line.trim())
      print(
        `  ${(await simulator.say(webhook ?? 'http://127.0.0.1:9', '+85261234567', line)).join(' ')}`,
      )
}
